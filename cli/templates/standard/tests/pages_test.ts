import { assertEquals } from "@std/assert";
import { mount } from "@vango/core/testing";
import { app } from "../main.ts";

Deno.test("each tab has its own counter, and all share the other one", async () => {
  await using page = await mount(app);
  await using other = await page.newPage();
  const counters = page.getAllByRole("button", { name: "One more" });
  await counters[0].click();
  await counters[1].click();
  assertEquals(page.getAll("output").map((one) => one.text()), ["1", "1"]);
  await other.settled();
  assertEquals(other.getAll("output").map((one) => one.text()), ["0", "1"]);
});

Deno.test("the link in the menu leads to About", async () => {
  await using page = await mount(app);
  await page.getByRole("link", { name: "About" }).click();
  assertEquals(page.getByRole("heading", { name: "About" }).text(), "About");
  assertEquals(page.title, "About · {{title}}");
  assertEquals(page.getByRole("link", { name: "About" }).attr("aria-current"), "page");
});

Deno.test("a path without a page says so", async () => {
  await using page = await mount(app, { url: "/nowhere" });
  assertEquals(page.getByRole("heading", { name: "Nothing here" }).text(), "Nothing here");
});

Deno.test("the API says that the server is up", async () => {
  const answer = await app.fetch(new Request("http://localhost/api/health"));
  assertEquals([answer.status, await answer.json()], [200, { ok: true }]);
});
