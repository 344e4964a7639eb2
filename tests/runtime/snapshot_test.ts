/**
 * Snapshots: the state of a page by path, and back.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { resource, signal } from "../../core/mod.ts";
import { component } from "../../runtime/component.ts";
import { b, button, div, li, p, ul } from "../../vdom/elements.ts";
import { jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { Live, live } from "./_live.ts";

Deno.test("state comes back by path: keyed lists in another order, conditional components, unnamed signals", async () => {
  const Row = component((props: { name: string }) => {
    const n = signal(0);
    const twice = signal(0);
    return () => li(button({ id: props.name, onClick: () => (n.value++, twice.value += 2) }, n, "/", twice));
  });
  const Detail = component(() => {
    const text = signal("", { name: "text" });
    return () => button({ id: "detail", onClick: () => text.value += "x" }, text);
  });
  const Page = component(() => {
    const order = signal(["a", "b"], { name: "order" });
    const open = signal(false, { name: "open" });
    return () =>
      div(
        button({ id: "flip", onClick: () => (order.value = ["b", "a"], open.value = true) }, "flip"),
        ul(order.value.map((name) => Row({ key: name, name }))),
        open.value ? Detail() : null,
      );
  });
  const page = await live(Page);
  page.fire("a");
  page.fire("a");
  page.fire("b");
  page.fire("flip");
  page.flush();
  page.fire("detail");
  page.flush();
  const again = await live(Page, { restored: page.state });
  assertEquals(again.html, page.html);
  assertEquals(again.html.includes(">1/2<"), true);
  assertEquals(again.state, page.state);
});

Deno.test("what is mounted behind a template that was patched takes its state by the path of a fresh rendering", async () => {
  const Detail = component(() => {
    const text = signal("", { name: "text" });
    return () => button({ id: "detail", onClick: () => text.value += "x" }, text);
  });
  const open = signal(true);
  const row = ["<p>", "</p>"];
  const view = () => div(jsxTemplate(row, jsxEscape(b(String(open.value)))), open.value ? Detail() : null);
  const page = await live(view);
  page.fire("detail");
  page.flush();
  const restored = page.state;
  open.value = false;
  const again = await live(view, { restored });
  assertEquals(again.html, "<div><p><b>false</b></p></div>");
  open.value = true;
  again.flush();
  assertEquals(again.html, page.html);
});

Deno.test("a restored value is used once: a component made anew begins anew", async () => {
  const Child = component(() => {
    const n = signal(0, { name: "n" });
    return () => button({ id: "n", onClick: () => n.value++ }, n);
  });
  const Page = component(() => {
    const open = signal(true, { name: "open" });
    return () =>
      div(button({ id: "open", onClick: () => open.value = !open.value }, "o"), open.value && Child());
  });
  const page = await live(Page);
  page.fire("n");
  page.flush();
  const again = await live(Page, { restored: page.state });
  assertEquals(again.html, page.html);
  again.fire("open");
  again.flush();
  again.fire("open");
  again.flush();
  assertEquals(again.html, '<div><button id="open">o</button><button id="n">0</button></div>');
});

Deno.test("a value of another shape is refused with a warning; the rest is restored", async () => {
  const Page = component(() => {
    const n = signal(1, { name: "n" });
    const s = signal("a", { name: "s" });
    return () => p(n, s);
  });
  const page = await live(Page, {
    restored: new Map([["0.0", new Map<string, unknown>([["n", "x"], ["s", "b"]])]]),
  });
  assertEquals(page.html, "<p>1b</p>");
  assertEquals(page.warnings.length, 1);
});

Deno.test("the first rendering waits for resources, those of components that they bring too", async () => {
  const Inner = component(() => {
    const data = resource(() => Promise.resolve("inner"));
    return () => p(data.value ?? "…");
  });
  const Outer = component(() => {
    const data = resource(() => Promise.resolve("outer"));
    return () => [p(data.value ?? "…"), data.value && Inner()];
  });
  const page = new Live(() => Outer());
  assertEquals(await page.runtime.settle(1000), true);
  assertEquals(page.html, "<p>outer</p><p>inner</p>");
});

Deno.test("settle() gives up in time, and what comes later is a patch", async () => {
  const gate = Promise.withResolvers<string>();
  const Slow = component(() => {
    const data = resource(() => gate.promise);
    return () => p(data.value ?? "…");
  });
  const page = new Live(() => Slow());
  assertEquals(await page.runtime.settle(5), false);
  await page.ready();
  assertEquals(page.html, "<p>…</p>");
  gate.resolve("late");
  await gate.promise;
  await Promise.resolve();
  page.flush();
  assertEquals(page.html, "<p>late</p>");
});

Deno.test("a component restored under another position of an unkeyed list keeps its own path", async () => {
  const front = signal(false);
  const Child = component(() => {
    const n = signal(0, { name: "n" });
    return () => p(n);
  });
  const page = await live(() => [front.value ? "text" : null, div(Child())]);
  assertEquals([...page.state.keys()], ["0.0.1.0"]);
});
