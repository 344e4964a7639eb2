/**
 * One measurement: a fresh server, and the load in a process of its own; on a core each where `taskset` is there.
 *
 * @module
 */
import type { LoadOrder, ServerName } from "./load.ts";

/** What the load is to do. */
export type Orders =
  | { mode: "clicks"; sessions: number; seconds: number; warmup: number }
  | { mode: "idle" | "heap"; few: number; many: number; clicks: number };

const HERE = new URL(".", import.meta.url).pathname;
/** Whether the server has the first core and the load the second. */
export const pinned: boolean = navigator.hardwareConcurrency > 1 && await canPin();

async function canPin(): Promise<boolean> {
  try {
    return (await new Deno.Command("taskset", { args: ["-c", "0,1", "true"] }).output()).success;
  } catch {
    return false;
  }
}

function spawn(core: number, args: string[]): Deno.ChildProcess {
  const command = [Deno.execPath(), "run", ...args];
  if (pinned) command.unshift("taskset", "-c", String(core));
  return new Deno.Command(command[0], { args: command.slice(1), stdout: "piped", stderr: "inherit" }).spawn();
}

/** Starts a server, has the load work, stops the server. */
export async function measure<T>(server: ServerName, order: Orders): Promise<T> {
  const child = spawn(0, [
    "--v8-flags=--expose-gc",
    "--allow-net",
    "--allow-env",
    "--allow-read",
    // Heap snapshots.
    "--allow-write",
    `${HERE}server_${server}.ts`,
  ]);
  try {
    const port = await portOf(child);
    const full = { server, port, ...order } as LoadOrder;
    const load = spawn(1, [
      "--allow-net",
      "--allow-sys",
      "--allow-write",
      `${HERE}load.ts`,
      JSON.stringify(full),
    ]);
    const { success, stdout } = await load.output();
    if (!success) throw new Error(`The load on the ${server} server failed`);
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

/** Reads the port that a server prints, and what it prints after it. */
async function portOf(child: Deno.ChildProcess): Promise<number> {
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`A server ended before it listened: ${text}`);
    text += value;
    const port = /^port (\d+)$/m.exec(text)?.[1];
    if (port === undefined) continue;
    (async () => {
      while (!(await reader.read()).done);
    })();
    return Number(port);
  }
}
