/**
 * Commands that the tools run: one way to start them, to read them and to bound their time.
 *
 * @module
 */

/** How {@linkcode run} runs a command. */
export interface RunOptions {
  /** The folder to run in; default the current one. */
  cwd?: string;
  /** Variables added to the environment. */
  env?: Record<string, string>;
  /** Passes output through as it comes instead of gathering it. */
  show?: boolean;
  /** Milliseconds after which the command is killed; default none. */
  timeout?: number;
}

/** How a command ended. */
export interface RunResult {
  /** The exit code; 124 when it was killed for its time, 127 when there is no such command. */
  code: number;
  /** Standard output and error, when they were gathered. */
  output: string;
  /** Standard output alone, when it was gathered: what a program reads. */
  stdout: string;
}

/** Runs a command to its end; colours are off unless the output is shown on a terminal. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, show = false, timeout } = options;
  const stdio = show ? "inherit" : "piped";
  const env = { ...plainOutput(show), ...options.env };
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(command, { args, cwd, env, stdin: "null", stdout: stdio, stderr: stdio })
      .spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { code: 127, output: `No such command: ${command}`, stdout: "" };
    }
    throw error;
  }
  let late = false;
  const timer = timeout === undefined ? undefined : setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, timeout);
  const texts = show ? [] : [new Response(child.stdout).text(), new Response(child.stderr).text()];
  const [status, ...parts] = await Promise.all([child.status, ...texts]);
  clearTimeout(timer);
  return { code: late ? 124 : status.code, output: parts.join("").trim(), stdout: parts[0] ?? "" };
}

/** Runs the Deno that runs this program. */
export function runDeno(args: string[], options: RunOptions = {}): Promise<RunResult> {
  return run(Deno.execPath(), args, options);
}

/** The folder of the repository. */
export const ROOT: string = new URL("../", import.meta.url).pathname.replace(/\/$/, "");

/** A duration in milliseconds as seconds with one decimal. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function plainOutput(show: boolean): Record<string, string> {
  return show && Deno.stdout.isTerminal() && !Deno.env.has("CI") ? {} : { NO_COLOR: "1" };
}
