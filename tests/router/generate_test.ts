import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { generateMatcher } from "../../router/generate.ts";
import { matchTree, type RouteMatch } from "../../router/match.ts";
import { isUuid, readInt } from "../../router/params.ts";
import { parsePattern, type Pattern, shapeOf } from "../../router/pattern.ts";
import { addRoute, createTree } from "../../router/tree.ts";

const UUID = "0b3d6a2e-7c1f-4e58-9a41-1d2c3b4a5f60";

/** Loads generated code as a module of its own. */
async function load(code: string): Promise<(path: string) => RouteMatch<string> | null> {
  const params = new URL("../../router/params.ts", import.meta.url);
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    file,
    `import { isUuid, readInt, segmentEnd } from ${JSON.stringify(params.href)};
    type Found = { value: string; pattern: string; params: Record<string, string | number> };
    export ${code}`,
  );
  try {
    return (await import(`file://${file}`)).find;
  } finally {
    await Deno.remove(file);
  }
}

function treeOf(patterns: readonly string[]) {
  const tree = createTree<string>();
  for (const pattern of patterns) addRoute(tree, pattern, pattern);
  return tree;
}

const compile = (patterns: readonly string[]) =>
  load(
    generateMatcher(treeOf(patterns), ({ pattern }, params) =>
      `{ value: ${JSON.stringify(pattern.text)}, pattern: ${
        JSON.stringify(pattern.text)
      }, params: ${params} }`).code,
  );

/** What a pattern makes of a path, segment by segment; null when it does not match. */
function read({ segments }: Pattern, path: string): Record<string, string | number> | null {
  const parts = path === "/" ? [] : path.slice(1).split("/");
  const params: Record<string, string | number> = {};
  for (const [i, segment] of segments.entries()) {
    if (parts[i] === undefined) return null;
    if (segment.kind === "rest") {
      params[segment.name] = parts.slice(i).join("/");
      return params;
    }
    if (segment.kind === "static") {
      if (segment.text !== parts[i]) return null;
    } else if (segment.type === "int") {
      if (Number.isNaN(readInt(parts[i]))) return null;
      params[segment.name] = Number(parts[i]);
    } else {
      if (segment.type === "uuid" && !isUuid(parts[i])) return null;
      params[segment.name] = parts[i];
    }
  }
  return parts.length === segments.length ? params : null;
}

const RANK = { static: 0, int: 1, uuid: 2, string: 3, rest: 4 };
const rank = ({ segments }: Pattern) =>
  segments.map((segment) => RANK[segment.kind === "param" ? segment.type : segment.kind]);

/** By definition: of all that match, the one whose first different segment is the more special. */
function byDefinition(patterns: readonly string[], path: string): RouteMatch<string> | null {
  const found = patterns.map(parsePattern).flatMap((pattern) => {
    const params = read(pattern, path);
    return params === null ? [] : [{ pattern, params }];
  });
  found.sort((a, b) => {
    const [x, y] = [rank(a.pattern), rank(b.pattern)];
    const i = x.findIndex((value, i) => value !== y[i]);
    return x[i] - y[i];
  });
  if (found.length === 0) return null;
  const { pattern: { text }, params } = found[0];
  return { value: text, pattern: text, params };
}

const names = ["a", "ab", "abc", "b", "users", "user", "new", "x", "7"];
const anySegment = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  { weight: 2, arbitrary: fc.constantFrom(":p", ":p:int", ":p:uuid") },
);
const anyPattern = fc.tuple(fc.array(anySegment, { maxLength: 4 }), fc.boolean()).map(([segments, rest]) => {
  const named = segments.map((segment, i) => segment.replace(":p", `:p${i}`));
  return `/${[...named, ...(rest ? ["*rest"] : [])].join("/")}`;
});
const anyPath = fc.array(fc.constantFrom(...names, "0", "-5", "12345", UUID, "abcd", "us"), { maxLength: 5 })
  .map((parts) => `/${parts.join("/")}`);

Deno.test("a generated matcher and a tree find what the definition says, for any routes and paths", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyPattern, { maxLength: 40, selector: (pattern) => shapeOf(parsePattern(pattern)) }),
      fc.array(anyPath, { minLength: 60, maxLength: 60 }),
      async (patterns, paths) => {
        const tree = treeOf(patterns);
        const find = await compile(patterns);
        for (const path of paths) {
          const wanted = byDefinition(patterns, path);
          assertEquals(matchTree(tree, path), wanted, path);
          assertEquals(find(path), wanted, path);
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a large table is cut into functions, and they find the same", async () => {
  const patterns = Array.from({ length: 300 }, (_, i) => [
    `/s${i % 37}/static${i}`,
    `/s${i % 37}/:id:int/t${i}`,
    `/s${i % 37}/:id/t${i}/*rest`,
  ]).flat();
  const find = await compile(patterns);
  const tree = treeOf(patterns);
  for (let i = 0; i < 300; i++) {
    for (const path of [`static${i}`, `${i}/t${i}`, `x/t${i}/a/b`, `${i}/t${i}/b`, `x/t${i}`]) {
      const whole = `/s${i % 37}/${path}`;
      assertEquals(find(whole), matchTree(tree, whole), whole);
      assertEquals(find(whole) === null, path === `x/t${i}`, whole);
    }
  }
});
