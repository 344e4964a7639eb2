/**
 * Instances that are replaced in place by newer versions of themselves. The model of the client's DOM is compared after each flush.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { createContext, effect, onCleanup, onMount, resource, signal } from "../../core/mod.ts";
import { jsxEscape, jsxTemplate } from "../../jsx_runtime.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { type Component, component } from "../../runtime/component.ts";
import { type Swap, swapInstances } from "../../runtime/swap.ts";
import { button, div, input, li, p, section, span, ul } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import { Op } from "../../vdom/patch.ts";
import { type Live, live } from "./_live.ts";

/** Gives a component the setup of another one, as development does; gives how to take it back. */
function replace(old: Component<never>, next: Component<never>): () => void {
  const before = old.setup;
  Object.defineProperty(old, "setup", { value: next.setup, configurable: true });
  return () => Object.defineProperty(old, "setup", { value: before, configurable: true });
}

function swap(of: Live, old: unknown, next: unknown): Swap & { back: () => void } {
  const back = replace(old as Component<never>, next as Component<never>);
  return Object.assign(swapInstances(of.runtime, new Set([old])), { back });
}

Deno.test("swapInstances() keeps state and nodes, and patches what differs alone", async () => {
  const version = (label: string) =>
    component(() => {
      const count = signal(0, { name: "count" });
      return () => div(p("Count: ", count), button({ id: "inc", onClick: () => count.inc() }, label));
    }, { name: "Counter" });
  const Counter = version("plus");
  const page = await live(() => section(Counter(), p("beside")));
  page.fire("inc");
  page.flush();
  const result = swap(page, Counter, version("more"));
  assertEquals([result.failed, result.instances, result.lost], [null, 1, []]);
  const patches = page.flush();
  assertEquals(patches.map(({ op }) => op), [Op.SetText]);
  assertEquals(
    page.html,
    '<section><div><p>Count: 1</p><button id="inc">more</button></div><p>beside</p></section>',
  );
  page.fire("inc");
  page.flush();
  assert(page.html.includes("Count: 2"));
});

Deno.test("swapInstances() makes what is below anew, with its state and what the new setup provides", async () => {
  const Theme = createContext("none");
  const Leaf = component(() => {
    const theme = Theme.use();
    const n = signal(0, { name: "n" });
    return () => button({ id: "leaf", onClick: () => n.inc() }, theme, " ", n);
  }, { name: "Leaf" });
  const version = (theme: string) =>
    component(() => {
      Theme.provide(theme);
      return () => div(Leaf());
    }, { name: "Outer" });
  const Outer = version("light");
  const page = await live(() => Outer());
  page.fire("leaf");
  page.flush();
  assertEquals(swap(page, Outer, version("dark")).instances, 2);
  assertEquals(page.flush().map(({ op }) => op), [Op.SetText]);
  assertEquals(page.html, '<div><button id="leaf">dark 1</button></div>');
});

Deno.test("swapInstances() reaches what a template's slots skip: children that are the same nodes", async () => {
  const Leaf = component(() => {
    const n = signal(0, { name: "n" });
    return () => button({ id: "leaf", onClick: () => n.inc() }, n);
  }, { name: "Leaf" });
  const version = (title: string) =>
    component<{ children?: Child }>(
      (props) => () => jsxTemplate(PLACE, jsxEscape(title), jsxEscape(props.children)),
      { name: "Layout" },
    );
  const Layout = version("one");
  const page = await live(() => Layout(Leaf()));
  page.fire("leaf");
  page.flush();
  assertEquals(swap(page, Layout, version("two")).instances, 2);
  page.flush();
  page.fire("leaf");
  page.flush();
  assertEquals(page.html, '<main><h1>two</h1><div><button id="leaf">2</button></div></main>');
});

Deno.test("swapInstances() ends the old instance before the new one begins, and effects run again", async () => {
  const log: string[] = [];
  const version = (name: string) =>
    component(() => {
      const n = signal(0, { name: "n" });
      log.push(`setup ${name}`);
      onCleanup(() => log.push(`cleanup ${name}`));
      onMount(() => void log.push(`mount ${name}`));
      effect(() => void log.push(`effect ${name} ${n.value}`));
      return () => button({ id: "inc", onClick: () => n.inc() }, n);
    }, { name: "Logged" });
  const Logged = version("a");
  const page = await live(() => Logged());
  page.fire("inc");
  page.flush();
  log.length = 0;
  swap(page, Logged, version("b"));
  page.flush();
  assertEquals(log, ["cleanup a", "setup b", "mount b", "effect b 1"]);
});

Deno.test("swapInstances() replaces nothing where a version throws; undo() goes back to the same state", async () => {
  for (const where of ["setup", "view", "below"] as const) {
    const Leaf = component(() => {
      const n = signal(0, { name: "n" });
      return () => button({ id: "leaf", onClick: () => n.inc() }, n);
    }, { name: "Leaf" });
    const Bad = component<Record<never, never>>(() => {
      if (where === "setup") throw new Error("setup failed");
      const name = signal("first", { name: "name" });
      if (where === "below") {
        return () => div(span(name), component(() => () => p(failing()), { name: "Inner" })());
      }
      return () => div(failing(), span(name));
    }, { name: "Outer" });
    const Outer = component(() => {
      const name = signal("first", { name: "name" });
      return () => div(span({ id: "set", onClick: () => name.set("second") }, name), Leaf());
    }, { name: "Outer" });
    const page = await live(() => section(Outer()));
    page.fire("leaf");
    page.fire("set");
    page.flush();
    const before = page.html;
    const result = swap(page, Outer, Bad);
    assertEquals(
      (result.failed?.error as Error).message,
      `${where === "setup" ? "setup" : "view"} failed`,
      where,
    );
    result.back();
    result.undo();
    page.flush();
    assertEquals(page.html, before, where);
    assertEquals(page.told, [], where);
    page.fire("leaf");
    page.flush();
    assert(page.html.includes(">2</button>"), page.html);
  }
});

/** As precompiled JSX has it: <main><h1>{title}</h1><div>{props.children}</div></main> */
const PLACE = ["<main><h1>", "</h1><div>", "</div></main>"];

function failing(): string {
  throw new Error("view failed");
}

Deno.test("swapInstances() lets a page that had failed already recover, or fail again, by its boundaries", async () => {
  const version = (fails: boolean) => component(() => () => fails ? failing() : p("well"), { name: "Part" });
  const Part = version(true);
  const page = await live(() => ErrorBoundary({ fallback: (error) => p(String(error)) }, Part()));
  assertEquals(page.html, "<p>Error: view failed</p>");
  const Page = page.runtime.root[0].children![0].type;
  replace(Part as never, version(false) as never);
  assertEquals(swapInstances(page.runtime, new Set([Page])).failed, null);
  page.flush();
  assertEquals(page.html, "<p>well</p>");
});

Deno.test("swapInstances() keeps the state of the rows of a list by key", async () => {
  const Row = component<{ id: string }>((props) => {
    const n = signal(0, { name: "n" });
    return () => li({ id: props.id, onClick: () => n.inc() }, props.id, n);
  }, { name: "Row" });
  const version = (ids: string[]) =>
    component(() => () => ul(ids.map((id) => Row({ id, key: id }))), { name: "List" });
  const List = version(["a", "b", "c"]);
  const page = await live(() => List());
  page.fire("b");
  page.fire("c");
  page.fire("c");
  page.flush();
  assertEquals(swap(page, List, version(["c", "x", "b", "a"])).lost, []);
  page.flush();
  assertEquals(
    page.html,
    '<ul><li id="c">c2</li><li id="x">x0</li><li id="b">b1</li><li id="a">a0</li></ul>',
  );
});

Deno.test("swapInstances() finds the state of a component that moved into another element", async () => {
  const Leaf = component(() => {
    const n = signal(0, { name: "n" });
    return () => button({ id: "leaf", onClick: () => n.inc() }, n);
  }, { name: "Leaf" });
  const Outer = component(() => () => div(Leaf()), { name: "Outer" });
  const page = await live(() => Outer());
  page.fire("leaf");
  page.flush();
  const result = swap(page, Outer, component(() => () => div(section(Leaf()))));
  page.flush();
  assertEquals([page.html, result.lost], ['<div><section><button id="leaf">1</button></section></div>', []]);
});

Deno.test("swapInstances() says which state did not go on, and why", async () => {
  const Outer = component(() => {
    const a = signal(1, { name: "a" });
    const b = signal("text", { name: "b" });
    return () => p(a, b);
  }, { name: "Outer" });
  const page = await live(() => Outer());
  const Next = component(() => {
    const b = signal([1], { name: "b" });
    const c = signal(3, { name: "c" });
    return () => p(b.value.length, c);
  }, { name: "Outer" });
  assertEquals(swap(page, Outer, Next).lost, [
    'Cannot restore "b" of Outer: its snapshot is string, expected Array',
    "Outer has no place for a any more: the signal is gone or has another name",
  ]);
});

Deno.test("swapInstances() keeps the value of a resource, and what a control shows", async () => {
  let fetches = 0;
  const version = (label: string) =>
    component(() => {
      const data = resource(() => Promise.resolve(++fetches), { name: "data" });
      const name = signal("", { name: "name" });
      return () => div(label, p(data.value), input({ id: "name", value: name, onInput: () => {} }));
    }, { name: "Data" });
  const Data = version("one");
  const page = await live(() => Data());
  swap(page, Data, version("two"));
  assertEquals(page.flush().map(({ op }) => op), [Op.SetText]);
  assertEquals([fetches, page.html.includes("<p>1</p>")], [1, true]);
});
