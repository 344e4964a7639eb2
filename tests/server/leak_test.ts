/**
 * What is left of sessions that are over: nothing. They are opened and ended in every way, in a process of its own.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { scale } from "../support/night.ts";
import { testUnless } from "../support/skip.ts";

const openings = scale(10_000, 50_000);
const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));

/** Opens and ends sessions; gives what is left. */
async function leftovers() {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-all",
      "--v8-flags=--expose-gc",
      new URL("_leak_server.ts", import.meta.url).pathname,
      String(openings),
      String(seed),
    ],
    stderr: "inherit",
  }).output();
  assert(success, `the server failed, seed ${seed}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const name = `after ${openings} openings nothing is left of sessions that are over (SEED=${seed})`;
// A turn of the event loop is a timer there: 300 openings took 48 s.
const slow = Deno.version.deno.startsWith("2.5.") ? "Deno 2.5 would take half an hour for it" : undefined;

testUnless(slow, name, async (t) => {
  const { opened, ways, reachable, heapPerOpening, living, holds, metrics } = await leftovers();
  await t.step("sessions were opened, and ended in every way", () => {
    assert(opened >= openings, `${opened}`);
    // Eleven ways at random: none is rarer than half of its share.
    for (const [way, count] of Object.entries(ways)) {
      assert(count as number > openings / 22, `${way}: ${count}`);
    }
    assert(metrics.sessionsCreated === metrics.sessionsClosed && metrics.sessionsCreated >= openings);
    for (const name of ["sessionsEvicted", "sessionsResumed", "socketsDropped", "posts"]) {
      assert(metrics[name] > openings / 22, `${name}: ${metrics[name]}`);
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
