/**
 * D7 after a submit: until it has settled, what its user changes since is not taken back.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Patch } from "../../vdom/patch.ts";
import { type TestPage, withPage } from "./_page.ts";

const value = (num: number, value: string): Patch => ({ op: 0x08, num, value });

/** A form whose submit is event 1, and has not settled until a frame says so. */
async function withSubmitted(
  controls: string,
  run: (page: TestPage) => void,
  before: (page: TestPage) => void = () => {},
): Promise<void> {
  await withPage(`<form data-hid='1 submit:12f'>${controls}</form>`, { rare: true }, (page) => {
    before(page);
    page.fire(page.$("form"), "submit", { kind: "SubmitEvent" });
    run(page);
  });
}

Deno.test("a submit that has not settled: a control takes every value that the server sends, until its user changes it", async () => {
  await withSubmitted("<input name='a' value='x'>", (page) => {
    const input = page.$<HTMLInputElement>("input");
    page.patch([value(2, "10 %")], 1, { below: 1, list: [] });
    page.patch([value(2, "20 %")], 1, { below: 1, list: [] });
    assertEquals(input.value, "20 %");
    input.value = "mine";
    page.patch([value(2, "30 %")], 1);
    assertEquals(input.value, "mine");
    page.patch([value(2, "done")], 1);
    assertEquals(input.value, "done");
  });
});

Deno.test("a submit that has not settled: another radio button, chosen meanwhile, stays", async () => {
  const radios = ["a", "b", "c"].map((id) => `<input type='radio' name='r' id='${id}'>`).join("");
  await withSubmitted(radios, (page) => {
    const chosen = () => ["#a", "#b", "#c"].map((id) => page.$<HTMLInputElement>(id).checked);
    page.$<HTMLInputElement>("#c").checked = true;
    page.patch([{ op: 0x09, num: 3, on: true }], 1);
    assertEquals(chosen(), [false, false, true]);
  });
});

Deno.test("a submit that has not settled: options that are chosen meanwhile stay, of a select with several too", async () => {
  const options = ["a", "b", "c"].map((id) => `<option id='${id}'>${id}</option>`).join("");
  const chosen = (page: TestPage) => ["#a", "#b", "#c"].map((id) => page.$<HTMLOptionElement>(id).selected);
  await withSubmitted(`<select multiple>${options}</select>`, (page) => {
    page.$<HTMLOptionElement>("#a").selected = true;
    page.fire(page.$("form"), "submit", { kind: "SubmitEvent" });
    page.$<HTMLOptionElement>("#c").selected = true;
    page.patch([value(2, "")], 2);
    assertEquals(chosen(page), [true, false, true]);
  });
  await withSubmitted(`<select>${options}</select>`, (page) => {
    page.$<HTMLOptionElement>("#c").selected = true;
    page.patch([{ op: 0x0a, num: 4, on: true }], 1);
    assertEquals(chosen(page), [false, false, true]);
  });
});

Deno.test("a submit that has not settled: several patches of one frame are of one control", async () => {
  const options = ["a", "b", "c"].map((id) => `<option id='${id}'>${id}</option>`).join("");
  await withSubmitted(`<select multiple>${options}</select>`, (page) => {
    page.patch([{ op: 0x0a, num: 3, on: true }, { op: 0x0a, num: 5, on: true }], 1);
    assertEquals([...page.$<HTMLSelectElement>("select").options].map((it) => it.selected), [
      true,
      false,
      true,
    ]);
  });
});

Deno.test("a submit that has not settled: another form's leaves its controls to their user", async () => {
  const form = (id: string) => `<form data-hid='${id} submit:12f'><input></form>`;
  await withPage(form("1") + form("3"), { rare: true }, (page) => {
    const [one, two] = page.doc.querySelectorAll("form");
    page.fire(one, "submit", { kind: "SubmitEvent" });
    page.fire(two, "submit", { kind: "SubmitEvent" });
    const [first, second] = page.doc.querySelectorAll("input");
    first.value = "mine";
    page.patch([value(2, "server")], 1);
    assertEquals(first.value, "mine");
    second.value = "mine";
    page.patch([value(2, "first is over"), value(4, "server")], 2);
    assertEquals([first.value, second.value], ["first is over", "mine"]);
  });
});
