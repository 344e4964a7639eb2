/**
 * Swaps of what is awkward: a second instance beside the first, a boundary that shows its fallback.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { resource, signal } from "../../core/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { component } from "../../runtime/component.ts";
import { swapInstances } from "../../runtime/swap.ts";
import { button, div, p, section } from "../../vdom/elements.ts";
import { live } from "./_live.ts";

/** Gives a component the setup of another one, as development does. */
function replace(old: { setup: unknown }, next: { setup: unknown }): void {
  Object.defineProperty(old, "setup", { value: next.setup, configurable: true });
}

function counter(id: string) {
  return component(() => {
    const n = signal(0, { name: "n" });
    return () => button({ id, onClick: () => n.inc() }, n);
  }, { name: "Counter" });
}

Deno.test("swapInstances() gives a second instance no state of one that is still there", async () => {
  const Counter = counter("inc");
  for (
    const [next, html] of [
      [() => div(Counter(), Counter()), "1,0"],
      [() => div(Counter({ key: "new" }), Counter({ key: "old" })), "0,1"],
      [() => div(p("x"), Counter({ key: "new" }), Counter({ key: "old" })), "0,1"],
    ] as const
  ) {
    const first = html === "1,0" ? {} : { key: "old" };
    const Outer = component(() => () => div(Counter(first)), { name: "Outer" });
    const page = await live(() => Outer());
    page.fire("inc");
    page.flush();
    replace(Outer, component(() => next));
    const { failed, lost } = swapInstances(page.runtime, new Set([Outer]));
    page.flush();
    const shown = [...page.html.matchAll(/<button[^>]*>(\d)/g)].map(([, n]) => n).join();
    assertEquals([failed, lost, shown], [null, [], html]);
  }
});

Deno.test("swapInstances() gives a new instance no state of one elsewhere on the page", async () => {
  const Counter = counter("inc");
  const Outer = component(() => () => p("none"), { name: "Outer" });
  const page = await live(() => section(Counter(), Outer()));
  page.fire("inc");
  page.flush();
  replace(Outer, component(() => () => Counter()));
  assertEquals(swapInstances(page.runtime, new Set([Outer])).lost, []);
  page.flush();
  const shown = [...page.html.matchAll(/<button[^>]*>(\d)/g)].map(([, n]) => n).join();
  assertEquals(shown, "1,0");
});

Deno.test("swapInstances() has a boundary that shows its fallback try what it guards again", async () => {
  const version = (works: boolean) =>
    component(() => {
      if (!works) throw new Error("not yet");
      return () => p("works");
    }, { name: "Guarded" });
  const Guarded = version(false);
  const page = await live(() =>
    section(ErrorBoundary({ fallback: () => p("failed") }, Guarded()), p("beside"))
  );
  assertEquals(page.html, "<section><p>failed</p><p>beside</p></section>");
  // Another edit that does not mend it.
  const { failed } = swapInstances(page.runtime, new Set([Guarded]));
  page.flush();
  assertEquals([failed, page.html], [null, "<section><p>failed</p><p>beside</p></section>"]);
  replace(Guarded, version(true));
  swapInstances(page.runtime, new Set([Guarded]));
  page.flush();
  assertEquals(page.html, "<section><p>works</p><p>beside</p></section>");
});

Deno.test("swapInstances() has a resource fetch again where its fetcher was edited, and shows its value until then", async () => {
  const fetched: string[] = [];
  const version = (fetcher: () => Promise<string>, label: string) =>
    component(() => {
      const data = resource(fetcher, { name: "data" });
      return () => p(label, data.value);
    }, { name: "Data" });
  const old = () => Promise.resolve((fetched.push("old"), "old"));
  const edited = () => Promise.resolve((fetched.push("new"), "new"));
  const Data = version(old, "a ");
  const page = await live(() => Data());
  replace(Data, version(old, "b "));
  swapInstances(page.runtime, new Set([Data]));
  page.flush();
  assertEquals([page.html, fetched], ["<p>b old</p>", ["old"]]);
  replace(Data, version(edited, "c "));
  swapInstances(page.runtime, new Set([Data]));
  page.flush();
  assertEquals(page.html, "<p>c old</p>");
  await new Promise((resolve) => setTimeout(resolve));
  page.flush();
  assertEquals([page.html, fetched], ["<p>c new</p>", ["old", "new"]]);
});

Deno.test("swapInstances() leaves what a handler that waits still holds behind, as the guide says", async () => {
  const saved = Promise.withResolvers<void>();
  const version = (label: string) =>
    component(() => {
      const text = signal("idle", { name: "text" });
      const save = async () => {
        text.value = "saving";
        await saved.promise;
        text.value = "saved";
      };
      return () => button({ id: "save", onClick: save }, label, text);
    }, { name: "Saver" });
  const Saver = version("a ");
  const page = await live(() => Saver());
  page.fire("save");
  page.flush();
  replace(Saver, version("b "));
  swapInstances(page.runtime, new Set([Saver]));
  saved.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  page.flush();
  assertEquals(page.html, '<button id="save">b saving</button>');
});
