/**
 * Firefox and WebKit, driven over WebDriver: real keys and a real mouse, and expressions evaluated in the page.
 *
 * Firefox speaks WebDriver BiDi over a WebSocket of its own; WebKitGTK has a driver that speaks the older protocol over HTTP and
 * needs a display, which Xvfb is. Input is the same list of actions for both (W3C WebDriver, "Actions").
 *
 * @module
 */
import { exists } from "@std/fs";
import { withFirefox } from "./firefox.ts";
import { withWebkit } from "./webkit.ts";

/** One source of input and what it does, as WebDriver has it. */
export interface ActionSource {
  type: "key" | "pointer" | "none";
  id: string;
  parameters?: { pointerType: "mouse" | "touch" };
  actions: Record<string, unknown>[];
}

/** A browser with one page. */
export interface Driver {
  /** Goes to an address; does not wait for it. */
  go(url: string): Promise<void>;
  /** The value of an expression in the page, which JSON can carry. */
  evaluate<T>(expression: string): Promise<T>;
  /** Performs input. */
  perform(sources: ActionSource[]): Promise<void>;
}

/** A browser of the machine. */
export interface BrowserKind {
  /** Its name. */
  name: string;
  /** The environment variable that names its executable, and where it usually is. */
  variable: string;
  /** How to install it on Debian. */
  packages: string;
  /** Runs a function with it, then ends it. */
  run: (executable: string, fn: (driver: Driver) => Promise<void>) => Promise<void>;
  /** Usual paths. */
  paths: string[];
  /** Another program that it needs, on the path. */
  needs?: string;
}

/** The browsers besides Chromium. */
export const OTHER_BROWSERS: readonly BrowserKind[] = [
  {
    name: "Firefox",
    variable: "VANGO_FIREFOX",
    packages: "firefox-esr",
    run: withFirefox,
    paths: ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
  },
  {
    name: "WebKit",
    variable: "VANGO_WEBKIT",
    packages: "webkit2gtk-driver xvfb",
    run: withWebkit,
    paths: ["/usr/bin/WebKitWebDriver"],
    needs: "Xvfb",
  },
];

/**
 * The executable of a browser, or undefined.
 *
 * @throws {Error} When the environment variable names no file.
 */
export async function findBrowser(
  { name, variable, paths, needs }: BrowserKind,
): Promise<string | undefined> {
  const named = Deno.env.get(variable);
  if (named && !await exists(named, { isFile: true })) {
    throw new Error(`Cannot find ${name} at ${variable}=${named}: there is no such file`);
  }
  if (named) return named;
  if (needs !== undefined && !await isOnPath(needs)) return undefined;
  for (const path of paths) if (await exists(path, { isFile: true })) return path;
  return undefined;
}

async function isOnPath(program: string): Promise<boolean> {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const found = await Promise.all(folders.map((folder) => exists(`${folder}/${program}`, { isFile: true })));
  return found.includes(true);
}

/** Codes of WebDriver for keys that make no character. */
export const KEY = {
  Backspace: "\ue003",
  Tab: "\ue004",
  Enter: "\ue007",
  Shift: "\ue008",
  Control: "\ue009",
  Escape: "\ue00c",
  End: "\ue010",
  ArrowLeft: "\ue012",
  ArrowUp: "\ue013",
  ArrowDown: "\ue015",
  F2: "\ue032",
} as const;

/** Presses keys one after the other; those of `held` are down all the while. */
export async function press(driver: Driver, keys: Iterable<string>, held: string[] = []): Promise<void> {
  const down = (value: string) => ({ type: "keyDown", value });
  const up = (value: string) => ({ type: "keyUp", value });
  const actions = [...held.map(down), ...[...keys].flatMap((key) => [down(key), up(key)]), ...held.map(up)];
  await driver.perform([{ type: "key", id: "keyboard", actions }]);
}

/** The middle of an element in the window, scrolled into view; whole pixels. */
export async function middle(driver: Driver, selector: string): Promise<{ x: number; y: number }> {
  return await driver.evaluate(`(() => {
    const element = document.querySelector(${JSON.stringify(selector)});
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  })()`);
}

/** Moves the mouse over an element and clicks it. */
export async function click(driver: Driver, selector: string, button = 0): Promise<void> {
  const at = await middle(driver, selector);
  const actions = [
    { type: "pointerMove", ...at, duration: 0 },
    { type: "pointerDown", button },
    { type: "pointerUp", button },
  ];
  await driver.perform([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
}

/** Waits until an expression holds in the page. @throws {Error} With the expression, after 8 s. */
export async function waitFor(driver: Driver, expression: string): Promise<void> {
  const end = Date.now() + 8_000;
  while (!await driver.evaluate<boolean>(`!!(${expression})`).catch(() => false)) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
