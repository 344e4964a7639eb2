/**
 * The specs of tests/specs in Chromium.
 *
 * @module
 */
import { mountBrowser } from "../../testing/browser_page.ts";
import { SPECS } from "../specs/all.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

for (const { name, make, says } of SPECS) {
  const javaScriptEnabled = make().options?.javascript ?? true;
  test(`mountBrowser(): ${name}`, async (t) => {
    const { what, options, run } = make();
    {
      await using page = await mountBrowser(what, { ...options, page: t.page });
      await run(page);
    }
    if (says !== undefined) t.console.splice(0, Infinity, ...t.console.filter((line) => !says.test(line)));
  }, { javaScriptEnabled });
}
