/**
 * The specs of tests/specs in Chromium.
 *
 * @module
 */
import { mountBrowser } from "../../testing/browser_page.ts";
import { SPECS } from "../specs/all.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** What Chromium says of a socket that the network refused. */
const CUT =
  /^error: WebSocket connection to .* failed: Connection closed before receiving a handshake response$/;

for (const { name, make } of SPECS) {
  const javaScriptEnabled = make().options?.javascript ?? true;
  test(`mountBrowser(): ${name}`, async (t) => {
    const { what, options, run } = make();
    {
      await using page = await mountBrowser(what, { ...options, page: t.page });
      await run(page);
    }
    t.console.splice(0, Infinity, ...t.console.filter((line) => !CUT.test(line)));
  }, { javaScriptEnabled });
}
