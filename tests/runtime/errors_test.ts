/**
 * Errors, by a table: whatever throws whatever, wherever it does, costs the boundary around it and nothing else.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { type Case, CASES, failingPage, LATE, nameOf, replacedBy, toldOf } from "../support/failing.ts";
import { type Live, live } from "./_live.ts";

/** Runs what is due, promises included. */
async function settle(page: Live, how: Case["how"]): Promise<void> {
  page.flush();
  if (how === "late") await new Promise((resolve) => setTimeout(resolve, 3 * LATE));
  for (let i = 0; i < 3; i++) {
    page.flush();
    for (let j = 0; j < 10; j++) await Promise.resolve();
  }
}

for (const one of CASES) {
  Deno.test(`errors cost their boundary alone: ${nameOf(one)}`, async () => {
    const page = await live(failingPage(one));
    page.fire("sibling");
    page.fire("arm");
    if (one.source === "handler") page.fire("bad");
    await settle(page, one.how);
    assertEquals(page.errors.map((error) => error.source), toldOf(one));
    const by = replacedBy(one);
    const { html } = page;
    assertEquals(html.includes(`id="caught-${one.boundaries}"`), by === "boundary");
    assertEquals(html.includes("caught-1"), by === "boundary" && one.boundaries === 1, "the nearest alone");
    assertEquals(html.startsWith("<p>page failed"), by === "page");
    assertEquals(page.runtime.failed, by === "page");
    if (by === "page") return;
    page.fire("sibling");
    page.fire("arm");
    if (by === "boundary") page.fire(`caught-${one.boundaries}`);
    await settle(page, one.how);
    assertEquals(page.html.includes('<button id="sibling">2</button>'), true, "the sibling lives on");
    const content = one.source === "handler" ? '<button id="bad">' : '<p id="fine">fine</p>';
    assertEquals(page.html.includes(content), true, "reset shows it anew");
  });
}
