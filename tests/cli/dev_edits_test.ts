/**
 * Edits of a running application, in Chromium: who sees them, on which socket, in which nodes, with which state.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest, type TestPage } from "../browser/support/browser.ts";
import { DevApp, mark, openLive, watchSockets } from "./_dev_app.ts";
import { FILES } from "./_dev_files.ts";

interface Developed extends TestPage {
  app: DevApp;
  /** Which of the marked nodes are others now, and whether the document or the socket is. */
  lost(): Promise<string[]>;
}

const ALL = ["#layout", "#header", "#main", "#page", "#title", "#name", "#counter", "#count", "#inc"];

/** A page with state: the counter at 3, the menu open, a name typed. */
function devTest(name: string, fn: (test: Developed) => Promise<void>): void {
  browserTest(`vango dev: ${name}`, async (test) => {
    await using app = await DevApp.start(FILES);
    const { page } = test;
    watchSockets(page);
    await openLive(page, app.origin);
    for (let i = 0; i < 3; i++) await page.click("#inc");
    await page.click("#menu");
    await page.fill("#name", "Grace");
    await text(page, "#title", "Hello Grace");
    await text(page, "#count", "Count: 3");
    const lost = await mark(page, ALL);
    await fn({ ...test, app, lost });
  });
}

/** Waits until an element has a text. */
async function text(page: Page, selector: string, wanted: string): Promise<void> {
  await page.waitForFunction(
    ([selector, wanted]) => document.querySelector(selector)?.textContent === wanted,
    [selector, wanted] as const,
    { polling: 5 },
  );
}

async function read(page: Page, selector: string): Promise<string> {
  return await page.locator(selector).textContent() ?? "";
}

async function assertState(page: Page): Promise<void> {
  assertEquals(
    [await read(page, "#count"), await read(page, "#menu"), await page.inputValue("#name")],
    ["Count: 3", "menu open", "Grace"],
  );
}

devTest("an edited component keeps socket, nodes and state", async ({ page, app, lost }) => {
  await app.edit("components/counter.ts", '"plus"', '"more"');
  await text(page, "#inc", "more");
  assertEquals(await lost(), []);
  await assertState(page);
  await page.click("#inc");
  await text(page, "#count", "Count: 4");
});

devTest(
  "an edited helper is seen through who imports it, and no other module runs anew",
  async ({ page, app, lost }) => {
    const database = await read(page, "#db");
    await app.edit("lib/greet.ts", "Hello", "Good morning");
    await text(page, "#title", "Good morning Grace");
    assertEquals(await lost(), []);
    await assertState(page);
    assertEquals(await read(page, "#db"), database);
    assertStringIncludes(app.output, "vango lib/greet.ts, routes/index.tsx in ");
  },
);

devTest("an edited layout keeps the page in it", async ({ page, app, lost }) => {
  await app.edit("routes/_layout.tsx", ">menu {", ">Menu: {");
  await text(page, "#menu", "Menu: open");
  assertEquals(await lost(), []);
  assertEquals([await read(page, "#count"), await page.inputValue("#name")], ["Count: 3", "Grace"]);
  await page.click("#inc");
  await page.click("#menu");
  await text(page, "#menu", "Menu: shut");
  await text(page, "#count", "Count: 4");
});

devTest("an edited route keeps socket, nodes and state", async ({ page, app, lost }) => {
  await app.edit("routes/index.tsx", '<h1 id="title">', '<p id="new">New</p><h1 id="title">');
  await text(page, "#new", "New");
  assertEquals(await lost(), []);
  await assertState(page);
  await page.fill("#name", "Alan");
  await text(page, "#title", "Hello Alan");
});

devTest("a new route is shown where there was none, and links lead to it", async ({ page, app, lost }) => {
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), {
      href: "/fresh",
      id: "fresh-link",
      textContent: "fresh",
    });
    document.documentElement.append(link);
  });
  await page.click("#fresh-link");
  await text(page, "#lost", "Nothing here");
  const file = FILES["routes/about.ts"].replace('"about"', '"fresh"').replace("About", "Fresh");
  await app.write("routes/fresh.ts", file);
  await text(page, "#fresh", "Fresh");
  assertEquals((await lost()).filter((each) => !/#(page|title|name|counter|count|inc) /.test(each)), []);
  assertStringIncludes(await Deno.readTextFile(`${app.dir}/routes.gen.ts`), "fresh.ts");
  await page.click("#home");
  await text(page, "#title", "Hello Ada");
});

devTest("a deleted route gives way to the page for what is not there", async ({ page, app, lost }) => {
  await page.click("#about-link");
  await text(page, "#about", "About");
  await app.remove("routes/about.ts");
  await text(page, "#lost", "Nothing here");
  const moved = await lost();
  assertEquals(moved.filter((each) => /#layout|#header|#main|document|socket/.test(each)), []);
  assert(!(await Deno.readTextFile(`${app.dir}/routes.gen.ts`)).includes("about.ts"));
});

devTest("an edited API answers anew; pages stay", async ({ page, app, lost }) => {
  await app.edit("routes/api/time.ts", "version: 1", "version: 2");
  await app.until("vango routes/api/time.ts, routes.gen.ts in ");
  assertEquals(await (await fetch(`${app.origin}/api/time`)).json(), { version: 2 });
  assertEquals(await lost(), []);
  await assertState(page);
});

devTest(
  "a signal that is added above takes no state; one that is renamed loses it, and it is said why",
  async ({ page, app, lost, console }) => {
    await app.edit("components/counter.ts", "const count", 'const other = signal("other");\n  const count');
    await app.edit("components/counter.ts", '"plus"', '"more"');
    await text(page, "#inc", "more");
    await assertState(page);
    const source = await Deno.readTextFile(`${app.dir}/components/counter.ts`);
    await app.write(
      "components/counter.ts",
      source.replaceAll(/\bcount\b(?!")/g, "total").replace('"more"', '"renamed"'),
    );
    await text(page, "#inc", "renamed");
    await text(page, "#count", "Count: 0");
    assertEquals(await lost(), []);
    const why = "Counter has no place for count any more: the signal is gone or has another name";
    assert(
      console.some((line) => line === `warning: [vango] State was not kept: ${why}`),
      console.join("\n"),
    );
    assertStringIncludes(app.output, why);
  },
);

devTest(
  "a signal of a module keeps its value and its followers when the module runs anew",
  async ({ page, app, lost }) => {
    await page.click("#visit");
    await text(page, "#visits", "Visits: 101");
    const database = await read(page, "#db");
    await app.edit("store.ts", "export const visits", "export const more = 1;\nexport const visits");
    // What is no signal begins anew, and who uses it follows.
    await page.waitForFunction((old) => document.querySelector("#db")!.textContent !== old, database);
    assertEquals(await read(page, "#visits"), "Visits: 101");
    assertEquals(await lost(), []);
    await page.click("#visit");
    await text(page, "#visits", "Visits: 102");
  },
);

devTest("a component that moves into another element keeps its state", async ({ page, app }) => {
  await app.edit("routes/index.tsx", "<Counter />", '<aside id="side"><Counter /></aside>');
  await page.waitForSelector("#side");
  await assertState(page);
});

devTest("what the user types meanwhile stays, and the focus", async ({ page, app, lost }) => {
  await page.focus("#name");
  await app.edit("routes/index.tsx", '<section id="page">', '<section id="page" class="edited">');
  await page.keyboard.type("xyz", { delay: 20 });
  await page.waitForSelector("#page.edited");
  await text(page, "#title", "Hello Gracexyz");
  assertEquals(await page.evaluate(() => document.activeElement?.id), "name");
  assertEquals(await lost(), []);
});

devTest(
  "an edited main module is a new process, which has the state of before and says why",
  async ({ page, app, console }) => {
    await app.edit("main.ts", 'title: "Dev"', 'title: "Another"');
    await app.until("Listening on", 2);
    await page.waitForFunction(
      () => !document.documentElement.classList.contains("vango-connected"),
      undefined,
      { polling: 5 },
    )
      .catch(() => {});
    await page.waitForSelector("html.vango-connected");
    await page.click("#inc");
    await text(page, "#count", "Count: 4");
    assertEquals([await read(page, "#menu"), await page.inputValue("#name")], ["menu open", "Grace"]);
    assertStringIncludes(app.output, "Starts anew: main.ts changed, which makes the application");
    assert(
      console.some((line) => line.startsWith("info: [vango] starts anew: main.ts changed")),
      console.join("\n"),
    );
  },
);

devTest("the page of a second browser follows as well", async ({ browser, page, app }) => {
  const other = await browser.newPage();
  await openLive(other, app.origin);
  await app.edit("components/counter.ts", '"plus"', '"more"');
  await text(page, "#inc", "more");
  await text(other, "#inc", "more");
  assertEquals([await read(page, "#count"), await read(other, "#count")], ["Count: 3", "Count: 0"]);
  assertNotEquals(await read(page, "#title"), await read(other, "#title"));
});

devTest("a page that is being rendered when an edit comes shows it", async ({ page, app }) => {
  await app.write(
    "routes/slow.ts",
    `import { component, resource } from "@vango/core";
import { p } from "@vango/core/elements";

export default component(() => {
  const data = resource(() => new Promise<string>((resolve) => setTimeout(() => resolve("data"), 1500)));
  return () => p({ id: "slow" }, "old ", data.value);
});
`,
  );
  await app.until("routes.gen.ts in");
  const opened = openLive(page, `${app.origin}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await app.edit("routes/slow.ts", "old ", "new ");
  await app.until("vango routes/slow.ts in");
  await opened;
  await text(page, "#slow", "new data");
});
