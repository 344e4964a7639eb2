/**
 * Vango's generated code, as defineRoutes() uses it.
 *
 * @module
 */
import { component } from "../../runtime/component.ts";
import { generateRoutes } from "../../router/codegen.ts";
import { defineRoutes, type RoutesInit } from "../../server/routes.ts";
import { patternsOf, prepareRouter, type Router, SIZES } from "./cases.ts";

const Page = component(() => () => null);

/** The name of the file that has a pattern. */
const fileOf = (pattern: string) =>
  pattern.slice(1).replace(/:(\w+)/g, "[$1]").replace(/\*(\w+)/, "[...$1]") + ".ts";

/** The matcher of what is written for some routes. */
async function load(files: readonly string[]): Promise<RoutesInit["matcher"]> {
  const text = generateRoutes(files);
  const params = new URL("../../router/mod.ts", import.meta.url).href;
  const folder = await Deno.makeTempDir();
  const code = text.slice(text.indexOf("type Found = "))
    .replace("function matcher", "export function matcher")
    .replace("RouteMatch<PageRoute | ApiRoute>", "any");
  await Deno.writeTextFile(
    `${folder}/matcher.ts`,
    `import { decodeParams, isUuid, readInt, withoutEscapes } from ${JSON.stringify(params)};\n${code}`,
  );
  try {
    return (await import(`file://${folder}/matcher.ts`)).matcher;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const routers = new Map<number, Router>();
for (const size of SIZES) {
  const files = patternsOf(size).map(fileOf);
  const modules = Object.fromEntries(files.map((file) => [file, { default: Page }]));
  const find = defineRoutes({ modules, matcher: await load(files) }).find!;
  routers.set(size, {
    find,
    read(path) {
      const found = find(path);
      return found === null ? null : { pattern: found.pattern, params: { ...found.params } };
    },
  });
}

/** See bench/contender.ts. */
export const prepare = prepareRouter((patterns) => routers.get(patterns.length)!);

/** Finds as the others do. */
export const routerOf = (patterns: readonly string[]): Router => routers.get(patterns.length)!;
