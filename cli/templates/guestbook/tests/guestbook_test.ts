import "./_memory_database.ts";
import { assertEquals } from "@std/assert";
import { mount } from "@vango/core/testing";
import { app } from "../main.ts";

Deno.test("an empty entry is refused", async () => {
  await using page = await mount(app, { url: "/guestbook" });
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Message").fill("   ");
  await page.getByRole("button", { name: "Sign" }).click();
  assertEquals(page.getByRole("alert").text(), "Please fill in both fields.");
});

Deno.test("who looks at the guestbook sees what another one writes, without JavaScript too", async () => {
  await using page = await mount(app, { url: "/guestbook", javascript: false });
  await using other = await page.newPage();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Message").fill("Hello <b>all</b>");
  await page.getByRole("button", { name: "Sign" }).click();
  assertEquals(page.getByRole("listitem").text(), "Ada Hello <b>all</b>");
  await other.reload();
  assertEquals(other.getByRole("listitem").text(), "Ada Hello <b>all</b>");
});
