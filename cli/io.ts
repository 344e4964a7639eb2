/**
 * What a command sees of the world around it: where it writes, whom it may ask, where it is. Tests give their own.
 *
 * @module
 */
import { type Asker, createAsker, systemKeyboard } from "./prompt.ts";
import { createPaint, hasColors, type Paint, type Progress, startLine, startSpinner } from "./terminal.ts";

/** Where a command writes; one call is one line or more, without the last line end. */
export interface Output {
  /** Writes to standard output. */
  log(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
}

/** How another program is run. */
export interface RunOptions {
  /** The folder to run in. */
  readonly cwd: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether what it prints is shown as it comes; else it is gathered. */
  readonly show: boolean;
}

/** The world around a command. */
export interface Io extends Output {
  /** The folder that it was started in. */
  readonly cwd: string;
  /** A variable of the environment; undefined when it is not set. */
  env(name: string): string | undefined;
  /** Whether someone is there to answer. */
  readonly interactive: boolean;
  /** Asks; only where {@linkcode Io.interactive}. */
  readonly ask: Asker;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Colours for standard error. */
  readonly paintError: Paint;
  /** Shows that something takes long, on standard error. */
  progress(text: string): Progress;
  /** Runs the Deno that runs this program, and gives its exit code and what it printed. */
  deno(args: readonly string[], options: RunOptions): Promise<{ code: number; output: string }>;
}

/** What a caller may give of the world; the rest is the process's. Who gives an output has no terminal. */
export type IoOptions = Partial<Io>;

/** The world of the process, with what a caller gives of it. */
export function createIo(given: IoOptions = {}): Io {
  const env = given.env ?? readEnv;
  const own = given.log === undefined && given.error === undefined;
  const out = own && Deno.stdout.isTerminal();
  const err = own && Deno.stderr.isTerminal();
  const log = given.log ?? ((text: string) => console.log(text));
  const error = given.error ?? ((text: string) => console.error(text));
  const paint = given.paint ?? createPaint(hasColors(out, env));
  const paintError = given.paintError ?? createPaint(hasColors(err, env));
  return {
    log,
    error,
    env,
    paint,
    paintError,
    cwd: given.cwd ?? Deno.cwd(),
    interactive: given.interactive ?? (out && Deno.stdin.isTerminal() && (env("CI") ?? "") === ""),
    ask: given.ask ?? createAsker(systemKeyboard, paint),
    progress: given.progress ??
      ((text) => err ? startSpinner(text, writeError, paintError) : startLine(text, error)),
    deno: given.deno ?? runDeno,
  };
}

function readEnv(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    // Without the permission a variable is as good as not set.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

async function runDeno(
  args: readonly string[],
  options: RunOptions,
): Promise<{ code: number; output: string }> {
  const stdio = options.show ? "inherit" : "piped";
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: options.cwd,
    env: options.env,
    stdin: options.show ? "inherit" : "null",
    stdout: stdio,
    stderr: stdio,
  });
  if (options.show) return { code: await runShown(command), output: "" };
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Runs a program that shows what it prints. Whoever ends this program ends that one, which says with which code. */
async function runShown(command: Deno.Command): Promise<number> {
  const child = command.spawn();
  // Ctrl+C goes to both; the program answers it. SIGTERM goes to this one alone.
  const listeners: readonly (readonly [Deno.Signal, () => void])[] = [
    ["SIGINT", () => {}],
    ...Deno.build.os === "windows" ? [] : [["SIGTERM", () => end(child)] as const],
  ];
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  try {
    return (await child.status).code;
  } finally {
    for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
  }
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}
