/**
 * `vango doctor`: looks at a project and at this machine, and says what is wrong and what to do.
 *
 * @module
 */
import { exists } from "@std/fs";
import { type ErrorReport, findError, reportError } from "@vango/core/errors";
import { areRoutesStale } from "./_routes.ts";
import { type Command, defineCommand } from "./command.ts";
import { resolveConfig, type ResolvedConfig } from "./config.ts";
import { parseJson } from "./json.ts";
import type { Io } from "./io.ts";
import { findProject, projectEnv, readConfig } from "./project.ts";
import { VERSION } from "./version.ts";

/** The oldest Deno that Vango runs on. */
const OLDEST_DENO = "2.5.0";
/** The oldest one with module hooks, which follow edits and name state. */
const OLDEST_WITH_HOOKS = "2.8.0";
const MIN_SECRET = 32;

/** What was looked at. */
export interface Check {
  /** What it is about, in a word or two. */
  readonly name: string;
  /** Whether it is as it should be; "warn" is not ideal, but works. */
  readonly status: "ok" | "warn" | "fail";
  /** What was found. */
  readonly found: string;
  /** What to do; absent when all is well. */
  readonly fix?: string;
  /** The code of the error that it would lead to. */
  readonly code?: string;
}

/** Looks at everything. */
export const doctorCommand: Command = defineCommand({
  options: { json: { type: "boolean", help: "Print JSON" } },
  details: "Exits with 1 when something is wrong; what is merely not ideal is a warning.",
  examples: [["doctor", "Looks at the project and at this machine"], [
    "doctor --json",
    "The same for a program",
  ]],
  async run({ options }, io) {
    const checks = await lookAt(io);
    const ok = checks.every(({ status }) => status !== "fail");
    if (options.json) io.log(JSON.stringify({ ok, checks }));
    else show(checks, io);
    return ok ? 0 : 1;
  },
});

/** All checks of the project that a command was started in. */
export async function lookAt(io: Io): Promise<Check[]> {
  const checks = [checkDeno(Deno.version.deno), ...await checkPermissions()];
  const root = await findProject(io.cwd);
  if (root === undefined) {
    checks.push(failed("Project", "not-a-project", `${io.cwd} is no Vango project, nor in one`));
    return checks;
  }
  checks.push({ name: "Project", status: "ok", found: root });
  const env = await projectEnv(root, io);
  let resolved: ResolvedConfig;
  try {
    resolved = resolveConfig({ file: await readConfig(root), env });
    checks.push({ name: "Configuration", status: "ok", found: sourcesOf(resolved) });
  } catch (error) {
    checks.push(fromError("Configuration", reportError(error)));
    return checks;
  }
  const { config } = resolved;
  checks.push(await checkEntry(root), ...await checkDependencies(root), checkSecret(env("VANGO_SECRET")));
  checks.push(await checkRoutes(`${root}/${config.paths.routes}`), checkPort(config.host, config.port));
  if (config.tailwind.enabled) checks.push(await checkTailwind(root, config.tailwind.input));
  return checks;
}

function show(checks: readonly Check[], io: Io): void {
  const { paint } = io;
  const signs = { ok: paint("green", "✓"), warn: paint("yellow", "!"), fail: paint("red", "✗") };
  const width = Math.max(...checks.map(({ name }) => name.length)) + 2;
  for (const { name, status, found, fix } of checks) {
    io.log(`${signs[status]} ${paint("bold", name.padEnd(width))}${found}`);
    if (fix !== undefined) io.log(`  ${" ".repeat(width)}${paint("dim", fix)}`);
  }
  const count = (status: Check["status"]) => checks.filter((check) => check.status === status).length;
  const [fails, warns] = [count("fail"), count("warn")];
  io.log("");
  io.log(
    fails + warns === 0
      ? "All is well"
      : [fails > 0 ? `${fails} wrong` : "", warns > 0 ? `${warns} to look at` : ""].filter(Boolean).join(
        ", ",
      ),
  );
}

function failed(name: string, code: string, found: string, fix?: string): Check {
  const entry = findError(code)!; // names of this file are in the registry: a test sees to it
  return { name, status: "fail", found, fix: fix ?? entry.fix, code: entry.code };
}

function fromError(name: string, { code, message, fix, place }: ErrorReport): Check {
  const where = place === undefined ? "" : ` (${place.file}:${place.line}:${place.column})`;
  return { name, status: "fail", found: message + where, fix, code };
}

/** Whether a version of Deno is new enough. */
export function checkDeno(version: string): Check {
  if (isAtLeast(version, OLDEST_WITH_HOOKS)) return { name: "Deno", status: "ok", found: version };
  if (isAtLeast(version, OLDEST_DENO)) {
    const found = `${version}; vango dev needs ${OLDEST_WITH_HOOKS} or newer`;
    return { name: "Deno", status: "warn", found, fix: "Run deno upgrade." };
  }
  return failed("Deno", "deno-too-old", `${version}; ${OLDEST_DENO} or newer is needed`);
}

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split(/[.+-]/).map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i];
  return true;
}

async function checkPermissions(): Promise<Check[]> {
  const missing: string[] = [];
  for (const name of ["read", "write", "net", "env", "run"] as const) {
    const { state } = await Deno.permissions.query({ name });
    if (state !== "granted") missing.push(name);
  }
  if (missing.length === 0) return [{ name: "Permissions", status: "ok", found: "all that vango needs" }];
  const found = `not granted: ${missing.join(", ")}`;
  return [{ name: "Permissions", status: "warn", found, fix: "Run vango with -A." }];
}

function sourcesOf({ sources }: ResolvedConfig): string {
  const own = Object.entries(sources).filter(([, source]) => source !== "default");
  return own.length === 0 ? "defaults" : own.map(([key, source]) => `${key} from ${source}`).join(", ");
}

async function checkEntry(root: string): Promise<Check> {
  for (const found of ["main.ts", "main.tsx", "app.ts", "server.ts"]) {
    if (await exists(`${root}/${found}`)) return { name: "Entry", status: "ok", found };
  }
  return failed("Entry", "no-main", "there is no main.ts");
}

/** What deno.lock says of Vango: which version, and whether there are two of what may be there once. */
async function checkDependencies(root: string): Promise<Check[]> {
  const text = await Deno.readTextFile(`${root}/deno.lock`).catch(() => undefined);
  if (text === undefined) {
    const fix = "Run deno install, and commit the file: everyone gets the same versions then.";
    return [{ name: "Lock", status: "warn", found: "there is no deno.lock", fix }];
  }
  let lock: { jsr?: Record<string, unknown>; npm?: Record<string, unknown> };
  try {
    lock = parseJson(text).value as typeof lock;
  } catch (error) {
    const found = `deno.lock cannot be read: ${(error as Error).message}`;
    return [{ name: "Lock", status: "fail", found, fix: "Remove it, and run deno install." }];
  }
  const versionsOf = (name: string) =>
    Object.keys({ ...lock.jsr, ...lock.npm }).filter((key) => key.startsWith(`${name}@`)).map((key) =>
      key.slice(name.length + 1).replace(/_.*$/, "")
    );
  const core = versionsOf("@vango/core");
  const checks: Check[] = [];
  // Two copies do not know each other's signals and nodes: updates are lost.
  for (const name of ["@vango/core", "@preact/signals-core"]) {
    const versions = [...new Set(versionsOf(name))];
    if (versions.length < 2) continue;
    const fix = `Run deno outdated --update, and ask for one range of ${name}.`;
    checks.push({
      name: "Versions",
      status: "fail",
      found: `${name} is there twice: ${versions.join(" and ")}`,
      fix,
    });
  }
  if (checks.length > 0) return checks;
  const found = core.length === 0
    ? "linked or local @vango/core"
    : `@vango/core ${core[0]}, vango ${VERSION}`;
  if (core.length === 0 || minorOf(core[0]) === minorOf(VERSION)) {
    return [{ name: "Versions", status: "ok", found }];
  }
  return [{
    name: "Versions",
    status: "warn",
    found,
    fix: "Use the same version of both: deno outdated --update.",
  }];
}

/** What must be equal for two versions to fit, before 1.0 and after. */
function minorOf(version: string): string {
  return version.split(".").slice(0, version.startsWith("0.") ? 2 : 1).join(".");
}

function checkSecret(secret: string | undefined): Check {
  if (secret === undefined || secret === "") {
    const fix = "Set it in production, to 32 random characters or more: open pages survive a restart then.";
    return { name: "VANGO_SECRET", status: "warn", found: "not set", fix };
  }
  const short = secret.split(/\s+/).filter((one) => one !== "").find((one) => one.length < MIN_SECRET);
  if (short === undefined) return { name: "VANGO_SECRET", status: "ok", found: "set" };
  return failed(
    "VANGO_SECRET",
    "secret",
    `a secret has ${short.length} characters; ${MIN_SECRET} are needed`,
  );
}

async function checkRoutes(folder: string): Promise<Check> {
  try {
    if (!await areRoutesStale({ folder })) {
      return { name: "Routes", status: "ok", found: "routes.gen.ts is up to date" };
    }
    return failed("Routes", "routes-stale", "routes.gen.ts is not what the files of routes/ say");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      const fix = "An application of one page needs none: createApp({ page }).";
      return { name: "Routes", status: "warn", found: "there is no folder of routes", fix };
    }
    return fromError("Routes", reportError(error));
  }
}

function checkPort(hostname: string, port: number): Check {
  if (port === 0) return { name: "Port", status: "ok", found: "chosen by the system" };
  try {
    Deno.listen({ hostname, port }).close();
    return { name: "Port", status: "ok", found: `${hostname}:${port} is free` };
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      const fix = "That may be your application. Else stop the other program, or set PORT.";
      return { name: "Port", status: "warn", found: `${hostname}:${port} is taken`, fix };
    }
    return failed("Port", "listen", `cannot listen on ${hostname}:${port}: ${(error as Error).message}`);
  }
}

async function checkTailwind(root: string, input: string): Promise<Check> {
  if (await exists(`${root}/${input}`)) return { name: "Tailwind", status: "ok", found: input };
  return failed("Tailwind", "tailwind", `there is no ${input}`, `Write ${input}: @import "tailwindcss";`);
}
