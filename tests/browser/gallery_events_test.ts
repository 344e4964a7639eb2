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
  assertEquals(Object.keys(EVENT_CASES).filter((name) => EVENT_CASES[name].by === "script"), ["slotchange"]);
});

/** Does what the cases of a stage say, each thing once: what takes long, or the rest. */
async function act(gallery: Gallery, { id, events }: Stage, late: boolean): Promise<void> {
  const cases = events.map((type) => EVENT_CASES[type]).filter((it) => (it.late ?? false) === late);
  for (const act of new Set(cases.map(({ act }) => act))) {
    await act(gallery).catch((cause) => {
      throw new Error(`Cannot act on "${id}": ${cause.message}`, { cause });
    });
  }
}

/** Compares every event of a stage, and what the page shows of it. */
async function check(gallery: Gallery, { id, events, options = {} }: Stage): Promise<void> {
  for (const type of events) {
    const row = `${id} ${type}`;
    const shown = gallery.page.locator(`#event-${type} .count`);
    const isShown = async () => await shown.textContent() === String(got(gallery, row).length);
    await compare(gallery, { id, type, row, throttled: options[type]?.throttle !== undefined });
    await gallery.until(`${row} is shown`, isShown);
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
        const isLate = ({ events }: Stage) => events.some((type) => EVENT_CASES[type].late);
        const run = async (stage: Stage, late: boolean) => {
          await act(gallery, stage, late);
          // Before the next one: what is shown of this stage moves those below it.
          if (late === isLate(stage)) await check(gallery, stage);
        };
        for (const stage of stages) await run(stage, false).catch((error) => wrong.push(error));
        for (const stage of stages.filter(isLate)) await run(stage, true).catch((error) => wrong.push(error));
        if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(({ message }) => message).join("\n"));
      }),
    { hasTouch: true },
  );
}
