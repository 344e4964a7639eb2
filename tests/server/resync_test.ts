/**
 * A resync in the middle of what goes on: what was due before it, and what changes right after it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, createRef, signal } from "../../mod.ts";
import { button, div, input, p } from "../../vdom/elements.ts";
import { openPage } from "../support/loopback.ts";

/** What a browser sends that met a node that it does not know. */
const ASKS = { kind: "control", control: { type: 0x10, lastSeq: 0, reason: 1 } } as const;

Deno.test("a control that changes right after a resync shows the newer value", async () => {
  const text = signal("old");
  const Page = component(() => () => input({ value: text }));
  await using page = await openPage(Page());
  page.session.receive(ASKS);
  text.value = "new";
  await page.quiet();
  assertEquals(page.document.querySelector("input")!.value, "new");
});

Deno.test("a control that goes right after a resync is not asked for", async () => {
  const shown = signal(true);
  const Page = component(() => () => div(shown.value ? input({ value: "a" }) : p("b")));
  await using page = await openPage(Page());
  page.session.receive(ASKS);
  shown.value = false;
  await page.quiet();
  assertEquals([page.html, page.complaints], ["<div><p>b</p></div>", 0]);
});

Deno.test("an instruction that was due before a resync reaches the element that it meant", async () => {
  const count = signal(3);
  const ref = createRef();
  const Page = component(() => () =>
    div(
      Array.from({ length: count.value }, (_, key) => button({ key, id: `b${key}` })),
      button({ id: "last", ref }),
    )
  );
  await using page = await openPage(Page());
  count.value = 1;
  await page.quiet();
  ref.focus();
  page.session.receive(ASKS);
  await page.quiet();
  assertEquals(page.document.activeElement!.id, "last");
});

Deno.test("an instruction for an element that is gone by then costs nothing", async () => {
  const shown = signal(true);
  const ref = createRef();
  const Page = component(() => () => div(shown.value ? button({ ref }) : p("b")));
  await using page = await openPage(Page());
  ref.focus();
  shown.value = false;
  await page.quiet();
  assertEquals([page.html, page.complaints], ["<div><p>b</p></div>", 0]);
});
