/** The mutations that tools/mutate.ts makes, and which of them it chooses. @module */
import { assert, assertEquals } from "@std/assert";
import {
  choose,
  type Equivalent,
  findBroken,
  type Mutation,
  mutationsOf,
  reasonOf,
} from "../../tools/mutate.ts";

const SOURCE = `/** One + two. */
import { a } from "./a.ts";
// 1 < 2
interface B {
  c: 1;
}
export type D = 1 | {
  e: 2;
};
type F =
  | { g: 3 }
  | { h: 4 };
export function f(n: number): boolean {
  let i = 0;
  count(n);
  if (n === 3 && i < n) return false;
  throw new RangeError("1 < 2");
}
`;

const changes = mutationsOf("x.ts", SOURCE).map(({ line, after }) => `${line}: ${after.trim()}`);

Deno.test("mutationsOf() flips conditions, moves numbers by one and drops statements, one a mutation", () => {
  assertEquals(changes.sort(), [
    "14: let i = 1;",
    "15: ;",
    "16: ;",
    "16: if (n !== 3 && i < n) return false;",
    "16: if (n === 3 && i < n) return true;",
    "16: if (n === 3 && i <= n) return false;",
    "16: if (n === 3 || i < n) return false;",
    "16: if (n === 4 && i < n) return false;",
  ]);
});

Deno.test("choose() takes the same mutations for a seed, each at most once", () => {
  const all = Array.from(
    { length: 100 },
    (_, line): Mutation => ({ file: "x.ts", line, before: `f(${line});`, after: ";" }),
  );
  const lines = (seed: number) => choose(all, seed, 50).map(({ line }) => line);
  assertEquals(lines(1), lines(1));
  assert(lines(1).join() !== lines(2).join());
  assertEquals(new Set(lines(1)).size, 50);
  assertEquals(choose(all, 1, 200).length, 100);
  // Without one of them the others stay chosen.
  const [first, ...others] = lines(1);
  assertEquals(choose(all.filter(({ line }) => line !== first), 1, 49).map(({ line }) => line), others);
});

Deno.test("reasonOf() goes by the text of the line, wherever it stands", () => {
  const list: Equivalent[] = [{
    file: "x.ts",
    before: "a < b;",
    after: "a <= b;",
    reason: "they are never equal",
  }];
  const mutation = { file: "x.ts", line: 9, before: "  a < b;", after: "  a <= b;" };
  assertEquals(reasonOf(mutation, list), "they are never equal");
  assertEquals(reasonOf({ ...mutation, after: "  a > b;" }, list), undefined);
  assertEquals(reasonOf({ ...mutation, file: "y.ts" }, list), undefined);
});

Deno.test("every mutation that is listed as no difference is one that can still be made", async () => {
  const root = new URL("../../", import.meta.url);
  const list: Equivalent[] = JSON.parse(
    await Deno.readTextFile(new URL("tools/mutate_equivalent.json", root)),
  );
  for (const { file, before, after, reason } of list) {
    const made = mutationsOf(file, await Deno.readTextFile(new URL(file, root)));
    const found = made.some((one) => one.before.trim() === before && one.after.trim() === after);
    assertEquals([found, reason !== ""], [true, true], `${file}: ${before}`);
  }
});

Deno.test("findBroken() names tests that fail without any change, which would seem to notice all of them", async () => {
  const folder = await Deno.makeTempDir({ prefix: "vango-mutate-test-" });
  try {
    await Deno.writeTextFile(`${folder}/good_test.ts`, 'Deno.test("good", () => {});');
    await Deno.writeTextFile(`${folder}/bad_test.ts`, 'Deno.test("bad", () => { throw new Error("no"); });');
    const good = { files: [], tests: ["good_test.ts"] };
    assertEquals(await findBroken(folder, [good]), "");
    const broken = await findBroken(folder, [good, { files: [], tests: ["bad_test.ts"] }]);
    assert(broken.startsWith("bad_test.ts fail without a change:\n"), broken);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
