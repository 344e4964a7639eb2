/**
 * Writes routes.gen.ts of the examples from the names of their files.
 *
 * @module
 */
import { walk } from "@std/fs";
import { generateRoutes } from "../router/mod.ts";
import { ROOT } from "./_process.ts";

const EXAMPLES = ["examples/todo"];

for (const example of EXAMPLES) {
  const folder = `${ROOT}/${example}/routes`;
  const names: string[] = [];
  for await (const { path } of walk(folder, { includeDirs: false })) {
    names.push(path.slice(folder.length + 1));
  }
  await Deno.writeTextFile(`${ROOT}/${example}/routes.gen.ts`, generateRoutes(names));
}
