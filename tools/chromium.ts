/**
 * Where Chromium is: an environment variable, the usual paths, or Debian's package, installed where that is possible.
 *
 * Its headless shell comes first: it has the same engine without windows, and a page takes a third of the processor time.
 * The tests in a browser and the test runner share this one answer.
 *
 * @module
 */
import { exists } from "@std/fs";
import { run } from "./_process.ts";

/** The environment variable that names Chromium's executable. */
export const CHROMIUM_VARIABLE = "VANGO_CHROMIUM";

/** How to get Chromium where it can't be installed for the user; one line. */
export const CHROMIUM_ADVICE: string =
  `Chromium is missing: install Chromium or Chrome, or set ${CHROMIUM_VARIABLE} to its executable`;

const USUAL_PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** What {@linkcode findChromium} and {@linkcode ensureChromium} ask of the machine; replaced in tests. */
export interface Machine {
  /** The value of an environment variable. */
  env(name: string): string | undefined;
  /** Whether a path is a file. */
  isFile(path: string): Promise<boolean>;
  /** The text of a file, or "" when there is none. */
  read(path: string): Promise<string>;
  /** The user's number; 0 is root, null where there is none. */
  uid(): number | null;
  /** Runs a command and gives its exit code, having shown its output only when it failed. */
  run(command: string, args: string[]): Promise<number>;
  /** Tells the user a line. */
  say(line: string): void;
}

/** The machine that this program runs on. */
export const THIS_MACHINE: Machine = {
  env: (name) => Deno.env.get(name),
  isFile: (path) => exists(path, { isFile: true }),
  read: (path) => Deno.readTextFile(path).catch(() => ""),
  uid: () => Deno.uid(),
  run: async (command, args) => {
    const { code, output } = await run(command, args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
    if (code !== 0) console.error(output);
    return code;
  },
  say: (line) => console.log(line),
};

/**
 * The path of Chromium's executable, or undefined.
 *
 * @throws {Error} When the environment variable names no file.
 */
export async function findChromium(machine: Machine = THIS_MACHINE): Promise<string | undefined> {
  const named = machine.env(CHROMIUM_VARIABLE);
  if (named) {
    if (await machine.isFile(named)) return named;
    throw new Error(`Cannot find Chromium at ${CHROMIUM_VARIABLE}=${named}: there is no such file`);
  }
  for (const path of USUAL_PATHS) if (await machine.isFile(path)) return path;
  return undefined;
}

/** The same, after installing Debian's package where it is missing, the machine is Debian and the user is root. */
export async function ensureChromium(machine: Machine = THIS_MACHINE): Promise<string | undefined> {
  const found = await findChromium(machine);
  if (found !== undefined || !await canInstall(machine)) return found;
  machine.say("Chromium is missing: installing Debian's package");
  await machine.run("apt-get", ["update", "-q"]);
  // Older versions of Debian have no package of the shell.
  for (const name of ["chromium-headless-shell", "chromium"]) {
    if (await machine.run("apt-get", ["install", "-q", "-y", "--no-install-recommends", name]) === 0) break;
  }
  return await findChromium(machine);
}

async function canInstall(machine: Machine): Promise<boolean> {
  return machine.uid() === 0 && /^ID="?debian"?$/m.test(await machine.read("/etc/os-release"));
}
