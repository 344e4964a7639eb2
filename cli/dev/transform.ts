/**
 * What is changed in the text of an application's modules before they run.
 *
 * Names: `const count = signal(0)` becomes `signal(0, { name: "count" })`, so that the key of its state is its name and not
 * its ordinal, and a signal that is added above takes nothing from it (decision D4). A name or key that is there stays.
 *
 * Identity (development only): `const Counter = component(…)` of a module becomes
 * `$vango.keep("component", "Counter", component(…))`, which gives the component that the version before had made.
 *
 * Everything is inserted within a line, so that lines stay where they were.
 *
 * @module
 */
import { type NamedCall, namedCalls } from "./scan.ts";

/** What is called in `@vango/core` to make something that has options with a name. */
const OPTIONS: Record<string, (name: string) => string> = {
  signal: (name) => `{ name: ${JSON.stringify(name)} }`,
  computed: (name) => `{ name: ${JSON.stringify(name)} }`,
  resource: (name) => `{ name: ${JSON.stringify(name)} }`,
  effect: (name) => `{ name: ${JSON.stringify(name)} }`,
  component: (name) => `{ name: ${JSON.stringify(name)} }`,
  createContext: (name) => JSON.stringify(name),
};

/** What keeps its identity while its module is evaluated anew. */
const KEPT: ReadonlySet<string> = new Set(["component", "signal", "createContext"]);

/** How the package is imported. */
const CORE = /^(?:(?:jsr|npm):\/?)?@vango\/core(?:@[^/]*)?$/;
// Behind a comment, too: Deno puts an import into the last line of the one above it.
const IMPORT =
  /(?:^|;|\*\/)\s*import\s+(?:[\w$]+\s*,\s*)?(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))\s*from\s*["']([^"'\n]+)["']/gm;

/** Options of {@linkcode transformModule}. */
export interface TransformOptions {
  /** Whether what a module makes keeps its identity: an expression that gives what has `keep`. */
  readonly hot?: string;
}

interface Edit {
  at: number;
  text: string;
}

/** Gives the text of a module, as Deno made it, with names, and with identities where they are wanted. */
export function transformModule(source: string, { hot }: TransformOptions = {}): string {
  const callees = coreCallees(source);
  if (callees.size === 0) return source;
  const calls = namedCalls(source, new Set(callees.keys()));
  const edits: Edit[] = [];
  let keeps = false;
  for (const call of calls) {
    const what = callees.get(call.callee)!;
    const named = nameEdit(source, call, what);
    if (named !== null) edits.push(named);
    if (hot === undefined || !call.top || !KEPT.has(what)) continue;
    keeps = true;
    edits.push({ at: call.start, text: `$vango.keep("${what}", ${JSON.stringify(call.name)}, ` });
    edits.push({ at: call.end, text: ")" });
  }
  const made = applyEdits(source, edits);
  return keeps ? `const $vango = ${hot}; ${made}` : made;
}

/** What of the package a module calls how: local name -> name in the package. */
function coreCallees(source: string): Map<string, string> {
  const callees = new Map<string, string>();
  for (const [, list, namespace, specifier] of source.matchAll(IMPORT)) {
    if (!CORE.test(specifier)) continue;
    if (namespace !== undefined) {
      for (const name of Object.keys(OPTIONS)) callees.set(`${namespace}.${name}`, name);
      continue;
    }
    for (const part of list.split(",")) {
      const [name, local = name] = part.trim().split(/\s+as\s+/);
      if (Object.hasOwn(OPTIONS, name)) callees.set(local, name);
    }
  }
  return callees;
}

/** Where a call gets its name; null where it has one, or there is no saying. */
function nameEdit(source: string, { name, args, end }: NamedCall, what: string): Edit | null {
  if (name === "default") return null;
  const options = OPTIONS[what](name);
  if (what === "component") return nameComponent(source, args, options);
  if (args.length === 0) {
    return what === "signal" || what === "createContext"
      ? { at: end - 1, text: `undefined, ${options}` }
      : null;
  }
  if (args.length === 1) return { at: args[0][1], text: `, ${options}` };
  const [start, stop] = args[1];
  const given = source.slice(start, stop);
  if (what === "createContext" || !given.startsWith("{") || !given.endsWith("}")) return null;
  // In front: a name of the application's own comes later and wins.
  return { at: start + 1, text: ` name: ${JSON.stringify(name)},` };
}

/** A setup without a name of its own takes the component's. */
function nameComponent(source: string, args: NamedCall["args"], options: string): Edit | null {
  if (args.length !== 1) return null;
  const setup = source.slice(...args[0]);
  if (!/^(?:async\b\s*)?(?:\(|function\s*\(|[\w$]+\s*=>)/.test(setup)) return null;
  return { at: args[0][1], text: `, ${options}` };
}

function applyEdits(source: string, edits: Edit[]): string {
  let made = "";
  let at = 0;
  for (const edit of edits.sort((a, b) => a.at - b.at)) {
    made += source.slice(at, edit.at) + edit.text;
    at = edit.at;
  }
  return made + source.slice(at);
}
