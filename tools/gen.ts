/**
 * Writes the generated files anew, in the order in which they depend on each other, and can tell which were stale.
 *
 * @module
 */
import { encodeHex } from "@std/encoding";
import { exists } from "@std/fs";
import { ROOT, run, runDeno } from "./_process.ts";

const GENERATORS = [
  "tools/gen_elements.ts",
  "tools/gen_type_tests.ts",
  "tools/gen_errors.ts",
  "tools/gen_schema.ts",
  "tools/gen_templates.ts",
  "tools/gen_cli.ts",
  "tools/gen_routes.ts",
  "tools/build_client.ts",
  "tools/build_dev_client.ts",
  "tools/build_names.ts",
];

/**
 * Runs the generators.
 *
 * @throws {Error} When one of them fails.
 */
export async function generate(): Promise<void> {
  for (const generator of GENERATORS) {
    if (!await exists(`${ROOT}/${generator}`)) continue;
    const { code, output } = await runDeno(["run", "-A", generator], { cwd: ROOT });
    if (code !== 0) throw new Error(`Cannot run ${generator}: it ended with ${code}\n${output}`);
  }
}

/** Runs the generators and gives the files that they changed: those were not as the generators write them. */
export async function findStale(): Promise<string[]> {
  const before = await hashFiles();
  await generate();
  const after = await hashFiles();
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

/** A hash for each file that Git tracks or would. */
async function hashFiles(): Promise<Map<string, string>> {
  const { output } = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
  const hashes = new Map<string, string>();
  for (const name of output.split("\n")) {
    const bytes = await Deno.readFile(`${ROOT}/${name}`).catch(() => undefined);
    if (bytes !== undefined) hashes.set(name, encodeHex(await crypto.subtle.digest("SHA-256", bytes)));
  }
  return hashes;
}

if (import.meta.main) await generate();
