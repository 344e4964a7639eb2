/** @module */
import { assert, assertEquals } from "@std/assert";
import { systemClock } from "../../server/clock.ts";
import { granted, readEnv, readText } from "../../server/env.ts";

Deno.test("systemClock.after() runs once, and never when stopped", async () => {
  const ran: string[] = [];
  const stop = systemClock.after(1, () => ran.push("stopped"));
  stop();
  stop();
  // The timer holds no process open, so the test must wait by one that does.
  systemClock.after(1, () => ran.push("ran"));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals(ran, ["ran"]);
});

Deno.test("systemClock.after() takes a delay past the timer's range without running at once", async () => {
  let ran = false;
  const stop = systemClock.after(1e12, () => ran = true);
  await new Promise((resolve) => setTimeout(resolve, 10));
  stop();
  assertEquals(ran, false);
});

Deno.test("systemClock.monotonic() does not go back", () => {
  const first = systemClock.monotonic();
  assert(systemClock.monotonic() >= first);
});

Deno.test("readEnv() and readText() give undefined without permission, and do not prompt", {
  permissions: "none",
}, () => {
  assertEquals(granted({ name: "env", variable: "PATH" }), false);
  assertEquals(readEnv("PATH"), undefined);
  assertEquals(readText("/etc/hostname"), undefined);
});

Deno.test("readText() gives undefined for a file that is absent", () => {
  assertEquals(readText("/no/such/file"), undefined);
});
