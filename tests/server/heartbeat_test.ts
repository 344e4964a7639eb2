/** @module */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { Heartbeat } from "../../server/heartbeat.ts";
import { FakeClock } from "./fake_clock.ts";

interface Member {
  name: string;
  lastHeard: number;
  lastActive: number;
}

function beating(options: { idleMs?: number; onPing?: (member: Member) => void } = {}) {
  const clock = new FakeClock();
  const log: string[] = [];
  const heartbeat = new Heartbeat<Member>({
    ping(member) {
      log.push(`ping ${member.name}`);
      options.onPing?.(member);
    },
    silent: (member) => void log.push(`silent ${member.name}`),
    idle: (member) => void log.push(`idle ${member.name}`),
    failed: (error) => void log.push(`failed ${(error as Error).message}`),
  }, { heartbeatMs: 25_000, silentMs: 60_000, idleMs: options.idleMs ?? 0, clock });
  const member = (name: string): Member => ({
    name,
    lastHeard: clock.monotonic(),
    lastActive: clock.monotonic(),
  });
  return { clock, log, heartbeat, member };
}

Deno.test("heartbeat.delete() gives false for what is not there", () => {
  const { heartbeat, member } = beating();
  const a = member("a");
  const slot = heartbeat.add(a);
  assertFalse(heartbeat.delete(member("b"), slot));
  assertFalse(heartbeat.delete(a, slot + 1));
  assertFalse(heartbeat.delete(a, -1));
  assertFalse(heartbeat.delete(a, NaN));
  assert(heartbeat.delete(a, slot));
  assertFalse(heartbeat.delete(a, slot));
  assertEquals(heartbeat.size, 0);
});

Deno.test("heartbeat pings each member once an interval, with one timer", () => {
  const { clock, log, heartbeat, member } = beating({ onPing: (one) => one.lastHeard = clock.monotonic() });
  for (let i = 0; i < 100; i++) heartbeat.add(member(`m${i}`));
  assertEquals([clock.timers, heartbeat.size], [1, 100]);
  clock.advance(25_000);
  assertEquals([log.length, new Set(log).size], [100, 100]);
  clock.advance(50_000);
  assertEquals(log.length, 300);
  heartbeat.close();
});

Deno.test("heartbeat spreads members that come at once over the interval", () => {
  const { clock, log, heartbeat, member } = beating();
  for (let i = 0; i < 1000; i++) heartbeat.add(member(`m${i}`));
  clock.advance(1_000);
  assertEquals(log.length, 40);
  heartbeat.close();
});

Deno.test("heartbeat runs no timer without members or after close()", () => {
  const { clock, heartbeat, member } = beating();
  assertEquals(clock.timers, 0);
  const a = member("a");
  heartbeat.delete(a, heartbeat.add(a));
  assertEquals(clock.timers, 0);
  heartbeat.add(a);
  heartbeat.close();
  heartbeat.add(member("b"));
  assertEquals(clock.timers, 0);
});

Deno.test("heartbeat finds the silent, and pings them no more", () => {
  const { clock, log, heartbeat, member } = beating();
  heartbeat.add(member("a"));
  clock.advance(60_000);
  assertEquals(log, ["ping a", "ping a", "ping a"]);
  clock.advance(25_000);
  assertEquals(log.slice(3), ["silent a"]);
  heartbeat.close();
});

Deno.test("heartbeat tells who is idle, who may be removed at once", () => {
  const clock = new FakeClock();
  const log: string[] = [];
  const a: Member = { name: "a", lastHeard: 0, lastActive: 0 };
  const heartbeat: Heartbeat<Member> = new Heartbeat<Member>({
    ping: (one) => {
      log.push("ping");
      one.lastHeard = clock.monotonic();
    },
    silent: () => void log.push("silent"),
    idle: (one) => {
      log.push("idle");
      heartbeat.delete(one, 0);
    },
    failed() {},
  }, { heartbeatMs: 25_000, silentMs: 60_000, idleMs: 40_000, clock });
  assertEquals(heartbeat.add(a), 0);
  clock.advance(200_000);
  assertEquals(log, ["ping", "ping", "idle"]);
  assertEquals(clock.timers, 0);
});

Deno.test("heartbeat gives all a chance to answer after the machine slept", () => {
  const { clock, log, heartbeat, member } = beating();
  const answering = member("a");
  heartbeat.add(answering);
  heartbeat.add(member("dead"));
  clock.advance(25_000);
  log.length = 0;
  clock.sleep(3_600_000);
  clock.advance(26_000);
  assertEquals(log.includes("silent a") || log.includes("silent dead"), false);
  answering.lastHeard = clock.monotonic();
  clock.advance(30_000);
  assertEquals(log.filter((line) => line.startsWith("silent"))[0], "silent dead");
  assertFalse(log.includes("silent a"));
  heartbeat.close();
});

Deno.test("heartbeat goes on when an action throws", () => {
  const { clock, log, heartbeat, member } = beating({
    onPing: (one) => {
      if (one.name === "m0") throw new Error("broken pipe");
    },
  });
  for (let i = 0; i < 26; i++) heartbeat.add(member(`m${i}`));
  clock.advance(1_000);
  assertEquals(log, ["ping m0", "failed broken pipe", "ping m25"]);
  clock.advance(24_000);
  assertEquals(log.length, 27);
  heartbeat.close();
});
