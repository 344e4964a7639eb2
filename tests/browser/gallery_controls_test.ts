/**
 * Every control: what the browser saw is what the handler got, and what the server sets is shown, through a delay.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { CONTROLS } from "../../examples/gallery/controls.ts";
import { HTML } from "../../vdom/spec/mod.ts";
import { CONTROL_CASES } from "./gallery/control_cases.ts";
import { type Gallery, got, withGallery } from "./gallery/open.ts";
import type { Seen } from "./gallery/recorder.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

Deno.test("gallery: every type of input and every other control has a row and a case", () => {
  const attrs = HTML.find(({ tag }) => tag === "input")!.attrs!;
  const types = attrs.find(([name]) => name === "type")![1].slice(1).split(" ");
  const others = ["textarea", "select", "select-multiple", "contenteditable", "button"];
  const ids = [...types.map((type) => `input-${type}`), ...others].toSorted();
  assertEquals(Object.keys(CONTROLS).toSorted(), ids);
  assertEquals(Object.keys(CONTROL_CASES).toSorted(), ids);
  assertEquals(ids.filter((id) => CONTROL_CASES[id].by === "script"), ["input-color"]);
});

/** What the browser saw of a control: its own events, or those of its form or its parts. */
function seenOf({ page }: Gallery, id: string): Promise<Seen["payload"][]> {
  return page.evaluate((id) => {
    const own = new RegExp(`^${id}(-form|-s|-m|-l)?$`);
    return (globalThis as unknown as { seen: Seen[] }).seen.filter((it) => own.test(it.id)).map((it) =>
      it.payload
    );
  }, id);
}

/** What a control shows. */
function shownBy({ page }: Gallery, id: string): Promise<unknown> {
  return page.evaluate((id) => {
    const control = document.getElementById(id) as HTMLInputElement;
    if (control.localName === "fieldset") {
      return control.querySelector<HTMLInputElement>(":checked")?.value;
    }
    if (control.type === "select-multiple") {
      return Array.from((control as Element as HTMLSelectElement).selectedOptions, (one) => one.value);
    }
    return control.type === "checkbox" ? control.checked : control.value;
  }, id);
}

/** Compares what was seen of a control with what its handler got. */
async function check(gallery: Gallery, id: string): Promise<void> {
  const { gets } = CONTROL_CASES[id];
  const heard = () => got(gallery, `control ${id}`);
  const arrived = async () => heard().length === (await seenOf(gallery, `c-${id}`)).length;
  await gallery.until("what was seen arrives", arrived).catch(() => {});
  assertEquals(heard(), await seenOf(gallery, `c-${id}`), id);
  assert(heard().length > 0, `${id}: no event came`);
  const last = heard().at(-1)!;
  assertEquals(Object.fromEntries(Object.keys(gets).map((name) => [name, last[name]])), gets, id);
}

test("gallery: each control tells what it shows and shows what the server sets, 100 ms away", (live) =>
  withGallery(live, { up: 50, down: 50 }, async (gallery) => {
    const ids = Object.keys(CONTROLS);
    const wrong: Error[] = [];
    const run = async (id: string, fn: () => Promise<void>) => {
      await fn().catch((error) => wrong.push(new Error(`${id}: ${error.message}`, { cause: error })));
    };
    for (const id of ids) await run(id, () => CONTROL_CASES[id].act(gallery, `#c-${id}`));
    for (const id of ids) await run(id, () => check(gallery, id));
    const settable = ids.filter((id) => CONTROL_CASES[id].set !== undefined);
    for (const id of settable) await run(id, () => gallery.page.click(`#c-${id}-set`));
    for (const id of settable) {
      const wanted = JSON.stringify(CONTROL_CASES[id].set);
      const isSet = async () => JSON.stringify(await shownBy(gallery, `c-${id}`)) === wanted;
      await run(id, () => gallery.until(`${id} shows ${wanted}`, isSet));
    }
    if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(({ message }) => message).join("\n"));
  }));
