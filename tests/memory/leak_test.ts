/**
 * What is left of sessions that are over: nothing. They are opened and ended in every way, in a process of its own.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { isNight, scale } from "../support/night.ts";
import { testUnless } from "../support/skip.ts";

const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));

/** Opens and ends sessions; gives what is left. */
async function leftovers(openings: number, ...more: string[]) {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-all",
      "--v8-flags=--expose-gc",
      new URL("_leak_server.ts", import.meta.url).pathname,
      String(openings),
      String(seed),
      ...more,
    ],
    stderr: "inherit",
  }).output();
  assert(success, `the server failed, seed ${seed}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

// A turn of the event loop is a timer there: 300 openings took 48 s.
const slow = Deno.version.deno.startsWith("2.5.") ? "Deno 2.5 would take half an hour for it" : undefined;

for (
  const { of, openings, args, rare } of [
    { of: "one page", openings: scale(4_000, 50_000), args: [], rare: 22 },
    // Half a minute for each: by day it is the one above, by night both.
    ...isNight() ? [{ of: "pages", openings: 50_000, args: ["routes"], rare: 32 }] : [],
  ]
) {
  const name = `after ${openings} openings of ${of} nothing is left of sessions that are over (SEED=${seed})`;
  testUnless(slow, name, async (t) => {
    const { opened, ways, reachable, heapPerOpening, living, holds, metrics } = await leftovers(
      openings,
      ...args,
    );
    await t.step("sessions were opened, and ended in every way", () => {
      assert(opened >= openings, `${opened}`);
      // Eleven ways at random, or sixteen: none is rarer than half of its share.
      for (const [way, count] of Object.entries(ways)) {
        assert(count as number > openings / rare, `${way}: ${count}`);
      }
      assert(metrics.sessionsCreated === metrics.sessionsClosed && metrics.sessionsCreated >= openings);
      for (const name of ["sessionsEvicted", "sessionsResumed", "socketsDropped", "posts"]) {
        assert(metrics[name] > openings / rare, `${name}: ${metrics[name]}`);
      }
    });
    await t.step("no session, tree or context is reachable", () => assertEquals(reachable, 0));
    await t.step("the heap is as small as before", () => {
      // Compiled code makes for some 40. A text and its entry in a Map would be 70 more, a session more than 3,000.
      assert(heapPerOpening < 80, `${heapPerOpening} bytes for each opening`);
    });
    await t.step("every component was cleaned up", () => assertEquals(living, 0));
    await t.step("every registry is empty", () => {
      assertEquals(holds, Object.fromEntries(Object.keys(holds).map((name) => [name, 0])));
    });
    await t.step("no session counts as open", () => {
      assertEquals([metrics.sessionsActive, metrics.socketsOpen], [0, 0]);
    });
  });
}
