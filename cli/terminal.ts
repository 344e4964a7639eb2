/**
 * Colours and progress: on a terminal as on a terminal, elsewhere as plain lines.
 *
 * @module
 */

/** How a text may look. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Gives a text a look, or gives it back as it is where there are no colours. */
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Whether to use colours: NO_COLOR says never, FORCE_COLOR always, else a terminal (https://no-color.org). */
export function hasColors(terminal: boolean, env: (name: string) => string | undefined): boolean {
  const force = env("FORCE_COLOR");
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if ((env("NO_COLOR") ?? "") !== "" || env("TERM") === "dumb") return false;
  return terminal;
}

/** A {@linkcode Paint}. */
export function createPaint(colors: boolean): Paint {
  if (!colors) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\x1b[${on}m${text}\x1b[${off}m`;
  };
}

/** Something that takes long, while it is shown. */
export interface Progress {
  /** It is done: shows a text in place of the first one, if there is one. */
  done(text?: string): void;
  /** It failed. */
  fail(text?: string): void;
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Shows a spinner that is a line when it is done. */
export function startSpinner(text: string, write: (text: string) => void, paint: Paint): Progress {
  let frame = 0;
  const show = () => write(`\r\x1b[K${paint("cyan", FRAMES[frame++ % FRAMES.length])} ${text}`);
  show();
  const timer = setInterval(show, 80);
  const end = (sign: string, last = text) => {
    clearInterval(timer);
    write(`\r\x1b[K${sign} ${last}\n`);
  };
  return { done: (last) => end(paint("green", "✓"), last), fail: (last) => end(paint("red", "✗"), last) };
}

/** A line at the start, where it takes long, and one at the end. */
export function startLine(text: string, log: (text: string) => void): Progress {
  log(`${text} ...`);
  return {
    done: (last) => last !== undefined && log(last),
    fail: (last) => log(last ?? `${text}: failed`),
  };
}
