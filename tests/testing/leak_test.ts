/**
 * The test kit: a page that nobody closes leaves nothing open.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { signal } from "../../mod.ts";
import { mount } from "../../testing/mod.ts";
import { button, p } from "../../vdom/elements.ts";

Deno.test("a page that was not closed leaks no timer and no resource", async () => {
  const n = signal(0);
  const page = await mount(() => [button({ onClick: () => n.inc() }, "+"), p(n)]);
  await page.get("button").click();
  await page.disconnect();
  await page.reconnect();
  await page.clock.advance(60_000);
  assertEquals(page.get("p").text(), "1");
});
