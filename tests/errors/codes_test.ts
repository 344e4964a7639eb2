/**
 * The registry and the code: every error that is raised on purpose has a code, every code has an entry, and every entry is used.
 *
 * The code is read as text: what is raised, and with what.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { walk } from "@std/fs";
import { ERRORS, findError } from "../../errors/mod.ts";
import { ROOT } from "../../tools/_process.ts";

const MODULES = ["core", "vdom", "render", "protocol", "runtime", "router", "server", "features", "cli"];
const GENERATED = /dist\.ts$|templates_text\.ts$|[/\\]templates[/\\]/;

/** Errors that nobody gets to see as such. */
const PRIVATE: Record<string, string> = {
  "cli/tailwind/mod.ts: the plugin ": "becomes the reason of error E124",
};

/** The sources, by their paths, without comments that are lines of their own. */
async function sources(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const read = async (path: string) => {
    const text = await Deno.readTextFile(path);
    texts.set(path.slice(ROOT.length + 1), text.replace(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, ""));
  };
  for (const module of MODULES) {
    for await (const { path } of walk(`${ROOT}/${module}`, { exts: ["ts"], includeDirs: false })) {
      if (!GENERATED.test(path)) await read(path);
    }
  }
  await read(`${ROOT}/jsx_runtime.ts`);
  return texts;
}

/** What is raised without a code: plain errors that are not an argument of coded(), and have none from Object.assign(). */
function uncoded(path: string, text: string): string[] {
  const found: string[] = [];
  for (
    const match of text.matchAll(/new (?:Error|TypeError|RangeError|SyntaxError|AggregateError)\((?!\))/g)
  ) {
    const before = text.slice(0, match.index);
    if (/coded\(\s*"[^"]+",\s*$/.test(before)) continue;
    if (
      /Object\.assign\(\s*$/.test(before) && /^[\s\S]{0,250}\bcode: "/.test(text.slice(match.index))
    ) continue;
    const message = /["`]([^"`$]*)/.exec(text.slice(match.index))?.[1] ?? "";
    if (`${path}: ${message}` in PRIVATE) continue;
    found.push(`${path}:${before.split("\n").length}: ${message}`);
  }
  return found;
}

/** The codes that a source names where it raises something. */
function codesOf(text: string): string[] {
  const raised =
    /(?:new (?:VangoError|RouteError|RenderError)|\bcoded|\berrorAt|Object\.assign\([^;]*?\bcode:)\(?\s*"([\w-]+)"/g;
  const fixed = /readonly code = "([\w-]+)"/g;
  return [...text.matchAll(raised), ...text.matchAll(fixed)].map((match) => match[1]);
}

Deno.test("an error without a code is found, one with a code is not", () => {
  assertEquals(uncoded("a.ts", 'throw new TypeError(`Cannot ${x}`);\nthrow new Error("No");'), [
    "a.ts:1: Cannot ",
    "a.ts:2: No",
  ]);
  assertEquals(uncoded("a.ts", 'throw coded(\n  "E001",\n  new Error("No"),\n);\nnew Error().stack;'), []);
  assertEquals(uncoded("a.ts", 'throw Object.assign(new Error("No"), { code: "no-app" });'), []);
  assertEquals(codesOf('new VangoError(\n "a-b", coded("E001", readonly code = "E006"'), [
    "a-b",
    "E001",
    "E006",
  ]);
});

Deno.test("every error that is raised on purpose has a code", async () => {
  const found: string[] = [];
  for (const [path, text] of await sources()) found.push(...uncoded(path, text));
  assertEquals(found, []);
});

Deno.test("every code that is raised is in the registry", async () => {
  const missing: string[] = [];
  for (const [path, text] of await sources()) {
    for (const code of codesOf(text)) if (findError(code) === undefined) missing.push(`${path}: ${code}`);
  }
  // The kinds of the classes that have a closed set of them.
  for (const path of ["router/error.ts", "render/errors.ts"]) {
    const union =
      /export type \w+ErrorCode =([\s\S]*?);/.exec(await Deno.readTextFile(`${ROOT}/${path}`))?.[1] ?? "";
    for (const [, code] of union.matchAll(/\| "([\w-]+)"/g)) {
      if (findError(code) === undefined) missing.push(`${path}: ${code}`);
    }
  }
  assertEquals(missing, []);
});

/** Entries without a place in the code that raises them, each with its reason. */
const ELSEWHERE: Record<string, string> = {
  unexpected: "stands for errors without a code",
};

Deno.test("every entry of the registry is raised somewhere, or stands for a number of the protocol", async () => {
  const texts = [...(await sources()).values()];
  const unused = ERRORS.filter(({ code, name, wire }) =>
    wire === undefined && !(name in ELSEWHERE) &&
    !texts.some((text) => text.includes(`"${code}"`) || text.includes(`"${name}"`))
  );
  assertEquals(unused.map(({ code, name }) => `${code} ${name}`), []);
});
