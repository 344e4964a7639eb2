/**
 * What is left of sessions that are over: nothing. They are opened and ended in every way, in a process of its own.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { scale } from "../support/night.ts";

const openings = scale(500, 10_000);
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

Deno.test(`after ${openings} openings nothing is left of sessions that are over (SEED=${seed})`, async (t) => {
  const { opened, left, living, holds, metrics } = await leftovers();
  await t.step("sessions were opened", () => assert(opened >= openings / 2, `${opened}`));
  await t.step("no session, tree or context is reachable", () => assertEquals(left, 0));
  await t.step("every component was cleaned up", () => assertEquals(living, 0));
  await t.step("every registry is empty", () => {
    assertEquals(holds, Object.fromEntries(Object.keys(holds).map((name) => [name, 0])));
  });
  await t.step("no session counts as open", () => {
    assertEquals([metrics.sessionsActive, metrics.socketsOpen], [0, 0]);
  });
});
