/**
 * The todo example as pages: accessible in light and dark, and as wide as their window, on a phone and on a desk.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { app } from "../../examples/todo/main.ts";
import { useTodos } from "../../examples/todo/data/todos.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { MADE_OF } from "../../server/seam.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

for (
  const [name, colorScheme, viewport] of [
    ["a desk, light", "light", { width: 1280, height: 900 }],
    ["a desk, dark", "dark", { width: 1280, height: 900 }],
    ["a phone, light", "light", { width: 360, height: 740 }],
    ["a phone, dark", "dark", { width: 360, height: 740 }],
  ] as const
) {
  test(`todo: axe finds nothing, and nothing is too wide: ${name}`, async ({ page, start, open }) => {
    using todos = useTodos(":memory:");
    const { origin } = start({ ...MADE_OF.get(app)!.options });
    const check = async (what: string) => {
      assertEquals(await findAccessibilityIssues(page), [], what);
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, what);
    };
    await open(`${origin}/todos`);
    await check("an empty list");
    todos.add({ title: "x".repeat(120), due: "2020-01-01", note: "y".repeat(500) });
    todos.setDone(todos.add({ title: "Done already", due: "2020-01-01" }), true);
    await page.click("text=Add");
    await page.getByText("Say what is to be done").waitFor();
    await check("a list, with an error");
    await open(`${origin}/`);
    await check("the first page");
    await open(`${origin}/todos/1`);
    await page.fill("[name=title]", "");
    await page.click("text=Save");
    await page.getByText("Say what is to be done").waitFor();
    await check("a todo, with an error");
    todos.remove(1);
    await page.getByText("This todo was deleted").waitFor();
    await check("a todo that was deleted");
  }, { colorScheme, viewport: { ...viewport } });

  test(`todo: axe finds nothing where there is no page: ${name}`, async ({ page, start, console }) => {
    using _todos = useTodos(":memory:");
    const { origin } = start({ ...MADE_OF.get(app)!.options });
    for (const path of ["/nothing", "/todos/7"]) {
      await page.goto(origin + path);
      assertEquals(await findAccessibilityIssues(page), [], path);
    }
    // Chromium says that the address was not found.
    console.length = 0;
  }, { colorScheme, viewport: { ...viewport } });
}
