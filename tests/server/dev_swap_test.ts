/**
 * Edits that come while something is under way: a page that is being rendered.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { component } from "../../runtime/component.ts";
import { resource } from "../../core/mod.ts";
import { createApp } from "../../server/app.ts";
import { DEV, type DevApp, type DevHost } from "../../server/dev.ts";
import { createLogger, type LogRecord } from "../../server/log.ts";
import { p } from "../../vdom/elements.ts";
import { SECRET } from "../support/app.ts";

Deno.test("a page that is being rendered when an edit comes that does not work says it", async () => {
  const apps: DevApp[] = [];
  const failed: string[] = [];
  const host: Partial<DevHost> = {
    script: "/dev.js",
    made: (app) => void apps.push(app),
    failed: (error) => void failed.push(String(error)),
    handle: () => null,
    listen: {},
  };
  Object.assign(globalThis, { [DEV]: host });
  const logs: LogRecord[] = [];
  try {
    const data = Promise.withResolvers<string>();
    const Page = component(() => {
      const text = resource(() => data.promise, { name: "text" });
      return () => p("old ", text.value);
    }, { name: "Slow" });
    const app = createApp({
      page: Page,
      secret: SECRET,
      memory: false,
      logger: createLogger({ level: "debug", sink: (record) => void logs.push(record) }),
    });
    const answer = app.fetch(new Request("http://localhost/", { headers: { accept: "text/html" } }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    Object.defineProperty(Page, "setup", {
      value: () => {
        throw new Error("the new one is broken");
      },
      configurable: true,
    });
    assertEquals(apps[0].swap({ components: new Set([Page]) }).failed, null);
    data.resolve("data");
    const html = await (await answer).text();
    assertStringIncludes(failed.join(), "the new one is broken");
    assertStringIncludes(html, "old data");
    await app.shutdown();
  } finally {
    Reflect.deleteProperty(globalThis, DEV);
  }
});
