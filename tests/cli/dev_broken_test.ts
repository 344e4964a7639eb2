/**
 * Edits that do not work, in Chromium: what is shown, what stays, and that it goes on by itself once mended. And style sheets.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest, type TestPage } from "../browser/support/browser.ts";
import { findAccessibilityIssues } from "../browser/support/axe.ts";
import { DevApp, freePort, mark, openLive, watchSockets } from "./_dev_app.ts";
import { FILES } from "./_dev_files.ts";

interface Developed extends TestPage {
  app: DevApp;
  lost(): Promise<string[]>;
}

function devTest(name: string, fn: (test: Developed) => Promise<void>, files = FILES): void {
  browserTest(`vango dev: ${name}`, async (test) => {
    await using app = await DevApp.start(files);
    const { page } = test;
    watchSockets(page);
    await openLive(page, app.origin);
    for (let i = 0; i < 3; i++) await page.click("#inc");
    await page.getByText("Count: 3").waitFor();
    const lost = await mark(page, ["#layout", "#page", "#title", "#counter", "#count", "#inc"]);
    await fn({ ...test, app, lost });
  });
}

interface Shown {
  title: string;
  message: string;
  place: string;
  /** The line that is meant. */
  line: string;
  hint: string;
}

/** What the overlay says, once there is one about this. */
async function overlay(page: Page, about: string): Promise<Shown> {
  await page.locator("vango-overlay dialog").filter({ hasText: about }).waitFor();
  const read = async (selector: string) =>
    await page.locator(`vango-overlay ${selector}`).textContent({ timeout: 1000 }).catch(() => "") ?? "";
  return {
    title: await read("#title"),
    message: await read("#message"),
    place: await read(".place"),
    line: (await read(".meant .text")).trim(),
    hint: await read(".hint"),
  };
}

async function mended(page: Page): Promise<void> {
  await page.locator("vango-overlay").waitFor({ state: "detached" });
}

devTest(
  "a syntax error is shown with file, line, code and hint; mended, the page goes on where it was",
  async ({ page, app, lost }) => {
    await app.edit("components/counter.ts", "signal(0)", "signal((0)");
    assertEquals(await overlay(page, "counter.ts"), {
      title: "Cannot load components/counter.ts",
      message: "SyntaxError: Expected ',', got ';'",
      place: "components/counter.ts:7:27",
      line: "const count = signal((0);",
      hint:
        "HintThe parser stopped here; what is wrong may be on the line above: a bracket, quote or comma that is " +
        "missing or too much.",
    });
    assertStringIncludes(app.output, ">  7 |   const count = signal((0);");
    assertEquals(await page.locator("#count").textContent(), "Count: 3");
    await app.edit("components/counter.ts", "signal((0)", "signal(0)");
    await mended(page);
    assertEquals(await lost(), []);
    await page.click("#inc");
    await page.getByText("Count: 4").waitFor();
  },
);

devTest(
  "a view that throws replaces nothing, and the old one goes on until it is mended",
  async ({ page, app, lost }) => {
    await app.edit("routes/index.tsx", "{greet(name.value)}", "{greeet(name.value)}");
    const { title, message, place, hint } = await overlay(page, "greeet");
    assertEquals(title, "The component at index.tsx:6 does not work");
    assertEquals([message, hint], ["ReferenceError: greeet is not defined", "HintDid you mean greet?"]);
    // The transform keeps no places within JSX: it is found by its name.
    assertEquals(place, "routes/index.tsx:10:23");
    assertEquals(await lost(), []);
    await page.keyboard.press("Escape");
    await mended(page);
    await page.click("#inc");
    await page.getByText("Count: 4").waitFor();
    await app.edit("routes/index.tsx", "greeet", "greet");
    await app.edit("routes/index.tsx", 'id="page"', 'id="page" class="mended"');
    await page.waitForSelector("#page.mended");
    assertEquals(await lost(), []);
    assertEquals(await page.locator("#count").textContent(), "Count: 4");
  },
);

devTest(
  "an error that the application's error page hides is shown, and mended, the page is there again",
  async ({ page, app }) => {
    await app.edit("components/counter.ts", "onClick: () => count.inc()", "onClick: () => count.ink()");
    await app.until("1 page followed");
    await page.click("#inc");
    const { title, message, line } = await overlay(page, "ink");
    assertEquals([title, message], [
      "The handler of Counter failed",
      "TypeError: count.ink is not a function",
    ]);
    assertStringIncludes(line, "count.ink()");
    await page.locator("#error").waitFor();
    assertStringIncludes(app.output, "The handler of Counter failed: TypeError: count.ink is not a function");
    await app.edit("components/counter.ts", "count.ink", "count.inc");
    await mended(page);
    await page.getByText("Count: 0").waitFor();
    await page.click("#inc");
    await page.getByText("Count: 1").waitFor();
  },
  {
    ...FILES,
    "routes/_error.ts": `
import { component } from "@vango/core";
import { h1 } from "@vango/core/elements";

export default component(() => () => h1({ id: "error" }, "Something went wrong"));
`,
  },
);

devTest("a file of routes that exports no page is named, once", async ({ page, app, lost }) => {
  await app.write("routes/empty.ts", "export const other = 1;\n");
  const { title, message, place } = await overlay(page, "empty.ts");
  assertEquals([title, place], ["Cannot load routes/empty.ts", "routes/empty.ts"]);
  assertEquals(message, "Cannot use routes/empty.ts as a page: it exports only other");
  await app.remove("routes/empty.ts");
  await mended(page);
  await app.until("followed");
  assertEquals(app.output.split("Cannot load routes/empty.ts").length - 1, 1, app.output);
  assertEquals(await lost(), []);
});

devTest("a name that is not exported is told with those that are", async ({ page, app, lost }) => {
  // What is imported and not used is left out with the types.
  await app.edit("components/counter.ts", "import { visits }", "import { visit as visits }");
  const { message, place, hint } = await overlay(page, "does not provide");
  assertEquals(
    message,
    "SyntaxError: The requested module '../store.ts' does not provide an export named 'visit'",
  );
  assertEquals(place, "components/counter.ts:4:10");
  assertEquals(hint, "HintDid you mean visits? ../store.ts exports database, visits.");
  await app.edit("components/counter.ts", "import { visit as visits }", "import { visits }");
  await mended(page);
  assertEquals(await lost(), []);
});

devTest("an import of a file that is not there, which is then written", async ({ page, app, lost }) => {
  await app.write(
    "components/counter.ts",
    FILES["components/counter.ts"].replace('"plus"', "extra").replace(
      'from "../store.ts";',
      'from "../store.ts";\nimport { extra } from "../lib/extra.ts";',
    ),
  );
  const { message, place } = await overlay(page, "extra.ts");
  assertEquals(message, "components/counter.ts imports lib/extra.ts, which is not there");
  assertEquals(place, "components/counter.ts:5:31");
  await app.write("lib/extra.ts", 'export const extra = "from extra";\n');
  await mended(page);
  await page.getByText("from extra").waitFor();
  assertEquals(await lost(), []);
  assertEquals(await page.locator("#count").textContent(), "Count: 3");
});

devTest("a file that is deleted while it is imported, and comes back", async ({ page, app, lost }) => {
  await app.remove("lib/greet.ts");
  const { message, place } = await overlay(page, "greet.ts");
  assertEquals(message, "routes/index.tsx imports lib/greet.ts, which is not there");
  assertEquals(place, "routes/index.tsx:4:31");
  await app.write("lib/greet.ts", FILES["lib/greet.ts"].replace("Hello", "Welcome"));
  await mended(page);
  await page.getByText("Welcome Ada").waitFor();
  assertEquals(await lost(), []);
});

devTest("a syntax error in a file that an edit begins to import", async ({ page, app, lost }) => {
  await app.write("lib/extra.ts", "export const extra = ;\n");
  await app.edit(
    "lib/greet.ts",
    "export const greet",
    'import { extra } from "./extra.ts";\nexport const more = extra;\nexport const greet',
  );
  const { message, place } = await overlay(page, "extra.ts");
  assertEquals([message, place], ["SyntaxError: Expression expected", "lib/extra.ts:1:22"]);
  await app.write("lib/extra.ts", "export const extra = 1;\n");
  await mended(page);
  assertEquals(await lost(), []);
});

devTest("a vango.json that is wrong is shown, and read again once it is mended", async ({ page, app }) => {
  await app.write("vango.json", '{ "prot": 8000 }\n');
  assertEquals(await overlay(page, "prot"), {
    title: "Cannot use vango.json",
    message: 'Unknown key "prot" in vango.json',
    place: "vango.json:1:3",
    line: '{ "prot": 8000 }',
    hint: 'HintDid you mean "port"?',
  });
  await app.write("vango.json", '{ "static": { "prefix": "/files" } }\n');
  await mended(page);
  await page.click("#inc");
  await page.getByText("Count: 4").waitFor();
});

devTest("a route without a component is told by its file", async ({ page, app, lost }) => {
  await app.write("routes/bad.ts", "export default 7;\n");
  const { message } = await overlay(page, "bad.ts");
  assertEquals(message, "Cannot use routes/bad.ts as a page: it exports a number as default");
  await app.remove("routes/bad.ts");
  await mended(page);
  assertEquals(await lost(), []);
});

devTest("two routes of one path are told by both files", async ({ page, app }) => {
  await app.write("routes/about.tsx", FILES["routes/about.ts"]);
  const { title, message } = await overlay(page, "about.tsx");
  assertEquals(title, "Cannot write the routes of routes/");
  assert(message.includes("about.ts") && message.includes("about.tsx"), message);
  await app.remove("routes/about.tsx");
  await mended(page);
});

devTest("an error in a handler is told and hidden by the next edit", async ({ page, app, lost }) => {
  await app.edit("components/counter.ts", "onClick: () => count.inc()", "onClick: () => count.ink()");
  await app.until("components/counter.ts in");
  await page.click("#inc");
  const { title, message, place, line } = await overlay(page, "ink");
  assertEquals([title, message], ["The handler of Counter failed", "TypeError: count.ink is not a function"]);
  assertEquals(place.slice(0, place.lastIndexOf(":")), "components/counter.ts:13");
  assertStringIncludes(line, "count.ink()");
  await app.edit("components/counter.ts", "count.ink()", "count.inc()");
  await mended(page);
  await page.click("#inc");
  await page.getByText("Count: 4").waitFor();
  assertEquals(await lost(), []);
});

browserTest(
  "vango dev: an application that is broken from the start is shown, and loaded once mended",
  async ({ page, errors }) => {
    const broken = { ...FILES, "store.ts": "export const visits = ;\n" };
    await using app = await DevApp.start(broken);
    const response = await page.goto(app.origin);
    assertEquals(response?.status(), 503);
    const { title, place } = await overlay(page, "store.ts");
    assertEquals([title, place.split(":")[0]], ["Cannot start main.ts", "store.ts"]);
    assertEquals(await findAccessibilityIssues(page), []);
    await app.write("store.ts", FILES["store.ts"]);
    await page.waitForSelector("html.vango-connected");
    assertEquals(await page.locator("#count").textContent(), "Count: 0");
    await page.click("#inc");
    await page.getByText("Count: 1").waitFor();
    assertEquals(errors, []);
  },
);

devTest(
  "the overlay is a dialog that axe finds nothing in, and gives back the focus",
  async ({ page, app, console }) => {
    await page.focus("#inc");
    await app.edit("components/counter.ts", "signal(0)", "signal((0)");
    await overlay(page, "counter.ts");
    assertEquals(await findAccessibilityIssues(page), []);
    const dialog = page.getByRole("alertdialog", { name: "Cannot load components/counter.ts" });
    assertEquals(await dialog.count(), 1);
    await page.keyboard.press("Escape");
    await mended(page);
    assertEquals(await page.evaluate(() => document.activeElement?.id), "inc");
    assertEquals(console.filter((line) => line.startsWith("error")), []);
  },
);

const STYLED = {
  ...FILES,
  "main.ts": FILES["main.ts"].replace(
    "head: () => []",
    'head: () => [link({ rel: "stylesheet", href: "/app.css" })]',
  )
    .replace("import { routes }", 'import { link } from "@vango/core/elements";\nimport { routes }'),
};

devTest(
  "a style sheet is swapped in its element, and the page is never without it",
  async ({ page, app, lost }) => {
    const color = () => page.evaluate(() => getComputedStyle(document.querySelector("#title")!).color);
    assertEquals(await color(), "rgb(1, 2, 3)");
    await page.evaluate(() => {
      const seen = new Set<string>();
      const link = document.querySelector('link[rel="stylesheet"]');
      Object.assign(globalThis, { seen, link });
      const look = () => {
        seen.add(getComputedStyle(document.querySelector("#title")!).color);
        requestAnimationFrame(look);
      };
      look();
    });
    await app.edit("public/app.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)");
    await page.waitForFunction(() =>
      getComputedStyle(document.querySelector("#title")!).color === "rgb(4, 5, 6)"
    );
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1);
    const state = await page.evaluate(() => {
      const { seen, link } = globalThis as unknown as { seen: Set<string>; link: Element };
      return { seen: [...seen], same: document.querySelector('link[rel="stylesheet"]') === link };
    });
    assertEquals(state, { seen: ["rgb(1, 2, 3)", "rgb(4, 5, 6)"], same: true });
    assertEquals(await lost(), []);
    assertMatch(
      await page.locator('link[rel="stylesheet"]').getAttribute("href") ?? "",
      /\/app\.css\?vango=\d+$/,
    );
  },
  STYLED,
);

Deno.test("vango dev: a port that is taken is said, and ends it", async () => {
  const listener = Deno.listen({ port: freePort(), hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  const app = await DevApp.start(FILES, [`--port=${port}`], false);
  assertEquals(await app.ended(), 1);
  assertStringIncludes(app.output, `Cannot listen on 127.0.0.1:${port}: the port is taken`);
  assertStringIncludes(app.output, "vango dev --port");
  listener.close();
  await Deno.remove(app.dir, { recursive: true });
});

Deno.test("vango dev: the application has the variables of .env, and is started anew when it changes", async () => {
  await using app = await DevApp.start({
    ".env": "GREETING=first\n",
    "main.ts": `import { createApp } from "@vango/core";
import { Page } from "./page.ts";

console.log("greeting:", Deno.env.get("GREETING"));
createApp({ page: Page }).serve();
`,
    "page.ts": `import { component } from "@vango/core";
export const Page = component(() => () => "Hello");
`,
  });
  await app.until("greeting: first");
  await app.write(".env", "GREETING=second\n");
  await app.until("Starts anew: .env changed");
  await app.until("greeting: second");
});

Deno.test("vango dev: what vango.json and .env say after a change holds, another port too", async () => {
  const ports = [freePort(), freePort(), freePort()];
  await using app = await DevApp.start({ ...FILES, "vango.json": `{ "port": ${ports[0]} }` });
  await app.until(`Listening on http://localhost:${ports[0]}/`);
  await app.write("vango.json", `{ "port": ${ports[1]} }`);
  await app.until(`Listening on http://localhost:${ports[1]}/`);
  // The environment wins.
  await app.write(".env", `PORT=${ports[2]}`);
  await app.until(`Listening on http://localhost:${ports[2]}/`);
  const answer = await fetch(`http://localhost:${ports[2]}/`);
  await answer.body?.cancel();
  assertEquals(answer.status, 200);
});

Deno.test("vango dev: SIGINT ends it and its process, with exit code 0", async () => {
  const app = await DevApp.start(FILES);
  const port = Number(new URL(app.origin).port);
  assertEquals(await app.signal("SIGINT"), 0);
  // Nobody listens there any more.
  Deno.listen({ port, hostname: "127.0.0.1" }).close();
  await Deno.remove(app.dir, { recursive: true });
});
