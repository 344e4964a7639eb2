/**
 * Element functions, react-jsx and precompiled JSX of one random program are one tree: HTML, numbers, patches and DOM, from the
 * first rendering through random edits.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { renderToString, treeSum } from "../../render/mod.ts";
import { takeState } from "../../runtime/snapshot.ts";
import { component } from "../../runtime/component.ts";
import { signal } from "../../core/mod.ts";
import type { Patch } from "../../vdom/patch.ts";
import { Op } from "../../vdom/patch.ts";
import { makeSignals, Programs, Random, Values } from "../support/jsx_programs.ts";
import { functions, precompiled, reactJsx, type Way } from "../support/jsx_ways.ts";
import { treeNumbers } from "../support/model_dom.ts";
import { scale } from "../support/night.ts";
import { tidy } from "../support/tidy.ts";
import { Live } from "./_live.ts";

/** What a patch does to which node, as text. */
function brief(patch: Patch): string {
  return `${patch.op} ${"num" in patch ? patch.num : ""}`;
}

interface Seen {
  html: string;
  numbers: number[];
  next: number;
  sum: unknown;
  patches: string[];
  paths: string[];
}

async function play(seed: number, way: Way, edits: number): Promise<Seen[]> {
  const signals = makeSignals();
  const program = new Programs(new Random(seed), false).root();
  const at = signal(0);
  const page = component(() => () => way.element(program, new Values(seed * 256 + at.value, signals), ""));
  const live = await new Live(page, { dev: false }).ready();
  const seen: Seen[] = [];
  const look = (patches: readonly Patch[]): void => {
    assertEquals(live.told, []);
    const { runtime } = live;
    const numbers = treeNumbers(runtime.root);
    assertEquals(live.model.numbers(), numbers, "the client counts otherwise");
    seen.push({
      html: tidy(renderToString(runtime.root)),
      numbers,
      next: runtime.tree.next,
      sum: treeSum(runtime.root),
      paths: [...takeState(runtime.root).keys()],
      patches: patches.filter(({ op }) => op !== Op.TemplateDef).map(brief).sort(),
    });
  };
  look([]);
  const random = new Random(seed ^ 0x5eed);
  for (let i = 1; i <= edits; i++) {
    if (random.chance(30)) {
      const which = random.int(3);
      signals[which].value = random.pick([which === 2 ? "s" : "", "s0", "s1", "long <s>"]);
    } else at.value = i;
    if (random.chance(10)) {
      live.flush();
      live.runtime.renumber();
      live.model = new (live.model.constructor as new (items: unknown) => typeof live.model)(
        live.runtime.root,
      );
    }
    look(live.flush());
  }
  live.runtime.dispose();
  return seen;
}

Deno.test("functions, react-jsx and precompiled JSX of a program give the same HTML, numbers and patches", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 0x3fffff }), async (seed) => {
      const expected = await play(seed, functions, 6);
      for (const way of [reactJsx, precompiled(true), precompiled(false)]) {
        const seen = await play(seed, way, 6);
        for (let i = 0; i < expected.length; i++) assertEquals(seen[i], expected[i], `after edit ${i}`);
      }
    }),
    { numRuns: scale(150, 20_000), endOnFailure: true, examples: [[2617901]] },
  );
});
