/**
 * Errors: what throws costs its boundary and nothing else.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { effect, onCleanup, onMount, resource, signal } from "../../core/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { component } from "../../runtime/component.ts";
import { button, div, li, p, span, ul } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import { live } from "./_live.ts";

const Guard = (...children: Child[]) =>
  ErrorBoundary(
    {
      fallback: (error, reset) =>
        p("caught: ", (error as Error).message, button({ id: "reset", onClick: reset }, "again")),
    },
    ...children,
  );

const CAUGHT = "<p>caught: no<button>again</button></p>".replace("<button>", '<button id="reset">');

/** A component beside a failing one, which must stay as it is. */
const Sibling = component(() => {
  const n = signal(0);
  return () => button({ id: "sibling", onClick: () => n.value++ }, n);
}, { name: "Sibling" });

const fails: Record<string, (armed: { value: boolean }) => ReturnType<typeof component>> = {
  setup: (armed) =>
    component(() => {
      if (armed.value) throw new Error("no");
      return () => p("fine");
    }, { name: "Bad" }),
  view: (armed) =>
    component(() => () => {
      if (armed.value) throw new Error("no");
      return p("fine");
    }, { name: "Bad" }),
  effect: (armed) =>
    component(() => {
      effect(() => {
        if (armed.value) throw new Error("no");
      });
      return () => p("fine");
    }, { name: "Bad" }),
  mount: (armed) =>
    component(() => {
      onMount(() => {
        if (armed.value) throw new Error("no");
      });
      return () => p("fine");
    }, { name: "Bad" }),
  binding: (armed) =>
    component(() => {
      const s = { brand: Symbol.for("preact-signals"), peek: () => "fine" } as unknown as { value: string };
      Object.defineProperty(s, "value", {
        get: () => {
          if (armed.value) throw new Error("no");
          return "fine";
        },
      });
      return () => p(s as never);
    }, { name: "Bad" }),
};

for (const [source, make] of Object.entries(fails)) {
  Deno.test(`an error in the ${source} of the first rendering costs its boundary, and reset() makes it anew`, async () => {
    const armed = signal(true);
    const Bad = make(armed);
    const page = await live(() => div(Guard(Bad()), Sibling()));
    const from = source === "binding" ? "diff" : source;
    assertEquals(page.told, [`${from} Bad no (caught)`]);
    assertEquals(page.html, `<div>${CAUGHT}<button id="sibling">0</button></div>`);
    page.fire("sibling");
    page.flush();
    armed.value = false;
    page.fire("reset");
    page.flush();
    assertEquals(page.html, '<div><p>fine</p><button id="sibling">1</button></div>');
    assertEquals(page.errors.length, 1);
  });
}

for (const source of ["view", "effect", "binding"]) {
  Deno.test(`an error in a later ${source} costs its boundary`, async () => {
    const armed = signal(false);
    const Bad = fails[source](armed);
    const page = await live(() => div(Guard(Bad()), Sibling()));
    assertEquals(page.html, '<div><p>fine</p><button id="sibling">0</button></div>');
    armed.value = true;
    page.flush();
    assertEquals(page.told, [`${source} Bad no (caught)`]);
    assertEquals(page.html, `<div>${CAUGHT}<button id="sibling">0</button></div>`);
    page.fire("sibling");
    page.flush();
    armed.value = false;
    page.fire("reset");
    page.flush();
    assertEquals(page.html, '<div><p>fine</p><button id="sibling">1</button></div>');
  });
}

Deno.test("an error in a handler costs the boundary of who made the element", async () => {
  const page = await live(() => div(Guard(button({ id: "b", onClick: () => fail() }, "x")), Sibling()));
  page.fire("b");
  page.flush();
  assertEquals([page.told, page.html], [
    ["handler ErrorBoundary no (caught)"],
    `<div>${CAUGHT}<button id="sibling">0</button></div>`,
  ]);
});

Deno.test("an error in a handler that no boundary guards replaces nothing", async () => {
  const page = await live(() => div(button({ id: "b", onClick: () => fail() }, "x")));
  page.fire("b");
  page.flush();
  assertEquals([page.told, page.html], [["handler page no"], '<div><button id="b">x</button></div>']);
});

Deno.test("an error that nothing guards costs the page, which can be told from one that was meant", async () => {
  const Bad = component(() => () => fail(), { name: "Bad" });
  const page = await live(() => Bad());
  assertEquals([page.told, page.html], [["view Bad no"], "<p>page failed: Error: no</p>"]);
  assertEquals(page.runtime.failed, true);
});

Deno.test("the nearest of nested boundaries catches, and reset() of the outer makes all anew", async () => {
  const armed = signal(true);
  const Bad = fails.setup(armed);
  const page = await live(() => Guard(div(Guard(Bad()), "outer")));
  assertEquals(page.html, `<div>${CAUGHT}outer</div>`);
});

Deno.test("a fallback that throws goes to the boundary above", async () => {
  const Bad = component(() => () => fail(), { name: "Bad" });
  const page = await live(() =>
    Guard(
      ErrorBoundary({
        fallback: () => {
          throw new Error("worse");
        },
      }, Bad()),
    )
  );
  assertEquals(page.html.includes("caught: worse"), true);
  assertEquals(page.told, ["view Bad no (caught)", "view ErrorBoundary worse (caught)"]);
});

Deno.test("a component of a fallback that throws goes to the boundary above, once", async () => {
  const Bad = component(() => () => fail(), { name: "Bad" });
  const Worse = component(() => {
    throw new Error("worse");
  }, { name: "Worse" });
  const page = await live(() => Guard(div(ErrorBoundary({ fallback: () => Worse() }, Bad()), Sibling())));
  assertEquals(page.html.includes("caught: worse"), true);
  assertEquals(page.told, ["view Bad no (caught)", "setup Worse worse (caught)"]);
});

Deno.test("two children that fail at once are one failure of their boundary", async () => {
  const armed = signal(false);
  const Bad = fails.view(armed);
  const page = await live(() => div(Guard(Guard(Bad(), Bad())), Sibling()));
  armed.value = true;
  page.flush();
  assertEquals(page.html, `<div>${CAUGHT}<button id="sibling">0</button></div>`);
  assertEquals(page.errors.every((e) => e.caught), true);
});

Deno.test("an error in a cleanup is told, and stops neither the others nor what comes", async () => {
  const open = signal(true);
  const log: string[] = [];
  const Bad = component(() => {
    onCleanup(() => log.push("first"));
    onCleanup(() => fail());
    onCleanup(() => log.push("last"));
    return () => p("x");
  }, { name: "Bad" });
  const page = await live(() => div(open.value ? Bad() : "closed", Sibling()));
  open.value = false;
  page.flush();
  assertEquals(log, ["last", "first"]);
  assertEquals([page.told, page.html], [
    ["cleanup Bad no"],
    '<div>closed<button id="sibling">0</button></div>',
  ]);
});

Deno.test("an error in the cleanup of what failed does not take its fallback's place", async () => {
  const armed = signal(false);
  const Bad = component(() => {
    onCleanup(() => {
      throw new Error("late");
    });
    return () => armed.value ? fail() : p("x");
  }, { name: "Bad" });
  const page = await live(() => Guard(Guard(Bad())));
  armed.value = true;
  page.flush();
  assertEquals(page.html, CAUGHT);
  assertEquals(page.told.length, 2);
});

Deno.test("an error in a handler of a fallback goes to the boundary above", async () => {
  const Bad = component(() => () => fail(), { name: "Bad" });
  const page = await live(() =>
    Guard(
      ErrorBoundary({
        fallback: () =>
          button({
            id: "b",
            onClick: () => {
              throw new Error("worse");
            },
          }, "x"),
      }, Bad()),
    )
  );
  page.fire("b");
  page.flush();
  assertEquals(page.html.includes("caught: worse"), true);
});

Deno.test("state beside a failure is kept, state below it is not", async () => {
  const armed = signal(false);
  const Leaf = component(() => {
    const n = signal(0);
    return () => button({ id: "leaf", onClick: () => n.value++ }, n);
  });
  const Bad = fails.view(armed);
  const page = await live(() => [Guard(Leaf(), Bad()), Sibling()]);
  page.fire("leaf");
  page.fire("sibling");
  page.flush();
  armed.value = true;
  page.flush();
  armed.value = false;
  page.fire("reset");
  page.flush();
  assertEquals(page.html, '<button id="leaf">0</button><p>fine</p><button id="sibling">1</button>');
});

Deno.test("a resource that fails is told and replaces nothing; read() throws it to the boundary", async () => {
  const Data = component(() => {
    const data = resource(() => Promise.reject(new Error("no")), { name: "data" });
    return () => data.state === "error" ? p(String(data.error)) : p("…");
  }, { name: "Data" });
  const Reads = component(() => {
    const data = resource(() => Promise.reject(new Error("no")), { name: "data" });
    return () => data.state === "pending" ? p("…") : p(String(data.read()));
  }, { name: "Reads" });
  const page = await live(() => [Data(), Guard(Reads())]);
  assertEquals(page.html, `<p>Error: no</p>${CAUGHT}`);
});

Deno.test("a broken diff costs its boundary, and all is sent anew", async () => {
  const keys = signal(["a", "b"]);
  const List = component(() => () => ul(keys.value.map((key) => li({ key }, key))), { name: "List" });
  const page = await live(() => div(Guard(List()), Sibling()));
  page.fire("sibling");
  keys.value = ["a", "a"];
  const model = page.model;
  page.flush();
  assertEquals(page.model !== model, true);
  assertEquals(page.errors.map((e) => [e.source, e.component, e.caught]), [["diff", "List", true]]);
  assertEquals(page.html.includes('<button id="sibling">1</button>'), true);
  keys.value = ["c"];
  page.fire("reset");
  page.flush();
  assertEquals(page.html, '<div><ul><li>c</li></ul><button id="sibling">1</button></div>');
  page.fire("sibling");
  page.flush();
  assertEquals(page.runtime.broken, false);
});

Deno.test("an error half-way through a first mount leaves paths and numbers right", async () => {
  const Bad = component(() => () => div(div(span("x"), p({ title: {} as never }))), { name: "Bad" });
  const Keeps = component(() => {
    const n = signal(7, { name: "n" });
    return () => p(n);
  });
  const page = await live(() => div(Guard(Bad()), Keeps()));
  assertEquals([...page.state.keys()], ["0.0.0.1"]);
  const paths: string[] = [];
  const again = await live(() => div(Guard(Bad()), Keeps()), {
    restored: new Map([["0.0.0.1", new Map([["n", 8]])]]),
  });
  assertEquals(again.html.endsWith("<p>8</p></div>"), true);
  assertEquals(paths, []);
  assertEquals(page.runtime.broken, false);
});

Deno.test("what failed before its key changed is made anew, though nobody saw it fail", async () => {
  const key = signal(0);
  const lead = () => {
    key.value = 1;
    fail();
  };
  const Old = component(() => () => button({ id: "go", onClick: lead }), { name: "Old" });
  const page = await live(() => {
    const resetKey = key.value;
    return ErrorBoundary({ fallback: () => p("caught"), resetKey }, resetKey === 0 ? Old() : p("new"));
  });
  page.fire("go");
  page.flush();
  assertEquals([page.told, page.html], [["handler Old no (caught)"], "<p>new</p>"]);
});

Deno.test("after dispose() nothing runs and errors are still told", async () => {
  const page = await live(() => Guard(Sibling()));
  page.runtime.dispose();
  page.runtime.fail(new Error("late"), null, "handler");
  assertEquals([page.told, page.runtime.flush()], [["handler page late"], []]);
});

function fail(): never {
  throw new Error("no");
}
