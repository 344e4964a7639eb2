/**
 * The two ends of development are two packages and share no module: that they fit is seen here.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { DEV, type DevApp, devHead, type DevHost, devHost } from "../../server/dev.ts";
import type { Swappable } from "../../cli/dev/update.ts";

Deno.test("an application is what the updater takes", () => {
  const fits = (app: DevApp): Swappable => app;
  assertEquals(typeof fits, "function");
});

Deno.test("without a host there is no development; with one, pages load its script", () => {
  assertEquals([devHost(), devHead()], [null, []]);
  const host: Partial<DevHost> = { script: "/_vango/dev/client-x.js" };
  Object.assign(globalThis, { [DEV]: host });
  try {
    const [script] = devHead();
    assertEquals([script.type, script.props], ["script", { type: "module", src: "/_vango/dev/client-x.js" }]);
  } finally {
    Reflect.deleteProperty(globalThis, DEV);
  }
});
