/**
 * The budget: what every page loads is at most 6 KB after gzip -9. `deno run -A tools/build_client.ts` prints the bytes of
 * each part.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { bundleClient, distText } from "../../tools/build_client.ts";

Deno.test({
  name: "the client is within its budget, and client/dist.ts is what the generator writes",
  // esbuild's process outlives the test by a moment.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const bundles = await bundleClient();
    const { main, rare } = bundles;
    assert(main.gzip <= 6 * 1024, `The client has ${main.gzip} bytes after gzip: the budget is ${6 * 1024}`);
    assert(
      rare.gzip <= 6 * 1024,
      `The second script has ${rare.gzip} bytes after gzip: the budget is ${6 * 1024}`,
    );
    const foreign = [...Object.keys(main.parts), ...Object.keys(rare.parts)]
      .filter((path) => !/^(client\/|protocol\/names\.ts$)/.test(path));
    assertEquals(foreign, []);
    const dist = await Deno.readTextFile(new URL("../../client/dist.ts", import.meta.url));
    assertEquals(dist === await distText(bundles), true, "run deno run -A tools/build_client.ts");
  },
});
