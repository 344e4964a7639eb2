/**
 * The budget: what every page loads is at most 6 KB after gzip -9, what pages with routes load besides 4 KB, those with
 * hooks 1.5 KB.
 * `deno run -A tools/build_client.ts` prints the bytes of each part.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { bundleClient, distText } from "../../tools/build_client.ts";

/** The most bytes of each part of what every page loads, before compression. */
const PARTS: Record<string, number> = {
  "client/socket.ts": 2300,
  "client/patches.ts": 1700,
  "client/events.ts": 1500,
  "client/frames.ts": 1300,
  "client/nodes.ts": 1150,
  "client/values.ts": 1100,
  "client/build.ts": 950,
  "client/start.ts": 950,
  "client/wire.ts": 900,
  "client/queue.ts": 950,
  "protocol/names.ts": 300,
  "client/core.ts": 150,
  "client/input.ts": 150,
  "client/main.ts": 50,
};

Deno.test({
  name: "the client is within its budget, and client/dist.ts is what the generator writes",
  // esbuild's process outlives the test by a moment.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const bundles = await bundleClient();
    const { main, rare, nav, hooks } = bundles;
    assert(main.gzip <= 6 * 1024, `The client has ${main.gzip} bytes after gzip: the budget is ${6 * 1024}`);
    assert(
      rare.gzip <= 6400,
      `The second script has ${rare.gzip} bytes after gzip: the budget is 6400`,
    );
    assert(nav.gzip <= 4096, `The third script has ${nav.gzip} bytes after gzip: the budget is 4096`);
    assert(hooks.gzip <= 1536, `The fourth script has ${hooks.gzip} bytes after gzip: the budget is 1536`);
    const large = Object.entries(main.parts).filter(([path, bytes]) => !(bytes <= PARTS[path]));
    assertEquals(large, [], "a part that every page loads has grown, or is new");
    const foreign = [main, rare, nav, hooks].flatMap(({ parts }) => Object.keys(parts))
      .filter((path) => !/^(client\/|protocol\/(fields|names)\.ts$)/.test(path));
    assertEquals(foreign, []);
    const dist = await Deno.readTextFile(new URL("../../client/dist.ts", import.meta.url));
    assertEquals(dist === await distText(bundles), true, "run deno run -A tools/build_client.ts");
  },
});
