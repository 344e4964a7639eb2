/**
 * Every event that an element can take: what the browser saw is what the handler got, through a network that delays.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { STAGES } from "../../examples/gallery/app.ts";
import { POINTER_STAGES } from "../../examples/gallery/events_pointer.ts";
import { STATE_STAGES } from "../../examples/gallery/events_state.ts";
import { TEXT_STAGES } from "../../examples/gallery/events_text.ts";
import type { Stage } from "../../examples/gallery/row.ts";
import { EVENT_PROPS } from "../../vdom/spec/events.ts";
import { EVENT_CASES } from "./gallery/event_cases.ts";
import { compare, FAMILIES, type Gallery, got, withGallery } from "./gallery/open.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

Deno.test("gallery: every event has one row and one case, and an event by script has its reason", () => {
  const names = Object.keys(EVENT_PROPS).toSorted();
  assertEquals(Object.keys(FAMILIES).toSorted(), names);
  assertEquals(STAGES.flatMap(({ events }) => events).toSorted(), names);
  assertEquals(Object.keys(EVENT_CASES).toSorted(), names);
  assertEquals(Object.keys(EVENT_CASES).filter((name) => EVENT_CASES[name].by === "script"), [
    "ratechange",
    "slotchange",
  ]);
});

/** Does what the cases of a stage say, each thing once, and compares every event of the stage. */
async function runStage(gallery: Gallery, { id, events, options = {} }: Stage): Promise<void> {
  for (const act of new Set(events.map((type) => EVENT_CASES[type].act))) {
    try {
      await act(gallery);
    } catch (error) {
      throw new Error(`The stage "${id}" cannot be acted on`, { cause: error });
    }
  }
  for (const type of events) {
    const row = `${id} ${type}`;
    await compare(gallery, { id, type, row, throttled: options[type]?.throttle !== undefined });
    const shown = gallery.page.locator(`#event-${type} .count`);
    await gallery.until(
      `${row} is shown`,
      async () => await shown.textContent() === String(got(gallery, row).length),
    );
  }
}

const GROUPS: [name: string, stages: readonly Stage[], delay: { up: number; down: number }][] = [
  ["pointers", POINTER_STAGES, { up: 40, down: 60 }],
  ["text", TEXT_STAGES, { up: 75, down: 75 }],
  ["state", STATE_STAGES, { up: 20, down: 30 }],
];

for (const [name, stages, delay] of GROUPS) {
  test(
    `gallery: events of ${name} arrive as the browser saw them, ${delay.up + delay.down} ms away`,
    (live) =>
      withGallery(live, delay, async (gallery) => {
        const wrong: Error[] = [];
        for (const stage of stages) await runStage(gallery, stage).catch((error) => wrong.push(error));
        if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(({ message }) => message).join("\n"));
      }),
    { hasTouch: true },
  );
}
