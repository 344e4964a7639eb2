/**
 * The fuzzing itself: it finds what is planted, and a seed repeats it.
 *
 * @module
 */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { feed } from "../../bench/fuzz/decoders.ts";
import { readCorpora } from "../../bench/fuzz/corpus.ts";
import { wrongFrame } from "../../bench/fuzz/mutate.ts";
import { Random } from "../../bench/fuzz/random.ts";
import { type Budget, runPart } from "../../bench/fuzz/run.ts";
import { LiveSessions } from "../../bench/fuzz/session.ts";
import { FuzzPage } from "../../bench/fuzz/page.ts";
import { component } from "../../mod.ts";
import { createNode } from "../../vdom/node.ts";
import { planFuzz } from "../../tools/fuzz.ts";

const corpora = await readCorpora();
const BUDGET: Budget = { seed: 7, frames: 100, seconds: 0, alone: true, report: "" };

Deno.test("wrongFrame() makes the same frames of a seed, and others of another", () => {
  const frames = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 200 }, () => wrongFrame(random, corpora.down).toHex());
  };
  assertEquals(frames(7), frames(7));
  assertEquals(frames(7).filter((hex, i) => hex === frames(8)[i]).length < 20, true);
});

Deno.test("feed() finds a decoder that fails without a typed error", () => {
  const broken = () => {
    throw new TypeError("undefined is not iterable");
  };
  assertThrows(() => feed(new Uint8Array([2]), broken, () => null), Error, "without a typed error [02]");
});

Deno.test("feed() finds an answer that is not read back as it was", () => {
  let reads = 0;
  assertThrows(
    () => feed(new Uint8Array([4, 1]), () => reads++, (value) => ({ kind: "ack", value })),
    Error,
    "Read 0, wrote it, and read 1 [0401]",
  );
});

Deno.test("runPart() names the seed and the frame of a failure, and how to see it again", async () => {
  let fed = 0;
  const failing = () => {
    if (fed++ === 41) throw new Error("planted");
  };
  const error = await assertRejects(() => runPart("x", 1, { budget: BUDGET, feed: failing }), Error);
  assertEquals(
    error.message,
    'x failed at frame 41 of seed 7; to see it again: deno task fuzz --seed=7 --part="x" --frames=42',
  );
});

Deno.test("runPart() fails when memory grows with the frames", async () => {
  let fed = 0;
  await assertRejects(
    () => runPart("x", 1, { budget: BUDGET, feed: () => void fed++, heap: () => fed * 2 ** 20 }),
    Error,
    "x left 94371840 bytes more on the heap after 100 frames of seed 7",
  );
});

Deno.test("live sessions take 300 wrong frames, and stay as many as they were", async () => {
  await using live = await LiveSessions.open(FuzzPage, corpora.up);
  const random = new Random(7);
  for (let i = 0; i < 300; i++) await live.feed(random);
  assertEquals(live.size <= 6, true);
});

Deno.test("live sessions find a handler's failure that is logged as an error", async () => {
  const page = component(() => () =>
    createNode("div", {
      onClick: () => {
        throw new Error("planted");
      },
    }, ["x"])
  );
  await using live = await LiveSessions.open(page, corpora.up);
  const random = new Random(7);
  await assertRejects(
    async () => {
      for (let i = 0; i < 2000; i++) await live.feed(random);
    },
    Error,
    "A live session failed",
  );
});

Deno.test("planFuzz() reads seed, frames and part, and refuses anything else", () => {
  const { args, env } = planFuzz(["--seed=5", "--frames=10", "--part=live client"]);
  assertEquals(args.includes("--filter=live client"), true);
  assertEquals([env.VANGO_FUZZ_SEED, env.VANGO_FUZZ_FRAMES, env.VANGO_FUZZ_ALONE], ["5", "10", "1"]);
  assertEquals(planFuzz([], () => 0.5).env.VANGO_FUZZ_SEED, String(2 ** 30));
  for (const wrong of ["--seed", "--seed=x", "--frames=-1", "--time=3", "5"]) {
    assertThrows(() => planFuzz([wrong]), RangeError, `Cannot fuzz with ${wrong}`);
  }
});
