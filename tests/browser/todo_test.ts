/**
 * The todo example in Chromium: keys and mouse, back and forward, deep links, reloads, two tabs, and what must never happen.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { app } from "../../examples/todo/main.ts";
import { type Todos, useTodos } from "../../examples/todo/data/todos.ts";
import { MADE_OF } from "../../server/seam.ts";
import { browserSuite, connected, type LiveTest } from "./support/suite.ts";

const test = browserSuite();

/** Registers a test of the example with todos of its own. */
function todoTest(
  name: string,
  fn: (test: LiveTest & { origin: string; todos: Todos }) => Promise<void>,
  options?: Parameters<typeof test>[2],
): void {
  test(`todo: ${name}`, async (live) => {
    using todos = useTodos(":memory:");
    const { origin } = live.start({ ...MADE_OF.get(app)!.options });
    await fn({ ...live, origin, todos });
  }, options);
}

const titles = (page: Page) => page.locator(".todo .title").allTextContents();
const field = "[name=title]";

/** Waits until the list is what it should be. */
async function shows(page: Page, wanted: string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll(".todo .title")].map((each) => each.textContent).join("\n") === wanted,
    wanted.join("\n"),
  );
}

todoTest(
  "add, toggle, edit, delete, filter and clear, with the keyboard",
  async ({ page, input, open, origin, todos }) => {
    await open(`${origin}/todos`);
    await page.focus(field);
    for (const title of ["one", "two", "three"]) {
      await input.type(title);
      await input.press("Enter");
      await page.getByRole("link", { name: title, exact: true }).waitFor();
      assertEquals(await page.inputValue(field), "");
    }
    await page.getByRole("checkbox", { name: "Done: two" }).focus();
    await input.press(" ");
    await shows(page, ["three", "one", "two"]);
    assertEquals(await page.title(), "Todos (2)");
    await page.click("text=To do >> nth=0");
    await shows(page, ["three", "one"]);
    await page.getByRole("link", { name: "one", exact: true }).click();
    await page.waitForURL(`${origin}/todos/1`);
    await page.fill("[name=note]", "a note");
    await page.click("text=Save");
    await page.getByText("Saved").waitFor();
    assertEquals(todos.find(1)?.note, "a note");
    await page.click("text=Delete this todo");
    await page.waitForURL(`${origin}/todos`);
    await shows(page, ["three", "two"]);
    await page.click("text=Clear completed");
    await shows(page, ["three"]);
    await page.getByRole("button", { name: "Delete three" }).click();
    await page.getByText("Nothing here yet. What comes first?").waitFor();
    assertEquals(await page.evaluate(() => document.activeElement?.tagName), "H1");
  },
);

todoTest(
  "back and forward, a deep link and a reload show what their address says, in one document",
  async ({ page, open, origin, todos, console }) => {
    for (const title of ["one", "two"]) todos.add({ title });
    todos.setDone(1, true);
    await open(`${origin}/`);
    await page.evaluate(() =>
      (document.querySelector("header") as HTMLElement & { kept?: boolean }).kept = true
    );
    const kept = () =>
      page.evaluate(() => (document.querySelector("header") as HTMLElement & { kept?: boolean }).kept);
    await page.click("text=Open the list");
    await shows(page, ["two", "one"]);
    await page.click(".filters >> text=Done");
    await shows(page, ["one"]);
    assertEquals(new URL(page.url()).search, "?show=done");
    await page.click(".todo .title");
    await page.locator("h1", { hasText: "one" }).waitFor();
    assertEquals([await page.title(), await kept()], ["one", true]);
    await page.goBack();
    await shows(page, ["one"]);
    await page.goBack();
    await shows(page, ["two", "one"]);
    await page.goBack();
    await page.getByText("A list that is the same everywhere").waitFor();
    await page.goForward();
    await shows(page, ["two", "one"]);
    assertEquals([await kept(), await page.title()], [true, "Todos (1)"]);
    await page.reload();
    await connected(page);
    assertEquals([await titles(page), await kept()], [["two", "one"], undefined]);
    await open(`${origin}/todos/2`);
    assertEquals(await page.textContent("h1"), "two");
    await open(`${origin}/todos?show=done`);
    assertEquals(await titles(page), ["one"]);
    todos.remove(1);
    const answer = await page.goto(`${origin}/todos/1`);
    assertEquals([answer?.status(), await page.textContent("h1")], [404, "There is no such page"]);
    // Chromium says so, too.
    console.length = 0;
  },
  { ignoreHTTPSErrors: true },
);

todoTest("two tabs see what each of them does, at once", async ({ page, context, open, origin }) => {
  const other = await context.newPage();
  await open(`${origin}/todos`);
  await open(`${origin}/todos`, other);
  await page.fill(field, "from one");
  await page.keyboard.press("Enter");
  await shows(other, ["from one"]);
  await other.getByRole("checkbox", { name: "Done: from one" }).click();
  await page.locator("[aria-checked=true]").waitFor();
  assertEquals(await page.textContent(".left"), "0 to do");
  await other.click(".todo .title");
  await other.locator("h1", { hasText: "from one" }).waitFor();
  await other.fill("[name=note]", "typed, not saved");
  await page.getByRole("button", { name: "Delete from one" }).click();
  await other.getByText("This todo was deleted").waitFor();
});

todoTest(
  "a double click adds one todo, and the button is hit although a message comes and goes",
  async ({ page, open, origin, todos }) => {
    await open(`${origin}/todos`);
    await page.fill(field, "once");
    await page.dblclick("text=Add");
    await shows(page, ["once"]);
    await page.waitForFunction(
      (selector) => document.querySelector<HTMLInputElement>(selector)!.value === "",
      field,
    );
    assertEquals(todos.counts().open, 1);
    // What was typed and taken away again is wrong when the field is left: the click that leaves it must arrive.
    await page.fill(field, "x");
    await page.fill(field, "");
    await page.click(".add button");
    await page.getByText("Say what is to be done").waitFor();
    assertEquals(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), "title");
    await page.keyboard.type("twice");
    await page.click(".add button");
    await shows(page, ["twice", "once"]);
  },
);

todoTest(
  "who has typed something is asked before leaving, and stays if wanted",
  async ({ page, open, origin, todos }) => {
    todos.add({ title: "one" });
    await open(`${origin}/todos/1`);
    await page.fill("[name=note]", "not saved");
    await page.locator("[data-vango-unsaved]").waitFor({ state: "attached" });
    const asked: string[] = [];
    let answer = false;
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      return answer ? dialog.accept() : dialog.dismiss();
    });
    await page.click("text=← All todos");
    await page.waitForTimeout(100);
    assertEquals([asked, new URL(page.url()).pathname], [
      ["Leave without saving what you changed?"],
      "/todos/1",
    ]);
    assertEquals(await page.inputValue("[name=note]"), "not saved");
    answer = true;
    await page.click("text=← All todos");
    await page.waitForURL(`${origin}/todos`);
    assert(asked.length === 2 && todos.find(1)?.note === "");
  },
);

todoTest(
  "with JavaScript off the same list is kept, by the same forms, with the same words",
  async ({ page, input, origin, todos }) => {
    await page.goto(`${origin}/todos`);
    await page.click("text=Add");
    await page.getByText("Say what is to be done").waitFor();
    await page.focus(field);
    await input.type("one");
    await input.press("Enter");
    await page.getByRole("link", { name: "one", exact: true }).waitFor();
    await page.fill(field, "ONE");
    await page.click("text=Add");
    await page.getByText("This is on the list already").waitFor();
    assertEquals(await page.inputValue(field), "ONE");
    await page.reload();
    await page.getByText("This is on the list already").waitFor();
    assertEquals(todos.counts(), { open: 1, done: 0 });
    await page.getByRole("checkbox", { name: "Done: one" }).click();
    await page.locator("[aria-checked=true]").waitFor();
    await page.click(".filters >> text=Done");
    await page.click(".todo .title");
    await page.fill("[name=note]", "without a script");
    await page.click("text=Save");
    await page.getByText("Saved").waitFor();
    await page.click("text=Delete this todo");
    await page.waitForURL(`${origin}/todos`);
    assertEquals(todos.counts(), { open: 0, done: 0 });
  },
  { javaScriptEnabled: false },
);
