/**
 * Props: one stable object of tracked getters.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { effect, signal, untracked } from "../../core/mod.ts";
import { component } from "../../runtime/component.ts";
import { button, div, li, p, ul } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import { live } from "./_live.ts";

Deno.test("props cannot be set, deleted or defined", async () => {
  let seen: Record<string, unknown> = {};
  const Child = component((props: { a: number }) => {
    seen = props as never;
    return () => p("x");
  });
  await live(() => Child({ a: 1 }));
  assertThrows(() => seen.a = 2, TypeError, "Cannot set the prop a: props belong to the parent");
  assertThrows(() => delete seen.a, TypeError, "Cannot delete the prop a");
  assertThrows(() => Object.defineProperty(seen, "b", { value: 1 }), TypeError, "Cannot define the prop b");
  assertEquals(seen.a, 1);
});

Deno.test("props cannot be frozen, nor given a prototype", async () => {
  let seen: Record<string, unknown> = {};
  const Child = component((props: { a: number }) => {
    seen = props as never;
    return () => p("x");
  });
  await live(() => Child({ a: 1 }));
  assertThrows(() => Object.freeze(seen), TypeError, "Cannot freeze props");
  assertThrows(() => Object.setPrototypeOf(seen, {}), TypeError, "Cannot give props a prototype");
});

Deno.test("a view re-runs for the props that it read, and for no other", async () => {
  const a = signal(1);
  const b = signal(1);
  let runs = 0;
  const Child = component((props: { a: number; b: number }) => () => {
    runs++;
    return p(props.a);
  });
  const page = await live(() => Child({ a: a.value, b: b.value }));
  b.value = 2;
  page.flush();
  assertEquals(runs, 1);
  a.value = 2;
  page.flush();
  assertEquals([runs, page.html], [2, "<p>2</p>"]);
});

Deno.test("props are one object for the life of an instance, and equal by Object.is", async () => {
  const tick = signal(0);
  const seen: unknown[] = [];
  let runs = 0;
  const Child = component((props: { n: number; o: object }) => {
    seen.push(props);
    return () => {
      runs++;
      seen.push(props);
      return p(String(props.n), String(props.o));
    };
  });
  const object = {};
  const page = await live(() => {
    void tick.value;
    return Child({ n: NaN, o: object });
  });
  tick.value++;
  page.flush();
  assertEquals(runs, 1);
  assertStrictEquals(seen[0], seen[1]);
});

Deno.test("a function prop is a stable forwarder to the newest function", async () => {
  const n = signal(1);
  const calls: number[] = [];
  const seen = new Set<unknown>();
  let runs = 0;
  const Child = component((props: { onPick: () => void }) => () => {
    runs++;
    seen.add(props.onPick);
    return button({ id: "b", onClick: props.onPick }, "x");
  });
  const page = await live(() => {
    const now = n.value;
    return Child({ onPick: () => void calls.push(now) });
  });
  n.value = 2;
  page.flush();
  page.fire("b");
  assertEquals([calls, runs, seen.size], [[2], 1, 1]);
});

Deno.test("a forwarder has the length of its function, and is another one when that matters", async () => {
  const full = signal(false);
  const lengths: number[] = [];
  const Child = component((props: { onPick: (() => void) | ((e: unknown) => void) }) => () => {
    lengths.push(props.onPick.length);
    return button({ onClick: props.onPick as () => void }, "x");
  });
  const page = await live(() => Child({ onPick: full.value ? (_e: unknown) => {} : () => {} }));
  full.value = true;
  const patches = page.flush();
  assertEquals(lengths, [0, 1]);
  assertEquals(patches, [{ op: 0x18, num: patches[0].op === 0x18 ? patches[0].num : 0, spec: "click:1m" }]);
});

Deno.test("a prop read untracked in setup warns once, with its place", async () => {
  const Child = component((props: { start: number; onDone: () => void }) => {
    const start = signal(props.start);
    void props.onDone;
    return () => p(start);
  }, { name: "Child" });
  const page = await live(
    () => [Child({ start: 1, onDone: () => {} }), Child({ start: 2, onDone: () => {} })],
  );
  assertEquals(page.warnings.length, 1);
  assert(
    page.warnings[0].startsWith(
      "The setup of Child read the prop start once: later values will not be seen.",
    ),
  );
  assert(page.warnings[0].includes("or wrap it in untracked() if once is meant. "), page.warnings[0]);
  assert(page.warnings[0].includes("props_test.ts"), page.warnings[0]);
});

Deno.test("a prop read inside untracked() in setup is meant to be read once", async () => {
  const start = signal(1);
  const Child = component((props: { start: number; other: number }) => {
    const own = signal(untracked(() => props.start));
    try {
      untracked(() => {
        throw new Error("no");
      });
    } catch { /* The mark is gone with it. */ }
    void props.other;
    return () => p(own);
  }, { name: "Child" });
  const page = await live(() => Child({ start: start.value, other: 1 }));
  start.value = 2;
  page.flush();
  assertEquals(page.html, "<p>1</p>");
  assertEquals(page.warnings.map((w) => w.slice(0, 43)), ["The setup of Child read the prop other once"]);
});

Deno.test("spread props are followed, those that come later too", async () => {
  const extra = signal<Record<string, string>>({ id: "a" });
  let runs = 0;
  const Child = component((props: Record<string, string>) => () => {
    runs++;
    return div({ ...props as object });
  });
  const page = await live(() => Child({ ...extra.value }));
  assertEquals(page.html, '<div id="a"></div>');
  extra.value = { id: "b" };
  page.flush();
  assertEquals([page.html, runs], ['<div id="b"></div>', 2]);
  extra.value = { id: "b", title: "t" };
  page.flush();
  assertEquals([page.html, runs], ['<div id="b" title="t"></div>', 3]);
  extra.value = { title: "t" };
  page.flush();
  assertEquals(page.html, '<div title="t"></div>');
});

Deno.test("`in` follows whether a prop was passed", async () => {
  const extra = signal<{ a?: number }>({});
  const Child = component((props: { a?: number }) => () => p("a" in props ? "yes" : "no"));
  const page = await live(() => Child({ ...extra.value }));
  extra.value = { a: 1 };
  page.flush();
  assertEquals(page.html, "<p>yes</p>");
});

Deno.test("effects and computeds follow props", async () => {
  const n = signal(1);
  const log: number[] = [];
  const Child = component((props: { n: number }) => {
    effect(() => void log.push(props.n));
    return () => p("x");
  });
  const page = await live(() => Child({ n: n.value }));
  n.value = 2;
  page.flush();
  assertEquals(log, [1, 2]);
});

Deno.test("children are a prop: new ones re-run who shows them, and state below is kept", async () => {
  const n = signal(1);
  let setups = 0;
  const Leaf = component((props: { n: number }) => {
    setups++;
    const own = signal(props.n * 10);
    return () => li(props.n, "/", own);
  });
  const List = component((props: { children?: Child }) => () => ul(props.children));
  const page = await live(() => List({}, Leaf({ n: n.value }), "text"));
  n.value = 2;
  page.flush();
  assertEquals([page.html, setups], ["<ul><li>2/10</li>text</ul>", 1]);
});

Deno.test("a signal as a prop is passed as it is", async () => {
  const n = signal(1);
  let runs = 0;
  const Child = component((props: { n: typeof n }) => () => {
    runs++;
    return p(props.n);
  });
  const page = await live(() => Child({ n }));
  n.value = 2;
  page.flush();
  assertEquals([page.html, runs], ["<p>2</p>", 1]);
});
