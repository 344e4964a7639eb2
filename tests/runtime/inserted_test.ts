/**
 * What changes in the flush that inserts it: the insertion tells what was inserted, and the change is told once.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { effect, onMount, signal } from "../../core/mod.ts";
import { decodePatches, encodePatches } from "../../protocol/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { component } from "../../runtime/component.ts";
import { b, div, i, p } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { jsxTemplate } from "../../vdom/jsx.ts";
import type { Child } from "../../vdom/node.ts";
import { live } from "./_live.ts";

/** Shows the content in a first flush; gives the HTML and the operations of that flush, and the page for more. */
async function shown(content: () => Child) {
  const show = signal(false);
  const page = await live(() => show.value ? div(content()) : p("none"));
  show.value = true;
  const ops = page.flush().map((patch) => patch.op);
  return { page, ops, html: page.html };
}

Deno.test("a view that its own onMount marks is patched after it was inserted as it was", async () => {
  const mark = signal("!");
  const Late = component(() => {
    const ready = signal(false);
    onMount(() => void (ready.value = true));
    return () => ready.value ? [i(mark), b("ready")] : "wait";
  });
  const { page, html } = await shown(() => Late());
  assertEquals([html, page.told], ["<div><i>!</i><b>ready</b></div>", []]);
  // By its number: both ends gave the same.
  mark.value = "?";
  page.flush();
  assertEquals(page.html, "<div><i>?</i><b>ready</b></div>");
});

Deno.test("components that insert components, each in a round of its own, are told once", async () => {
  const Nest: ReturnType<typeof component<{ depth: number }>> = component<{ depth: number }>((props) => {
    const open = signal(false);
    effect(() => void (open.value = true));
    return () => [p(`${props.depth}`), open.value && props.depth > 0 && Nest({ depth: props.depth - 1 })];
  });
  const { html } = await shown(() => Nest({ depth: 3 }));
  assertEquals(html, "<div><p>3</p><p>2</p><p>1</p><p>0</p></div>");
});

Deno.test("a boundary whose content fails when it is inserted shows a fallback that goes on", async () => {
  const Bad = component(() => {
    throw new Error("no");
  });
  const note = signal("failed");
  const fallback = () => [p(note), p("try"), b("again")];
  const { page, html } = await shown(() => [ErrorBoundary({ fallback }, Bad()), p("behind")]);
  assertEquals(html, "<div><p>failed</p><p>try</p><b>again</b><p>behind</p></div>");
  note.value = "failed again";
  page.flush();
  assertEquals(page.html, "<div><p>failed again</p><p>try</p><b>again</b><p>behind</p></div>");
});

Deno.test("a bound text that a later setup changes is inserted as it was", async () => {
  const title = signal("a title");
  const Writes = component(() => {
    title.value = "a title and more";
    return () => "done";
  });
  const { page, ops, html } = await shown(() => [p(title), Writes()]);
  assertEquals([html, ops], ["<div><p>a title and more</p>done</div>", [Op.Replace, Op.TextRange]]);
  title.value = "a title and more of it";
  page.flush();
  assertEquals(page.html, "<div><p>a title and more of it</p>done</div>");
});

Deno.test("a bound text that an earlier setup changed needs no patch", async () => {
  const title = signal("a title");
  const Writes = component(() => {
    title.value = "a title and more";
    return () => "done";
  });
  const { ops, html } = await shown(() => [Writes(), p(title)]);
  assertEquals([html, ops], ["<div>done<p>a title and more</p></div>", [Op.Replace]]);
});

Deno.test("an instance of a template that is widened when it was just inserted is told as it was", async () => {
  const place = ["<p>A ", "</p>"];
  const Wide = component(() => {
    const value = signal<Child>("text");
    onMount(() => void (value.value = b("node")));
    return () => jsxTemplate(place, value.value);
  });
  const { html } = await shown(() => Wide());
  assertEquals(html, "<div><p>A <b>node</b></p></div>");
});

Deno.test("an instance that its parent's view widens in the next round is told as it was", async () => {
  const place = ["<p>B ", "</p>"];
  const stage = signal(0);
  const page = await live(component(() => {
    effect(() => {
      if (stage.value === 1) stage.value = 2;
    });
    return () => [
      i("stays"),
      stage.value > 0 && jsxTemplate(place, stage.value > 1 ? b("node") : "text"),
    ];
  }));
  stage.value = 1;
  const patches = page.flush();
  assertEquals(page.html, "<i>stays</i><p>B <b>node</b></p>");
  const bytes = encodePatches({ seq: 1, received: null, settled: null, patches });
  const told = decodePatches(bytes).patches.find((patch) => patch.op === Op.Replace);
  assertEquals(told?.nodes, [{ kind: 6, id: 1, values: ["text"] }]);
});
