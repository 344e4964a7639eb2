/**
 * A keyed table of a thousand rows, in Chromium: rows that stay are the same nodes, wherever they go.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { TablePage } from "./apps/table.ts";
import { head } from "./apps/style.ts";
import { mark, marks } from "./support/identity.ts";
import { recordFrames } from "./support/frames.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** The marks and the first two cells of the rows at some places, from 0. */
async function rowsAt(page: Page, ...places: number[]): Promise<[mark: number, text: string][]> {
  const all = await marks(page, "tbody tr");
  const texts = await page.$$eval(
    "tbody tr",
    (rows) => rows.map((row) => `${row.children[0].textContent} ${row.children[1].textContent}`),
  );
  return places.map((place) => [all.at(place)!, texts.at(place)!]);
}

const heading = (page: Page, text: string) =>
  page.getByRole("heading", { name: text, exact: true }).waitFor();

test("table: rows are added at the end and at the start", async ({ page, start, open }) => {
  const { origin } = start({ page: TablePage, head, title: "Table" });
  await open(origin);
  assertEquals(await mark(page, "tbody tr"), 1000);
  await page.click("#add");
  await heading(page, "1010 rows");
  await page.click("#prepend");
  await heading(page, "1011 rows");
  assertEquals(await rowsAt(page, 0, 1, 1000, 1001, 1010), [
    [0, "1011 Row 1011"],
    [1, "1 Row 1"],
    [1000, "1000 Row 1000"],
    [0, "1001 Row 1001"],
    [0, "1010 Row 1010"],
  ]);
});

test("table: a row is removed, the others stay", async ({ page, start, open }) => {
  const { origin } = start({ page: TablePage });
  await open(origin);
  await mark(page, "tbody tr");
  await page.click("tbody tr:nth-child(500) .remove");
  await heading(page, "999 rows");
  assertEquals(await rowsAt(page, 498, 499, 998), [[499, "499 Row 499"], [501, "501 Row 501"], [
    1000,
    "1000 Row 1000",
  ]]);
});

test("table: two rows are swapped by two moves", async ({ page, start, open }) => {
  const { origin } = start({ page: TablePage });
  const recorder = await recordFrames(page);
  await open(origin);
  await mark(page, "tbody tr");
  await page.click("#swap");
  await page.waitForFunction(() =>
    document.querySelectorAll("tbody tr")[1].children[0].textContent === "999"
  );
  assertEquals(await rowsAt(page, 0, 1, 2, 997, 998, 999), [
    [1, "1 Row 1"],
    [999, "999 Row 999"],
    [3, "3 Row 3"],
    [998, "998 Row 998"],
    [2, "2 Row 2"],
    [1000, "1000 Row 1000"],
  ]);
  const frame = recorder.frames.find(({ direction, bytes }) =>
    direction === "down" && (bytes[0] & 15) === 2
  )!;
  assertEquals(frame.bytes.length < 20, true, `${frame.bytes.length} bytes`);
});

test("table: every tenth row gets another text, in its node", async ({ page, start, open }) => {
  const { origin } = start({ page: TablePage });
  await open(origin);
  await mark(page, "tbody tr");
  await page.click("#update");
  await page.waitForFunction(() =>
    document.querySelectorAll("tbody tr")[990].children[1].textContent === "Row 991 !"
  );
  assertEquals(await rowsAt(page, 0, 1, 10, 990), [[1, "1 Row 1 !"], [2, "2 Row 2"], [11, "11 Row 11 !"], [
    991,
    "991 Row 991 !",
  ]]);
});

test("table: a reversed table keeps its nodes, its focus and its handlers", async ({ page, input, start, open }) => {
  const { origin } = start({ page: TablePage });
  await open(origin);
  await mark(page, "tbody tr");
  await page.click("#reverse");
  await page.waitForFunction(() => document.querySelector("tbody tr")!.children[0].textContent === "1000");
  assertEquals(await rowsAt(page, 0, 500, 999), [[1000, "1000 Row 1000"], [500, "500 Row 500"], [
    1,
    "1 Row 1",
  ]]);
  await page.focus("tbody tr:nth-child(3) .select");
  await input.press("Enter");
  await page.waitForSelector("tbody tr:nth-child(3).selected");
  await page.evaluate(() => (document.querySelector("#prepend") as HTMLElement).click());
  await page.waitForSelector("tbody tr:nth-child(4).selected");
  assertEquals(
    await page.evaluate(() => document.activeElement!.closest("tr")!.children[0].textContent),
    "998",
  );
});

test("table: a table is cleared and filled anew", async ({ page, start, open }) => {
  const { origin } = start({ page: TablePage });
  await open(origin);
  await mark(page, "tbody tr");
  await page.click("#clear");
  await heading(page, "0 rows");
  assertEquals(await page.locator("tbody tr").count(), 0);
  await page.click("#fill");
  await heading(page, "1000 rows");
  assertEquals(await rowsAt(page, 0, 999), [[0, "1 Row 1"], [0, "1000 Row 1000"]]);
  await page.click("tbody tr:nth-child(7) .remove");
  await heading(page, "999 rows");
});
