/**
 * Finds the project that a command is about, and reads its configuration.
 *
 * @module
 */
import { exists } from "@std/fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { VangoError } from "@vango/core/errors";
import { CONFIG_FILE, type ConfigFlags, resolveConfig, type ResolvedConfig } from "./config.ts";
import type { Io } from "./io.ts";
import { parseJson } from "./json.ts";

/** A project. */
export interface Project extends ResolvedConfig {
  /** Its folder. */
  readonly root: string;
  /** A path of the project, as a whole one. */
  path(...parts: string[]): string;
  /** A variable of the environment, or else of the file .env; undefined when it is in neither. */
  env(name: string): string | undefined;
}

/** The folder of the project at or above a folder; undefined when there is none. */
export async function findProject(from: string): Promise<string | undefined> {
  for (let folder = from;; folder = dirname(folder)) {
    if (await exists(join(folder, CONFIG_FILE)) || await importsVango(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * The project that a command was started in.
 *
 * @param flags What the command line says of the configuration.
 * @throws {VangoError} "not-a-project", or what is wrong with the configuration.
 */
export async function openProject(io: Io, flags: ConfigFlags = {}): Promise<Project> {
  const root = await findProject(io.cwd);
  if (root === undefined) {
    throw new VangoError("not-a-project", `${io.cwd} is no Vango project, nor in one`, {
      hint: "Go to the folder of your application, or make one: vango create my-app.",
    });
  }
  const file = await readConfig(root);
  const env = await projectEnv(root, io);
  const resolved = resolveConfig({ file, env, flags });
  return { root, path: (...parts) => join(root, ...parts), env, ...resolved };
}

/** The file with variables that are this machine's own. */
export const ENV_FILE = ".env";

/** Variables as the application of a project sees them: those of the environment win over those of the file .env. */
export async function projectEnv(root: string, io: Io): Promise<Project["env"]> {
  const text = await Deno.readTextFile(join(root, ENV_FILE)).catch(() => "");
  const own = new Map(Object.entries(parseEnv(text)));
  return (name) => io.env(name) || own.get(name);
}

/** What Deno is told so that a program has the variables of the file .env; nothing where there is no such file. */
export async function envFileArgs(root: string): Promise<string[]> {
  const file = join(root, ENV_FILE);
  return await exists(file, { isFile: true }) ? [`--env-file=${file}`] : [];
}

/** The text of vango.json; undefined when there is none. */
export async function readConfig(root: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(root, CONFIG_FILE));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new VangoError("config-read", `Cannot read ${CONFIG_FILE}: ${(cause as Error).message}`, { cause });
  }
}

/** Whether a folder has a deno.json that imports Vango, as a project has that needs no vango.json. */
async function importsVango(folder: string): Promise<boolean> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    const text = await Deno.readTextFile(join(folder, name)).catch(() => undefined);
    if (text === undefined) continue;
    try {
      const { imports } = parseJson(text).value as { imports?: Record<string, string> };
      if (imports !== undefined && Object.hasOwn(imports, "@vango/core")) return true;
    } catch {
      // Deno itself says what is wrong with it.
    }
  }
  return false;
}
