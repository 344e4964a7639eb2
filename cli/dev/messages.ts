/**
 * What goes between the three parts of `vango dev`: the command, the process that runs the application, and the browsers.
 *
 *     command ── lines of JSON on standard input ──► application ── WebSocket ──► browsers
 *
 * @module
 */

/** What the process that runs the application is started with. */
export interface ChildOptions {
  /** The folder of the project. */
  readonly root: string;
  /** The main module, a whole path. */
  readonly main: string;
  /** The port of the command line; undefined: the application's. */
  readonly port?: number;
  /** The address of the command line, likewise. */
  readonly hostname?: string;
  /** Whether to open a browser once it listens. */
  readonly open: boolean;
  /** Folders whose files are served as they are, with the path in front of them. */
  readonly assets: readonly { readonly dir: string; readonly prefix: string }[];
  /** The file in which the process says why it must be started anew. */
  readonly note: string;
  /** Why the application was started anew; undefined the first time. */
  readonly why?: string;
  /** What was wrong before it was started: routes that cannot be written. */
  readonly problem?: Report;
}

/** What the command tells the application's process. */
export interface ChildMessage {
  /** Files that changed, were made or are gone: whole paths. */
  readonly changed: readonly string[];
  /** What is wrong with the names of the routes; null when nothing is any more. */
  readonly problem: Report | null;
}

/** The exit code of the application's process that asks to be started anew. */
export const RESTART = 86;
/** That of one that cannot go on whatever changes: the port is taken. It has said why. */
export const GAVE_UP = 87;

/** One line of a code frame. */
export interface FrameLine {
  /** Its number, from 1. */
  readonly number: number;
  /** Its text. */
  readonly text: string;
}

/** What is wrong, for people. */
export interface Report {
  /** In a few words: "Cannot load counter.ts". */
  readonly title: string;
  /** What was thrown. */
  readonly message: string;
  /** The file, from the project's folder. */
  readonly file?: string;
  /** The file's whole path. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The lines around it. */
  readonly frame: readonly FrameLine[];
  /** What to do. */
  readonly hint?: string;
  /** Where it came from: the stack, project files only, innermost first. */
  readonly stack: readonly string[];
}

/** What browsers are told. */
export type BrowserMessage =
  /** The first message of a socket: which process this is, and what is wrong. */
  | { type: "hello"; boot: string; why?: string; report: Report | null }
  /** Something is wrong. */
  | { type: "broken"; report: Report }
  /** All is well again. */
  | { type: "mended" }
  /** The session follows. */
  | { type: "swapped"; modules: readonly string[]; lost: readonly string[]; ms: number }
  /** Style sheets changed: the paths of their URLs. */
  | { type: "styles"; paths: readonly string[] }
  /** The application is started anew. */
  | { type: "restart"; reason: string };
