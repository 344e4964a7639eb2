/**
 * Names that become folders, files and identifiers.
 *
 * @module
 */
import { VangoError } from "@vango/core/errors";

/** Names that Windows keeps for devices, and folders that mean something else. */
const TAKEN = /^(?:con|prn|aux|nul|com\d|lpt\d|node_modules|dist|vendor)$/;

/** What is wrong with the name of an application; undefined when nothing is. */
export function wrongAppName(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.length > 64) return "it has more than 64 characters";
  if (TAKEN.test(name)) return "the name is taken by the system or by tools";
  if (!/^[a-z]/.test(name)) return "it must begin with a small letter";
  if (!/^[a-z0-9._-]+$/.test(name)) return "it takes small letters, digits, hyphens, underscores and dots";
  return /[a-z0-9]$/.test(name) ? undefined : "it must end with a letter or a digit";
}

/** Checks the name of an application. @throws {VangoError} "bad-name". */
export function checkAppName(name: string): void {
  const wrong = wrongAppName(name);
  if (wrong === undefined) return;
  const fixed = name.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z]+|[^a-z0-9]+$/g, "").slice(
    0,
    64,
  );
  throw new VangoError("bad-name", `Cannot name an application ${JSON.stringify(name)}: ${wrong}`, {
    hint: wrongAppName(fixed) === undefined ? `Try ${fixed}.` : "Use a name such as my-app.",
  });
}

/** The parts of a name such as "user-card", "UserCard" or "user_card", in small letters. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) =>
    word !== ""
  )
    .map((word) => word.toLowerCase());
}

/** "user-card" as UserCard. */
export function pascalCase(name: string): string {
  return wordsOf(name).map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

/** "user-card" as userCard. */
export function camelCase(name: string): string {
  const whole = pascalCase(name);
  return whole.charAt(0).toLowerCase() + whole.slice(1);
}

/** "UserCard" as user_card. */
export function snakeCase(name: string): string {
  return wordsOf(name).join("_");
}

/**
 * Checks the name of something that gets a file and an identifier; folders before it are allowed: "forms/text-field".
 *
 * @returns The folders and the name.
 * @throws {VangoError} "bad-name".
 */
export function checkPartName(what: string, name: string): { folders: string[]; name: string } {
  const parts = name.split("/");
  const last = parts.pop() ?? "";
  const wrong = (why: string) =>
    new VangoError("bad-name", `Cannot name a ${what} ${JSON.stringify(name)}: ${why}`, {
      hint: `Use a name such as ${what === "component" ? "UserCard" : "cart"}, after folders if you like.`,
    });
  if (name.length > 120) throw wrong("it has more than 120 characters");
  for (const folder of parts) {
    if (!/^[A-Za-z0-9][\w-]*$/.test(folder)) throw wrong(`${JSON.stringify(folder)} is no name of a folder`);
  }
  if (!/^[A-Za-z][\w-]*$/.test(last)) {
    throw wrong("it begins with a letter, and goes on with letters, digits and hyphens");
  }
  if (RESERVED.has(camelCase(last))) throw wrong("the word means something in TypeScript");
  if (IMPORTED.has(what === "component" ? pascalCase(last) : camelCase(last))) {
    throw wrong("the file imports something of this name");
  }
  return { folders: parts, name: last };
}

/** What the texts of gen_texts.ts import under a name that a part could have: `Child` of components, `signal` of stores. */
const IMPORTED: ReadonlySet<string> = new Set(["Child", "signal"]);

const RESERVED: ReadonlySet<string> = new Set(
  ("break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "import in instanceof new null return super switch this throw true try typeof var void while with yield let static await " +
    "implements interface package private protected public arguments eval undefined").split(" "),
);
