/**
 * D8 under random orders: whatever settles when, in the end the page shows what the server said, and in between each change
 * stands above it until its own event has settled.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { Patch } from "../../vdom/patch.ts";
import { type TestPage, withPage } from "./_page.ts";

const CHANGES = [
  { class: { add: "x" } },
  { class: { remove: "x y" } },
  { class: { toggle: "y" }, text: "one" },
  { text: "two", attr: { title: "t" } },
  { attr: { title: null } },
];

type Step =
  | { do: "click"; which: number }
  | { do: "frame"; text: string; add: string; remove: string; title: string | null; settle: number }
  | { do: "fail"; which: number };

const token = fc.constantFrom("x", "y", "z");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("click" as const), which: fc.nat(CHANGES.length - 1) }),
  fc.record({
    do: fc.constant("frame" as const),
    text: fc.constantFrom("a", "bb", "ccc"),
    add: token,
    remove: token,
    title: fc.constantFrom("p", "q", null),
    settle: fc.nat(255),
  }),
  fc.record({ do: fc.constant("fail" as const), which: fc.nat(7) }),
);

/** What the server's side of the model says. */
interface Model {
  text: string;
  classes: Set<string>;
  title: string | null;
  open: Map<number, number>;
  seq: number;
}

/** What the page must show: the server's state under the changes that are open, in the order of their events. */
function expected({ text, classes, title, open }: Model): unknown {
  const shown = new Set(classes);
  for (const [, which] of [...open].sort((a, b) => a[0] - b[0])) {
    const change = CHANGES[which] as {
      class?: Record<string, string>;
      text?: string;
      attr?: { title: string | null };
    };
    for (const name of change.class?.add?.split(" ") ?? []) shown.add(name);
    for (const name of change.class?.remove?.split(" ") ?? []) shown.delete(name);
    for (const name of change.class?.toggle?.split(" ") ?? []) if (!shown.delete(name)) shown.add(name);
    text = change.text ?? text;
    if (change.attr) title = change.attr.title;
  }
  return { text, classes: [...shown].sort(), title };
}

function shown(page: TestPage): unknown {
  const p = page.$("#p");
  return { text: p.textContent, classes: [...p.classList].sort(), title: p.getAttribute("title") };
}

function play(page: TestPage, steps: Step[]): void {
  const model: Model = { text: "start", classes: new Set(["x"]), title: null, open: new Map(), seq: 0 };
  const frame = (patches: Patch[]) => {
    const open = [...model.open.keys()];
    const below = Math.min(...open, model.seq + 1);
    const list = Array.from({ length: model.seq - below + 1 }, (_, i) => below + i).filter((seq) =>
      !model.open.has(seq)
    );
    page.patch(patches, model.seq, { below, list });
  };
  for (const it of steps) {
    if (it.do === "click") {
      page.click(page.$(`#b${it.which}`));
      model.open.set(++model.seq, it.which);
    } else if (it.do === "fail") {
      const seq = [...model.open.keys()][it.which];
      if (seq === undefined) continue;
      model.open.delete(seq);
      page.error({ code: 4, seq });
    } else {
      [...model.open.keys()].forEach((seq, i) => {
        if (it.settle >> (i % 8) & 1) model.open.delete(seq);
      });
      model.text = it.text;
      model.classes.add(it.add);
      model.classes.delete(it.remove);
      model.title = it.title;
      frame([
        { op: 0x01, num: 2, text: it.text },
        { op: 0x10, num: 1, name: it.add },
        { op: 0x11, num: 1, name: it.remove },
        it.title === null
          ? { op: 0x03, num: 1, name: "title" }
          : { op: 0x02, num: 1, name: "title", value: it.title },
      ]);
    }
    assertEquals(shown(page), expected(model));
  }
  model.open.clear();
  frame([]);
  assertEquals(shown(page), expected(model));
}

Deno.test("overlays and patches in any order show the server's state under the changes that are open", async () => {
  const buttons = CHANGES.map((change, i) => {
    const o = encodeURIComponent(JSON.stringify({ target: "p", ...change }));
    return `<button id="b${i}" data-hid='${3 + i} click:1,o${o}'></button>`;
  });
  const html = `<p id="p" class="x">start</p>${buttons.join("")}`;
  const runs = fc.sample(fc.array(step, { minLength: 1, maxLength: 25 }), { seed: 11, numRuns: 60 });
  for (const steps of runs) await withPage(html, { rare: true }, (page) => play(page, steps));
});
