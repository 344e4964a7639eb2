/**
 * The benches compare like with like: every contender can do every operation, SSR contenders write the same page, and ours never
 * asks the DOM for more operations than the least possible. Nobody is fast because it does nothing.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { ContenderModule } from "../../bench/contender.ts";
import { CLICK, COUNTER, MIXED } from "../../bench/codec/frames.ts";
import { leastOperations, listsOf } from "../../bench/diff/cases.ts";
import { type Found, KINDS, pathsOf, patternsOf, type Router, SIZES } from "../../bench/router/cases.ts";
import { slower } from "../../bench/gate.ts";
import { GROUPS } from "../../bench/groups.ts";
import { measure } from "../../bench/measure.ts";
import { goalsTable, ratioOf, timesTable } from "../../bench/run.ts";

async function load(module: string): Promise<ContenderModule> {
  return await import(new URL(module, new URL("../../bench/", import.meta.url)).href);
}

function sortAttributes(start: string, attributes: string): string {
  const sorted = attributes.match(/ [\w-]+="[^"]*"/g)!.toSorted();
  return start.replace(attributes, sorted.join(""));
}

for (const [name, group] of Object.entries(GROUPS)) {
  Deno.test(`every contender of the group ${name} does every operation`, async () => {
    for (const module of Object.values(group.contenders)) {
      const { prepare } = await load(module);
      // Lists of 1,000 are the same code as lists of 100.
      for (const operation of group.operations.filter((name) => !name.endsWith(" 1000"))) {
        const prepared = prepare(operation);
        for (let i = 0; i < 2; i++) {
          assert(prepared.run() !== undefined, `${module}: ${operation}`);
          prepared.reset?.();
        }
      }
    }
  });
}

Deno.test("all SSR contenders write the same page, our data-hid aside", async () => {
  const { operations, contenders } = GROUPS.ssr;
  const tidy = (html: unknown) =>
    String(html)
      .replace(/ data-hid="[^"]*"/g, "")
      .replace(/ +>/g, ">")
      .replace(/ ?\/>/g, ">")
      .replaceAll("&#39;", "'")
      .replaceAll("&gt;", ">")
      // Of what the transform leaves to jsx(), several children are an array: a list, with a separator before its text.
      .replaceAll("<!---->", "")
      // Hono's templates write keys.
      .replace(/ key="\d+"/g, "")
      .replace(/<\w+((?: [\w-]+="[^"]*")+)/g, sortAttributes);
  for (const operation of operations) {
    let wanted: string | null = null;
    for (const module of Object.values(contenders)) {
      const html = tidy((await load(module)).prepare(operation).run());
      assert(html === (wanted ??= html), `${module}: ${operation}: ${html.slice(0, 500)}`);
    }
  }
});

Deno.test("all contenders of the signals run the same effects with the same values", async () => {
  const { operations, contenders } = GROUPS.signals;
  for (const [name, module] of Object.entries(contenders)) {
    const { prepare } = await load(module);
    const sums = operations.map((operation) => {
      const prepared = prepare(operation);
      return [1, 2, 3].map(() => prepared.run());
    });
    assertEquals(sums, [[1, 1, 2], [1, 1, 2], [100, 100, 200], [772, 772, 772]], name);
  }
});

Deno.test("every router finds the same routes with the same params", async () => {
  for (const [name, module] of Object.entries(GROUPS.router.contenders)) {
    const { routerOf } = await load(module) as unknown as { routerOf(patterns: readonly string[]): Router };
    for (const size of SIZES) {
      const router = routerOf(patternsOf(size));
      for (const kind of KINDS) {
        for (const path of pathsOf(kind, size)) {
          assertEquals(router.read(path), expected(path), `${name}: ${path}`);
        }
      }
    }
  }
});

/** What a path of the bench leads to, by its form alone. */
function expected(path: string): Found | null {
  const [resource, ...rest] = path.slice(1).split("/").map(decodeURIComponent);
  const [first, second, third] = rest;
  if (path.endsWith("/none/at/all") && first !== "files") return null;
  if (first === undefined) return { pattern: `/${resource}`, params: {} };
  if (first === "archive") return { pattern: `/${resource}/archive`, params: {} };
  if (first === "files") {
    return { pattern: `/${resource}/files/*path`, params: { path: rest.slice(1).join("/") } };
  }
  if (second === undefined) return { pattern: `/${resource}/:id`, params: { id: first } };
  if (second === "edit") return { pattern: `/${resource}/:id/edit`, params: { id: first } };
  return { pattern: `/${resource}/:id/${second}/:version`, params: { id: first, version: third } };
}

Deno.test("every codec reads what it wrote: the same frame", async () => {
  const { operations, contenders } = GROUPS.codec;
  const decoding = operations.filter((operation) => operation.startsWith("decode"));
  // Avro has an object around each patch, and no null: the members that all of them have are compared.
  const members = (frame: unknown) =>
    JSON.stringify(frame).match(/"(?:seq|received|code|num|text|name|value|offset|count|before)":[^,}]+/g)!
      .sort();
  for (const [name, module] of Object.entries(contenders)) {
    const { prepare } = await load(module);
    [CLICK, COUNTER, MIXED].forEach((frame, i) => {
      assertEquals(members(prepare(decoding[i]).run()), members(frame), `${name}: ${decoding[i]}`);
    });
  }
});

Deno.test("no contender of the diff gets away with less than the least possible operations", async () => {
  const { operations, contenders } = GROUPS.diff;
  for (const [name, module] of Object.entries(contenders)) {
    const { prepare } = await load(module);
    for (const operation of operations.filter((operation) => operation.endsWith(" 100"))) {
      const { before, after } = listsOf(operation);
      const { counted } = prepare(operation);
      assert(counted! >= leastOperations(before, after), `${name}: ${operation}: ${counted}`);
    }
  }
});

for (const contender of ["Vango JSX", "Vango functions"]) {
  Deno.test(`${contender} asks for the least possible operations`, async () => {
    const { prepare } = await load(GROUPS.diff.contenders[contender]);
    for (const operation of GROUPS.diff.operations) {
      const { before, after } = listsOf(operation);
      assertEquals(prepare(operation).counted, leastOperations(before, after), operation);
    }
  });
}

Deno.test("leastOperations() counts texts, moves, removals and insertions", () => {
  const counts = GROUPS.diff.operations.slice(0, 8).map((operation) => {
    const { before, after } = listsOf(operation);
    return leastOperations(before, after);
  });
  assertEquals(counts, [0, 1, 100, 99, 86, 2, 100, 10]);
});

Deno.test("measure() tells nanoseconds and what was counted", () => {
  let runs = 0;
  const { ns, counted } = measure({ run: () => ++runs, counted: 3 }, 5, 5);
  assert(ns > 0 && runs > 100);
  assertEquals(counted, 3);
});

Deno.test("ratioOf() is the median of the ratios of single rounds", () => {
  const times = {
    op: {
      a: [{ ns: 2, counted: null }, { ns: 30, counted: null }, { ns: 8, counted: null }],
      b: [{ ns: 1, counted: null }, { ns: 10, counted: null }, { ns: 1, counted: null }],
    },
  };
  assertEquals(ratioOf(times, "op", { ours: "a", beside: "b" }), 3);
  assertEquals(ratioOf(times, "op", { ours: "a", beside: ["b", "a"] }), 3);
  const group = {
    ...GROUPS.codec,
    contenders: { a: "", b: "" },
    goals: [{ ours: "a", beside: "b", most: { "": 2 } }],
  };
  assert(goalsTable(group, times).includes("| op | **3.00** | ≤ 2 |"));
  assert(timesTable(group, times).includes("| op | 8.00 ns | 1.00 ns |"));
});

Deno.test("slower() names what is over 1.3 times its recorded ratio, and what is not recorded", () => {
  const found = { one: { "a / b": 1.29 }, two: { "a / b": 1.31 }, three: { "a / b": 1 } };
  const wrong = slower(found, { one: { "a / b": 1 }, two: { "a / b": 1 } });
  assertEquals([...wrong.keys()], ["two", "three"]);
  assert(wrong.get("two")!.includes("1.31, recorded 1"));
  assert(wrong.get("three")!.includes("--record"));
});
