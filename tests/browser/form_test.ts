/**
 * A form with every kind of control, in Chromium: what the user sets arrives, what the server sets is shown.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { component, signal } from "../../mod.ts";
import { button, form, input as field, main, output } from "../../vdom/elements.ts";
import { FormPage } from "./apps/form.ts";
import { head } from "./apps/style.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** Waits until the server holds a value. */
async function held(page: Page, name: string, value: string): Promise<void> {
  await page.waitForFunction(
    ([name, value]) => document.querySelector(`#v-${name}`)!.textContent === value,
    [name, value],
  );
}

test("form: what is typed into each input arrives", async ({ page, input, start, open }) => {
  const { origin } = start({ page: FormPage, head, title: "Form" });
  await open(origin);
  for (const type of ["text", "search", "tel", "url", "password"]) {
    await page.click(`[name=${type}]`);
    await input.type(`a ${type}`);
    await held(page, type, `a ${type}`);
  }
  await page.click("[name=email]");
  await input.press("End");
  await input.type(".org");
  await held(page, "email", "ada@example.com.org");
  await page.focus("[name=number]");
  await input.press("ArrowUp");
  await held(page, "number", "4");
  await page.focus("[name=range]");
  await input.press("ArrowRight");
  await held(page, "range", "21");
});

test("form: dates and times that the keyboard enters arrive", async ({ page, input, start, open }) => {
  const { origin } = start({ page: FormPage });
  await open(origin);
  await page.focus("[name=date]");
  await input.type("12");
  await held(page, "date", "2026-12-31");
  await page.focus("[name=time]");
  await input.press("ArrowUp");
  await held(page, "time", "10:30");
});

test("form: checkbox, radio, select and file arrive", async ({ page, input, start, open }) => {
  const { origin } = start({ page: FormPage });
  await open(origin);
  await page.getByLabel("I agree").click();
  await held(page, "agree", "true");
  await page.getByLabel("Large").click();
  await held(page, "size", "l");
  await page.focus("[name=size][value=l]");
  await input.press("ArrowUp");
  await held(page, "size", "m");
  await page.focus("[name=fruit]");
  await input.press("ArrowUp");
  await held(page, "fruit", "apple");
  await page.locator("[name=colors]").selectOption(["red", "blue"]);
  await held(page, "colors", "red blue");
  await page.setInputFiles("[name=files]", [
    { name: "a.txt", mimeType: "text/plain", buffer: new Uint8Array([97]) as never },
    { name: "b.txt", mimeType: "text/plain", buffer: new Uint8Array([98]) as never },
  ]);
  await held(page, "files", "a.txt b.txt");
});

test("form: a textarea keeps lines, emoji and its scroll", async ({ page, input, start, open }) => {
  const { origin } = start({ page: FormPage });
  await open(origin);
  await page.click("[name=notes]");
  await input.press("End", 2);
  await input.press("Enter");
  await input.commit("👩‍🚀 é");
  await held(page, "notes", "first\nsecond\n👩‍🚀 é");
});

test("form: what the server sets is shown by every control", async ({ page, start, open }) => {
  const { origin } = start({ page: FormPage });
  await open(origin);
  await page.click("#fill");
  await held(page, "text", "filled");
  const shown = await page.evaluate(() => {
    const form = document.querySelector("form")!;
    return [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  });
  assertEquals(shown.filter(([name]) => name !== "_vango"), [
    ["text", "filled"],
    ["email", "ada@example.com"],
    ["number", "3"],
    ["range", "80"],
    ["date", "2030-12-24"],
    ["time", "09:30"],
    ["color", "#ff0000"],
    ["fruit", "plum"],
    ["colors", "green"],
    ["colors", "blue"],
    ["notes", "filled"],
    ["size", "l"],
    ["agree", "on"],
  ]);
});

test("form: a submit brings its fields and its button, and does not load the page", async ({ page, input, start, open }) => {
  const { origin } = start({ page: FormPage });
  await open(origin);
  await page.evaluate(() => (window as { kept?: boolean }).kept = true);
  await page.click("[name=text]");
  await input.type("hi");
  await input.press("Enter");
  await page.waitForFunction(() => document.querySelector("#v-sent")!.textContent !== "");
  const sent = (await page.textContent("#v-sent"))!;
  assertEquals(
    sent.split("&").filter((pair) => /^(text|size|fruit|colors|how|agree|later|_vango)=/.test(pair)),
    [
      "text=hi",
      "fruit=pear",
      "colors=red",
      "size=m",
      "how=send",
    ],
  );
  assertEquals(await page.evaluate(() => (window as { kept?: boolean }).kept), true);
});

test("form: axe finds nothing", async ({ page, start, open }) => {
  const { origin } = start({ page: FormPage, head, title: "Form" });
  await open(origin);
  assertEquals(await findAccessibilityIssues(page), []);
});

test("form: a submit clears what no input event told of, when its handler wants it empty", async ({ page, input, start, open }) => {
  const said: string[] = [];
  const Search = component(() => {
    const draft = signal("", { name: "draft" });
    const count = signal(0, { name: "count" });
    return () =>
      main(
        form(
          {
            onSubmit: async (e) => {
              said.push(`${e.get("q")}/${e.get("draft")}/${e.has("box")}`);
              await Promise.resolve();
              draft.set("");
              count.inc();
            },
          },
          field({ name: "q", value: "", "aria-label": "Static" }),
          field({ name: "draft", value: draft, "aria-label": "Draft" }),
          field({ name: "free", "aria-label": "Free" }),
          field({ name: "box", type: "checkbox", checked: false, "aria-label": "Box" }),
          button("Send"),
        ),
        output(count),
      );
  });
  const { origin } = start({ page: Search });
  await open(origin);
  for (let round = 1; round <= 2; round++) {
    for (const name of ["q", "draft", "free"]) {
      await page.click(`[name=${name}]`);
      await input.type(`${name}${round}`);
    }
    await page.click("[name=box]");
    await page.click("text=Send");
    await page.locator("output", { hasText: `${round}` }).waitFor();
    const shown = () =>
      [...document.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")].map((input) =>
        input.type === "checkbox" ? input.checked : input.value
      );
    const free = round === 1 ? "free1" : "free1free2";
    await page.waitForFunction(() => (document.querySelector("[name=q]") as HTMLInputElement).value === "");
    assertEquals(await page.evaluate(shown), ["", "", free, false]);
  }
  assertEquals(said, ["q1/draft1/true", "q2/draft2/true"]);
});
