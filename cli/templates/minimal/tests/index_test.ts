import { assertEquals } from "@std/assert";
import { mount } from "@vango/core/testing";
import { app } from "../main.ts";

Deno.test("the counter counts, and survives a restart of the server", async () => {
  await using page = await mount(app);
  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("button", { name: "One less" }).click();
  assertEquals(page.get("output").text(), "1");
  await page.restart();
  assertEquals(page.get("output").text(), "1");
});
