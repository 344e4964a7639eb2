/**
 * The specs of tests/specs in Chromium.
 *
 * @module
 */
import { mountBrowser } from "../../testing/mod.ts";
import { SPECS } from "../specs/all.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** What Chromium says of a socket that the test has cut or refused. */
const CUT = /^error: WebSocket connection to /;

for (const { name, make } of SPECS) {
  test(`mountBrowser(): ${name}`, async (t) => {
    const { what, options, run } = make();
    {
      await using page = await mountBrowser(what, { ...options, page: t.page });
      await run(page);
    }
    t.console.splice(0, Infinity, ...t.console.filter((line) => !CUT.test(line)));
  });
}
