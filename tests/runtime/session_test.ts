/**
 * Components in a session, over frames: what a handler writes and throws, and when.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { batch, component, effect, ErrorBoundary, onMount, resource, signal } from "../../mod.ts";
import { fakeClock, mount } from "../../testing/mod.ts";
import { button, div, li, p, ul } from "../../vdom/elements.ts";

const fallback = (error: unknown, reset: () => void) =>
  p("caught: ", (error as Error).message, button({ onClick: reset }, "again"));

Deno.test("a handler that rejects costs its boundary, and its sibling lives", async () => {
  const Bad = component(() => {
    return () =>
      button({
        onClick: async () => {
          await Promise.resolve();
          throw new Error("no");
        },
      }, "bad");
  });
  const Good = component(() => {
    const n = signal(0);
    return () => button({ id: "good", onClick: () => n.inc() }, n);
  });
  await using page = await mount(() => div(ErrorBoundary({ fallback }, Bad()), Good()));
  await page.getByText("bad").click();
  assertEquals(page.get("p").text(), "caught: noagain");
  await page.get("#good").click();
  await page.getByText("again").click();
  assertEquals(page.html(), '<div><button>bad</button><button id="good">1</button></div>');
});

Deno.test("a handler that throws without a boundary fails the action and replaces nothing", async () => {
  await using page = await mount(() =>
    button({
      onClick: () => {
        throw new Error("no");
      },
    }, "x")
  );
  await assertRejects(() => page.get("button").click(), Error, "no");
  assertEquals([page.html(), page.connected], ["<button>x</button>", true]);
});

Deno.test("writes before and after an await are flushed, each in its turn", async () => {
  const gate = Promise.withResolvers<void>();
  const Steps = component(() => {
    const step = signal("idle");
    const run = async () => {
      step.value = "started";
      await gate.promise;
      step.value = "done";
    };
    return () => div(button({ onClick: run }, "go"), p(step));
  });
  await using page = await mount(Steps);
  await page.get("button").click();
  assertEquals(page.get("p").text(), "started");
  gate.resolve();
  await page.settled();
  assertEquals(page.get("p").text(), "done");
});

Deno.test("what one event changes is one frame", async () => {
  const Many = component(() => {
    const a = signal(0);
    const b = signal(0);
    return () =>
      div(
        button({
          onClick: () => {
            batch(() => a.value = b.value = 1);
            a.value = 2;
          },
        }, "go"),
        p(a, b),
        p(String(a.value + b.value)),
      );
  });
  await using page = await mount(Many);
  await page.get("button").click();
  assertEquals([page.text(), page.traffic.frames], ["go 21 3", 1]);
});

Deno.test("onMount and effects run when the page is adopted, and not for a page that nobody adopts", async () => {
  const log: string[] = [];
  const Child = component(() => {
    onMount(() => void log.push("mount"));
    effect(() => void log.push("effect"));
    return () => p("x");
  });
  await using _unread = await mount(Child, { javascript: false });
  assertEquals(log, []);
  await using _page = await mount(Child);
  assertEquals(log, ["mount", "effect"]);
});

Deno.test("duplicate keys cost the boundary, and the page is sent anew", async () => {
  const keys = signal(["a", "b"]);
  const List = component(() => () => ul(keys.value.map((key) => li({ key }, key))));
  await using page = await mount(() =>
    div(ErrorBoundary({ fallback }, List()), button({ id: "x", onClick: () => {} }, "x"))
  );
  keys.value = ["a", "a"];
  await page.flushed();
  assertEquals(page.traffic.resyncs, 1);
  assertEquals(page.getByText(/both have the key "a"/).exists, true);
  keys.value = ["c"];
  await page.getByText("again").click();
  assertEquals(page.get("ul").html(), "<ul><li>c</li></ul>");
  await page.get("#x").click();
});

Deno.test("an attribute that cannot be written costs the boundary, not the process", async () => {
  const bad = signal(false);
  const Part = component(() => () => bad.value ? div(p({ title: { no: 1 } as never }, "x")) : p("fine"));
  await using page = await mount(() => div(ErrorBoundary({ fallback }, Part())));
  bad.value = true;
  await page.flushed();
  assertEquals(
    page.get("p").text(),
    "caught: Cannot set the attribute title of <p> to a plain object: pass a stringagain",
  );
});

Deno.test("the first rendering waits for resources until the time is over", async () => {
  using clock = fakeClock({ globals: true });
  const gate = Promise.withResolvers<string>();
  const Slow = component(() => {
    const data = resource(() => gate.promise);
    return () => p(data.value ?? "waiting");
  });
  const mounting = mount(Slow, { clock });
  await clock.advance(4_999);
  await clock.advance(1);
  await using page = await mounting;
  assertEquals(page.text(), "waiting");
  gate.resolve("late");
  await page.settled();
  assertEquals(page.text(), "late");
});

Deno.test("a loop of effects ends in an error that names the signals; the session lives", async () => {
  const Loop = component(() => {
    const ping = signal(0, { name: "ping" });
    const go = signal(false);
    effect(() => {
      if (go.value) ping.value++;
      void ping.value;
    });
    return () => button({ onClick: () => go.value = true }, "go");
  });
  await using page = await mount(() => div(ErrorBoundary({ fallback }, Loop())));
  await page.get("button").click();
  assertEquals(
    page.get("p").text().startsWith("caught: Effects do not settle: they keep writing to ping."),
    true,
  );
  await page.getByText("again").click();
  assertEquals(page.html(), "<div><button>go</button></div>");
});
