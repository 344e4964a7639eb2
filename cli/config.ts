/**
 * The configuration of a project: command line, then environment, then vango.json, then defaults.
 *
 * One table has all keys: the parser, the schema (vango.schema.json) and the help are made of it, and its type makes sure that
 * none is missing.
 *
 * @module
 */
import { nearestName, VangoError } from "@vango/core/errors";
import { type JsonNode, JsonSyntaxError, lineAndColumn, parseJson } from "./json.ts";

/** What vango.json may hold; every key may be left out there. */
export interface VangoConfig {
  /** The port to listen on. 0 lets the system choose. */
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** Folders of the project. */
  readonly paths: {
    /** Pages and APIs. */
    readonly routes: string;
    /** Components that pages share. */
    readonly components: string;
    /** Middleware that routes share. */
    readonly middleware: string;
    /** State that pages share. */
    readonly store: string;
  };
  /** Files that are served as they are. */
  readonly static: {
    /** Their folder. */
    readonly dir: string;
    /** The path that they are served below. */
    readonly prefix: string;
  };
  /** What `vango build` makes. */
  readonly build: {
    /** The folder that it writes to. */
    readonly out: string;
    /** Whether scripts and styles are made small. */
    readonly minify: boolean;
    /** Whether scripts have source maps. */
    readonly sourcemaps: boolean;
  };
  /** Tailwind. */
  readonly tailwind: {
    /** Whether the style sheet is made by Tailwind. */
    readonly enabled: boolean;
    /** The style sheet that imports Tailwind. */
    readonly input: string;
    /** The style sheet that is made. */
    readonly output: string;
  };
}

type Leaf = string | number | boolean;
type KeysOf<T> = {
  [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${keyof T[K] & string}`;
}[keyof T & string];

/** A key of the configuration: "port", "build.out". */
export type ConfigKey = KeysOf<VangoConfig>;

type ValueAt<K extends string, T = VangoConfig> = K extends `${infer A}.${infer B}`
  ? A extends keyof T ? B extends keyof T[A] ? T[A][B] : never : never
  : K extends keyof T ? T[K]
  : never;

/** What a key is. */
export interface KeySpec<T extends Leaf = Leaf> {
  /** What it is for, in one sentence. */
  readonly help: string;
  /** Its value where nothing says another one. */
  readonly default: T;
  /** The variable of the environment that says another one. */
  readonly env: string;
  /** What else must hold; gives what was wanted when it does not. */
  readonly check?: "port" | "host" | "path" | "prefix";
}

/** All keys. */
export const CONFIG_KEYS: { readonly [K in ConfigKey]: KeySpec<ValueAt<K> & Leaf> } = {
  "port": {
    help: "The port to listen on; 0 lets the system choose.",
    default: 8000,
    env: "PORT",
    check: "port",
  },
  "host": {
    help: "The address to listen on; 0.0.0.0 for the network.",
    default: "127.0.0.1",
    env: "VANGO_HOST",
    check: "host",
  },
  "paths.routes": { help: "Pages and APIs.", default: "routes", env: "VANGO_PATHS_ROUTES", check: "path" },
  "paths.components": {
    help: "Components that pages share.",
    default: "components",
    env: "VANGO_PATHS_COMPONENTS",
    check: "path",
  },
  "paths.middleware": {
    help: "Middleware that routes share.",
    default: "middleware",
    env: "VANGO_PATHS_MIDDLEWARE",
    check: "path",
  },
  "paths.store": {
    help: "State that pages share.",
    default: "store",
    env: "VANGO_PATHS_STORE",
    check: "path",
  },
  "static.dir": {
    help: "The folder of files that are served as they are.",
    default: "public",
    env: "VANGO_STATIC_DIR",
    check: "path",
  },
  "static.prefix": {
    help: "The path that these files are served below.",
    default: "/",
    env: "VANGO_STATIC_PREFIX",
    check: "prefix",
  },
  "build.out": {
    help: "The folder that vango build writes to.",
    default: "dist",
    env: "VANGO_BUILD_OUT",
    check: "path",
  },
  "build.minify": {
    help: "Whether scripts and styles are made small.",
    default: true,
    env: "VANGO_BUILD_MINIFY",
  },
  "build.sourcemaps": {
    help: "Whether scripts have source maps.",
    default: false,
    env: "VANGO_BUILD_SOURCEMAPS",
  },
  "tailwind.enabled": {
    help: "Whether the style sheet is made by Tailwind.",
    default: false,
    env: "VANGO_TAILWIND_ENABLED",
  },
  "tailwind.input": {
    help: "The style sheet that imports Tailwind.",
    default: "styles/app.css",
    env: "VANGO_TAILWIND_INPUT",
    check: "path",
  },
  "tailwind.output": {
    help: "The style sheet that is made.",
    default: "public/styles.css",
    env: "VANGO_TAILWIND_OUTPUT",
    check: "path",
  },
};

/** Where a value comes from. */
export type ConfigSource = "default" | "vango.json" | "environment" | "command line";

/** A configuration, and where each value comes from. */
export interface ResolvedConfig {
  /** The values. */
  readonly config: VangoConfig;
  /** By key. */
  readonly sources: { readonly [K in ConfigKey]: ConfigSource };
}

/** What the command line says of the configuration. */
export type ConfigFlags = { readonly [K in ConfigKey]?: ValueAt<K> };

/** The name of the file. */
export const CONFIG_FILE = "vango.json";

const KEYS = Object.keys(CONFIG_KEYS) as ConfigKey[];

/**
 * Puts a configuration together.
 *
 * @param from The text of vango.json, if there is one; the environment; what the command line says.
 * @throws {VangoError} "config-syntax", "config-key" or "config-value".
 */
export function resolveConfig(
  from: { file?: string; env?: (name: string) => string | undefined; flags?: ConfigFlags },
): ResolvedConfig {
  const values: Record<string, Leaf> = {};
  const sources: Record<string, ConfigSource> = {};
  const file = from.file === undefined ? new Map<ConfigKey, Leaf>() : readFile(from.file);
  for (const key of KEYS) {
    const spec: KeySpec = CONFIG_KEYS[key];
    const flag = from.flags?.[key];
    const text = from.env?.(spec.env);
    if (flag !== undefined) {
      fail(wrongValue(spec, flag), `the command line's ${key}`, flag);
      [values[key], sources[key]] = [flag, "command line"];
    } else if (text !== undefined && text !== "") {
      const value = fromText(spec, text);
      fail(value === undefined ? wanted(spec) : wrongValue(spec, value), `the variable ${spec.env}`, text);
      [values[key], sources[key]] = [value!, "environment"]; // undefined has failed
    } else if (file.has(key)) [values[key], sources[key]] = [file.get(key)!, "vango.json"];
    else [values[key], sources[key]] = [spec.default, "default"];
  }
  return { config: nest(values), sources: sources as ResolvedConfig["sources"] };
}

function fail(wrong: string | undefined, what: string, value: Leaf): void {
  if (wrong === undefined) return;
  throw new VangoError("config-value", `Cannot use ${what}: expected ${wrong}, got ${JSON.stringify(value)}`);
}

/** The values of vango.json by key; everything in it is checked, used or not. */
function readFile(source: string): Map<ConfigKey, Leaf> {
  const errorAt = (code: string, at: number, message: string, hint?: string) =>
    new VangoError(code, message, {
      hint,
      place: { file: CONFIG_FILE, ...lineAndColumn(source, at), source },
    });
  let root: JsonNode;
  try {
    root = parseJson(source);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw errorAt("config-syntax", error.at, `Cannot read ${CONFIG_FILE}: ${error.message}`);
  }
  const values = new Map<ConfigKey, Leaf>();
  const groups = new Set(KEYS.filter((key) => key.includes(".")).map((key) => key.split(".")[0]));
  const visit = (node: JsonNode, prefix: string) => {
    if (node.members === undefined) {
      const what = prefix === "" ? "The file" : `"${prefix.slice(0, -1)}"`;
      throw errorAt(
        "config-value",
        node.at,
        `Cannot use ${CONFIG_FILE}: ${what} must be an object in braces`,
      );
    }
    for (const [name, { nameAt, node: below }] of node.members) {
      const key = `${prefix}${name}`;
      if (key === "$schema") continue;
      if (prefix === "" && groups.has(name)) visit(below, `${name}.`);
      else if (Object.hasOwn(CONFIG_KEYS, key)) {
        const spec = CONFIG_KEYS[key as ConfigKey];
        const wrong = wrongValue(spec, below.value);
        if (wrong !== undefined) {
          const got = JSON.stringify(below.value);
          throw errorAt("config-value", below.at, `Cannot use "${key}": expected ${wrong}, got ${got}`);
        }
        values.set(key as ConfigKey, below.value as Leaf);
      } else {
        throw errorAt("config-key", nameAt, `Unknown key "${key}" in ${CONFIG_FILE}`, suggest(name, prefix));
      }
    }
  };
  visit(root, "");
  return values;
}

function suggest(name: string, prefix: string): string {
  const here = [
    ...new Set(
      KEYS.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split(".")[0]),
    ),
  ];
  const close = nearestName(name, here);
  if (close !== undefined) return `Did you mean "${close}"?`;
  // A key that stands one level too high or too low.
  const elsewhere = KEYS.find((key) => key === name || key.endsWith(`.${name}`));
  return elsewhere === undefined ? `Known are ${here.join(", ")}.` : `Did you mean "${elsewhere}"?`;
}

function fromText(spec: KeySpec, text: string): Leaf | undefined {
  if (typeof spec.default === "string") return text;
  if (typeof spec.default === "number") return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : undefined;
}

/** What was wanted, when a value is something else. */
function wrongValue(spec: KeySpec, value: unknown): string | undefined {
  if (typeof value !== typeof spec.default) return wanted(spec);
  const text = String(value);
  switch (spec.check) {
    case "port":
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535
        ? undefined
        : wanted(spec);
    case "host":
      return /^[\w.:-]+$/.test(text) ? undefined : wanted(spec);
    case "path":
      return isInside(text) ? undefined : wanted(spec);
    case "prefix":
      return /^\/(?:[\w.~-]+\/?)*$/.test(text) ? undefined : wanted(spec);
  }
  return undefined;
}

function wanted(spec: KeySpec): string {
  switch (spec.check) {
    case "port":
      return "a whole number from 0 to 65535";
    case "host":
      return "an address or a name such as 127.0.0.1";
    case "path":
      return "a path inside of the project, such as src/routes";
    case "prefix":
      return "a path that begins with a slash";
  }
  return typeof spec.default === "boolean" ? "true or false" : `a ${typeof spec.default}`;
}

/** Whether a path stays below the project's folder: what is written and emptied must never be outside. */
function isInside(path: string): boolean {
  if (path === "" || /^[/\\~]|^[A-Za-z]:|[\0\n]/.test(path)) return false;
  return path.split(/[/\\]/).every((part) => part !== "..") && path.replace(/[./\\]/g, "") !== "";
}

function nest(values: Record<string, Leaf>): VangoConfig {
  const root: Record<string, Leaf | Record<string, Leaf>> = {};
  for (const [key, value] of Object.entries(values)) {
    const [group, name] = key.split(".");
    if (name === undefined) root[group] = value;
    else root[group] = { ...root[group] as Record<string, Leaf> | undefined, [name]: value };
  }
  return root as unknown as VangoConfig;
}

/** The JSON schema of vango.json. */
export function configSchema(): Record<string, unknown> {
  const properties: Record<string, Record<string, unknown>> = {
    $schema: { type: "string", description: "The schema of this file." },
  };
  for (const key of KEYS) {
    const spec: KeySpec = CONFIG_KEYS[key];
    const leaf = {
      description: spec.help,
      type: spec.check === "port" ? "integer" : typeof spec.default,
      default: spec.default,
      ...spec.check === "port" ? { minimum: 0, maximum: 65_535 } : {},
      ...spec.check === "prefix" ? { pattern: "^/" } : {},
    };
    const [group, name] = key.split(".");
    if (name === undefined) properties[group] = leaf;
    else {
      const above = properties[group] ??= { type: "object", additionalProperties: false, properties: {} };
      (above.properties as Record<string, unknown>)[name] = leaf;
    }
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "vango.json",
    description: "The configuration of a Vango project",
    type: "object",
    additionalProperties: false,
    properties,
  };
}
