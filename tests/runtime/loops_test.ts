/**
 * Writes that never end: stopped, named, and paid for by who writes.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { effect, signal } from "../../core/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { component } from "../../runtime/component.ts";
import { button, div, p } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import { live } from "./_live.ts";

const Guard = (...children: Child[]) =>
  ErrorBoundary({ fallback: (error) => p((error as Error).message.slice(0, 60)) }, ...children);

const Sibling = component(() => {
  const n = signal(0);
  return () => button({ id: "sibling", onClick: () => n.value++ }, n);
}, { name: "Sibling" });

Deno.test("effects that write to each other end in an error that names the signals", async () => {
  const go = signal(false);
  const Loop = component(() => {
    const ping = signal(0, { name: "ping" });
    const pong = signal(0, { name: "pong" });
    effect(() => void (go.value && (pong.value = ping.value + 1)));
    effect(() => void (go.value && (ping.value = pong.value + 1)));
    return () => p("looping ", ping);
  }, { name: "Loop" });
  const page = await live(() => div(Guard(Loop()), Sibling()));
  go.value = true;
  page.flush();
  assertEquals(page.errors.length, 1);
  assertEquals(page.errors[0].source, "effect");
  assertEquals(page.errors[0].component, "Loop");
  assertEquals(/they keep writing to (ping, pong|pong, ping)\./.test(page.errors[0].message), true);
  page.fire("sibling");
  page.flush();
  assertEquals(page.html.endsWith('<button id="sibling">1</button></div>'), true);
  assertEquals(page.html.includes("looping"), false);
});

Deno.test("an effect and a view that only follow what a loop writes are not blamed", async () => {
  const go = signal(false);
  const n = signal(0, { name: "n" });
  const seen: number[] = [];
  const Loop = component(() => {
    effect(() => {
      if (go.value) n.value++;
      void n.value;
    });
    return () => p("loop");
  }, { name: "Loop" });
  const Watcher = component(() => {
    effect(() => void seen.push(n.value));
    return () => p(String(n.value));
  }, { name: "Watcher" });
  const page = await live(() => div(Guard(Loop()), Guard(Watcher())));
  go.value = true;
  page.flush();
  assertEquals(page.errors.map((e) => e.component), ["Loop"]);
  const last = n.peek();
  assertEquals([seen.at(-1), page.html.endsWith(`<p>${last}</p></div>`)], [last, true]);
  n.value = 5;
  page.flush();
  assertEquals([seen.at(-1), page.html.endsWith("<p>5</p></div>")], [5, true]);
});

Deno.test("a view that writes what it reads costs its boundary, and its siblings live", async () => {
  const go = signal(false);
  const Loop = component(() => {
    const n = signal(0, { name: "n" });
    return () => {
      if (go.value) n.value = n.value + 1;
      return p("view");
    };
  }, { name: "Loop" });
  const page = await live(() => div(Guard(Loop()), Sibling()));
  go.value = true;
  page.flush();
  assertEquals(page.errors.map((e) => [e.component, e.caught]), [["Loop", true]]);
  page.fire("sibling");
  page.flush();
  assertEquals(page.html.endsWith('<button id="sibling">1</button></div>'), true);
});

Deno.test("a handler that is called in a view instead of passed ends in an error that says so", async () => {
  const Save = component(() => {
    const saved = signal(0, { name: "saved" });
    const save = () => void saved.value++;
    return () => button({ onClick: save() as never }, saved.value);
  }, { name: "Save" });
  const page = await live(() => div(Guard(Save()), Sibling()));
  assertEquals(page.errors.map((e) => [e.source, e.component]), [["view", "Save"]]);
  assertEquals(
    page.errors[0].message.startsWith("Views or effects do not settle: they keep writing to saved."),
    true,
  );
  assertEquals(
    page.errors[0].message.endsWith("pass the function itself: onClick: save, not onClick: save()"),
    true,
  );
});

Deno.test("two views that write to each other cost their boundaries", async () => {
  const go = signal(false);
  const a = signal(0, { name: "a" });
  const b = signal(0, { name: "b" });
  const Left = component(() => () => {
    if (go.value) b.value = a.value + 1;
    return p("left");
  }, { name: "Left" });
  const Right = component(() => () => {
    if (go.value) a.value = b.value + 1;
    return p("right");
  }, { name: "Right" });
  const page = await live(() => div(Guard(Left()), Guard(Right()), Sibling()));
  go.value = true;
  page.flush();
  assertEquals(page.errors.length > 0 && page.errors.every((e) => e.caught), true);
  assertEquals(page.flush(), []);
  page.fire("sibling");
  page.flush();
  assertEquals(page.html.endsWith('<button id="sibling">1</button></div>'), true);
});
