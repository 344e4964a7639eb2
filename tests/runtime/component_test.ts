/**
 * Components: setup once, views that re-run when what they read changed, bindings, keys, the order of endings.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { batch, createContext, effect, onCleanup, onMount, signal, useContext } from "../../core/mod.ts";
import { component, placeOf, type View } from "../../runtime/component.ts";
import { button, div, h1, li, p, span, ul } from "../../vdom/elements.ts";
import { each, when } from "../../vdom/helpers.ts";
import type { Child } from "../../vdom/node.ts";
import { Op } from "../../vdom/patch.ts";
import { live } from "./_live.ts";

Deno.test("component() refuses what is no function, and a setup that returns no view", async () => {
  assertThrows(() => component("x" as never), TypeError, "pass a setup function");
  const Bad = component((() => p("not a view")) as unknown as () => View, { name: "Bad" });
  const page = await live(() => Bad());
  assertEquals(page.told, ["setup Bad Cannot mount Bad: its setup returned no view; return () => …"]);
  const Async = component((() => Promise.resolve(() => p("late"))) as unknown as () => View, {
    name: "Async",
  });
  assertEquals((await live(() => Async())).told, [
    "setup Async Cannot mount Async: its setup is async, and returned a promise instead of a view; " +
    "load data by resource()",
  ]);
});

Deno.test("a component that is not called is named in the error", async () => {
  const Kid = component(() => () => p("x"), { name: "Kid" });
  const page = await live(() => div(Kid as never));
  assertEquals(page.errors[0].message, "Cannot render the component Kid: call it, Kid()");
  const Nameless = component(() => () => p("x"));
  assert(
    /^Cannot render the component component_test.ts:\d+: call it, Name\(\) and not Name$/.test(
      assertThrows(() => div(Nameless as never), TypeError).message,
    ),
  );
});

Deno.test("a component without a name is named by the place where it is made, in the file and line of the call", async () => {
  const line = Number(/component_test.ts:(\d+)/.exec(new Error().stack ?? "")?.[1]);
  const Bad = component(() => {
    throw new Error("no");
  });
  assertEquals(Bad.displayName, `component_test.ts:${line + 1}`);
  const page = await live(() => Bad());
  assertEquals(page.told, [`setup component_test.ts:${line + 1} no`]);
  const setup = () => () => p("x");
  assertEquals([component(setup).displayName, component(setup, { name: "B" }).displayName], ["setup", "B"]);
});

Deno.test("placeOf() takes file and line of a frame, whatever the engine", () => {
  const frames = [
    "    at file:///app/main.ts:12:3",
    "    at Object.make (file:///my%20app/main.ts:12:3)",
    "    at async make (C:\\app\\main.ts:12:3)",
    "make@http://localhost:8000/app/main.ts?v=1:12:3",
    "@http://localhost:8000/main.ts:12:3",
  ];
  assertEquals(frames.map(placeOf), frames.map(() => "main.ts:12"));
  assertEquals(["Error", "Error: at 12:30", "    at <anonymous>", "[native code]", ""].map(placeOf), [
    "",
    "",
    "",
    "",
    "",
  ]);
});

Deno.test("setup runs once; the view re-runs when what it read changed", async () => {
  const count = signal(0);
  const other = signal(0);
  let setups = 0;
  let views = 0;
  const Counter = component(() => {
    setups++;
    return () => {
      views++;
      return p(String(count.value));
    };
  });
  const page = await live(() => Counter());
  other.value++;
  page.flush();
  assertEquals([setups, views], [1, 1]);
  count.value++;
  count.value++;
  page.flush();
  assertEquals([setups, views, page.html], [1, 2, "<p>2</p>"]);
});

Deno.test("a parent's re-run leaves a child with equal props alone", async () => {
  const tick = signal(0);
  let views = 0;
  const Child = component((props: { name: string }) => () => {
    views++;
    return span(props.name);
  });
  const page = await live(() => div(String(tick.value), Child({ name: "a" })));
  tick.value++;
  const patches = page.flush();
  assertEquals([views, patches.length], [1, 1]);
});

Deno.test("a signal passed unread is patched directly: no view runs", async () => {
  const count = signal(1);
  const title = signal("a");
  let views = 0;
  const Counter = component(() => () => {
    views++;
    return h1({ title }, "Count: ", count);
  });
  const page = await live(() => Counter());
  count.value = 2;
  title.value = "b";
  const patches = page.flush();
  assertEquals(views, 1);
  assertEquals(patches.map((patch) => patch.op).sort(), [Op.SetAttr, Op.TextRange]);
  assertEquals(page.html, '<h1 title="b">Count: 2</h1>');
});

Deno.test("writes in a batch, and writes before a flush, are one flush", async () => {
  const a = signal(0);
  const b = signal(0);
  let views = 0;
  const page = await live(() => {
    views++;
    return p(`${a.value} ${b.value}`);
  });
  const before = page.requests;
  batch(() => {
    a.value++;
    b.value++;
  });
  a.value++;
  assertEquals(page.requests - before, 1);
  page.flush();
  assertEquals([views, page.html], [2, "<p>2 1</p>"]);
});

Deno.test("a signal that changes in the flush that removes its element makes no patch", async () => {
  const open = signal(true);
  const n = signal(0);
  const page = await live(() => div(open.value ? p({ title: n as never }, "n: ", n) : null));
  batch(() => {
    n.value = 1;
    open.value = false;
  });
  assertEquals(page.flush().length, 1);
  assertEquals(page.html, "<div></div>");
});

Deno.test("keyed components keep their state when they are reordered", async () => {
  const order = signal(["a", "b", "c", "d"]);
  let setups = 0;
  const Row = component((props: { name: string }) => {
    const own = signal(++setups);
    return () => li(props.name, own);
  });
  const page = await live(() => ul(order.value.map((name) => Row({ key: name, name }))));
  order.value = ["d", "b", "e", "a"];
  page.flush();
  assertEquals(page.html, "<ul><li>d4</li><li>b2</li><li>e5</li><li>a1</li></ul>");
  order.value = [];
  page.flush();
  order.value = ["a"];
  page.flush();
  assertEquals(page.html, "<ul><li>a6</li></ul>");
});

Deno.test("one node in two places is two instances", async () => {
  let setups = 0;
  const Child = component(() => {
    const n = ++setups;
    return () => span(n);
  });
  const node = Child();
  const page = await live(() => div(node, node));
  assertEquals(page.html, "<div><span>1</span><span>2</span></div>");
});

Deno.test("unmounting ends children first, then effects newest first, then cleanups in reverse", async () => {
  const open = signal(true);
  const log: string[] = [];
  const Child = component(() => {
    onCleanup(() => log.push("child"));
    return () => span("x");
  });
  const Parent = component(() => {
    onCleanup(() => log.push("first"));
    effect(() => () => log.push("effect 1"));
    effect(() => () => log.push("effect 2"));
    onCleanup(() => log.push("last"));
    return () => div(Child());
  });
  const page = await live(() => open.value ? Parent() : null);
  open.value = false;
  page.flush();
  assertEquals(log, ["child", "effect 2", "effect 1", "last", "first"]);
});

Deno.test("effects and onMount run after the views are committed", async () => {
  const n = signal(0);
  const log: string[] = [];
  const Child = component(() => {
    onMount(() => void log.push("mount"));
    effect(() => void log.push(`effect ${n.value}`));
    return () => {
      log.push(`view ${n.value}`);
      return p(String(n.value));
    };
  });
  const page = await live(() => Child());
  n.value = 1;
  page.flush();
  assertEquals(log, ["view 0", "mount", "effect 0", "view 1", "effect 1"]);
});

Deno.test("what an effect writes is in the same flush", async () => {
  const a = signal(1);
  const b = signal(0);
  const Child = component(() => {
    effect(() => void (b.value = a.value * 2));
    return () => p(b);
  });
  const page = await live(() => Child());
  a.value = 5;
  page.flush();
  assertEquals(page.html, "<p>10</p>");
});

Deno.test("a context reaches components at any depth, through boundaries of lists", async () => {
  const Theme = createContext("light", "Theme");
  const Leaf = component(() => {
    const theme = Theme.use();
    return () => span(theme);
  });
  const Middle = component(() => () => [[Leaf()], div(Leaf())]);
  const Dark = component(() => {
    Theme.provide("dark");
    return () => Middle();
  });
  const page = await live(() => [Dark(), Leaf()]);
  assertEquals(page.html, "<span>dark</span><div><span>dark</span></div><span>light</span>");
});

Deno.test("parked: no view and no effect runs until it starts, and what changed is one flush", async () => {
  const { Live } = await import("./_live.ts");
  const n = signal(0);
  const log: string[] = [];
  const Child = component(() => {
    effect(() => void log.push(`effect ${n.value}`));
    return () => {
      log.push(`view ${n.value}`);
      return p(String(n.value), " ", n);
    };
  });
  const page = await new Live(() => Child()).ready({ parked: true });
  n.value = 1;
  n.value = 2;
  assertEquals([log, page.requests], [["view 0"], 0]);
  page.runtime.start();
  assertEquals(page.requests, 1);
  page.flush();
  assertEquals([log, page.html], [["view 0", "view 2", "effect 2"], "<p>2 2</p>"]);
  page.runtime.pause();
  n.value = 3;
  assertEquals(page.requests, 1);
});

Deno.test("dispose() leaves nothing subscribed", async () => {
  let watched = 0;
  const { Signal } = await import("../../core/mod.ts");
  const watch = { watched: () => void watched++, unwatched: () => void watched-- };
  const signals = [1, 2, 3, 4].map((n) => new Signal(n, watch));
  const Child = component((props: { n: number }) => {
    effect(() => void signals[3].value);
    return () => p({ title: signals[1] as never }, signals[2], props.n);
  });
  const page = await live(() => div(Child({ n: signals[0].value })));
  assertEquals(watched, 4);
  page.runtime.dispose();
  assertEquals(watched, 0);
  for (const s of signals) s.value++;
  assertEquals(page.runtime.flush(), []);
  assert(page.runtime.disposed);
});

Deno.test("an attribute that cannot be written is refused when the element is made", async () => {
  const bad = signal(false);
  const page = await live(() => div(bad.value ? p({ title: { no: 1 } as never }, "x") : "fine"));
  bad.value = true;
  page.flush();
  assertEquals(
    page.told,
    ["view page Cannot set the attribute title of <p> to a plain object: pass a string"].map((t) =>
      t.replace("view", "diff")
    ),
  );
});

Deno.test("a view that returns nothing warns once per component; null, false and arrows without a block do not", async () => {
  const shown = signal<Child>(undefined);
  const Forgot = component(() => () => {
    void shown.value;
  }, { name: "Forgot" });
  const Empty = component((props: { value?: Child }) => () => {
    return props.value;
  }, { name: "Empty" });
  const Passes = component((props: { children?: Child }) => () => props.children, { name: "Passes" });
  const Closed = component(() => () => {
    return when(shown, () => p("open"));
  }, { name: "Closed" });
  const page = await live(() => [
    Forgot(),
    Forgot(),
    Empty({ value: null }),
    Empty({ value: false }),
    Passes(),
    Closed(),
  ]);
  shown.value = null;
  page.flush();
  assertEquals(page.warnings, ["The view of Forgot returned nothing: return what it shows, or null"]);
  const quiet = await live(() => Forgot(), { dev: false });
  assertEquals(quiet.warnings, []);
});

Deno.test("a list without keys that changes its length warns once per component", async () => {
  const names = signal(["a", "b", "c"]);
  const Rows = component(() => () => ul(names.value.map((name) => li(name))), { name: "Rows" });
  const Keyed = component(
    () => () =>
      ul(each(names, (name) => name, (name) => li(name)), names.value.map((key) => li({ key }, key))),
  );
  const Bare = component(() => () => names.value.map((name) => p(name)), { name: "Bare" });
  const page = await live(() => div(Rows(), Keyed(), Bare()));
  names.value = ["b", "c"];
  page.flush();
  names.value = ["c"];
  page.flush();
  assertEquals(
    page.warnings,
    ["Rows", "Bare"].map((name) =>
      `A list in ${name} changed from 3 to 2 items without keys: rows may take over each other's state. ` +
      "Give each item a key, or use each()."
    ),
  );
});

Deno.test("two items with one key are an error on the first rendering, in development", async () => {
  const Rows = component(() => () => ul([1, 1].map((key) => li({ key }, key))), { name: "Rows" });
  const page = await live(() => Rows());
  assertEquals(page.told, [
    "diff Rows Cannot tell two items of a list apart: <li> at 0 and <li> at 1 both have the key 1; " +
    "give each item of the list its own key",
  ]);
  const production = await live(() => Rows(), { dev: false });
  assertEquals([production.told, production.html], [[], "<ul><li>1</li><li>1</li></ul>"]);
});

Deno.test("useContext() in a handler has the component of its element up to the first await", async () => {
  const Theme = createContext("light", "Theme");
  const seen: string[] = [];
  let after: unknown;
  const Button = component(() => () =>
    button({
      id: "b",
      onClick: async () => {
        seen.push(useContext(Theme));
        await null;
        try {
          useContext(Theme);
        } catch (error) {
          after = error;
        }
      },
    }, "x"), { name: "Button" });
  const Page = component(() => {
    Theme.provide("dark");
    return () => Button();
  }, { name: "Page" });
  const page = await live(Page);
  await page.fire("b");
  assertEquals(seen, ["dark"]);
  assert(
    after instanceof Error && after.message.startsWith('Cannot read the context "Theme" outside a component'),
  );
});
