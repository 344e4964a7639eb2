/**
 * What a measured server tells of itself, in the same way for every peer: the CPU time it used and the memory it holds.
 *
 * @module
 */
import process from "node:process";
import { writeHeapSnapshot } from "node:v8";

/** Path of {@linkcode Usage}. */
export const USAGE_PATH = "/bench/usage";
/** Path of {@linkcode Usage} after garbage was collected. */
export const REST_PATH = "/bench/rest";
/** Path of {@linkcode HeapUsage}. */
export const HEAP_PATH = "/bench/heap";

/** What a server has used until now. */
export interface Usage {
  /** CPU time of all its threads, user and system, in microseconds. */
  cpuUs: number;
  /** Resident memory, in bytes. */
  rss: number;
  /** JavaScript heap in use, in bytes. */
  heap: number;
}

/** What a server holds after garbage was collected, object by object. */
export interface HeapUsage extends Usage {
  /** The file of a heap snapshot: the caller's to delete. */
  file: string;
}

/** Answers the requests of the load generator; null for all others. */
export async function control(request: Request): Promise<Response | null> {
  if (request.url.endsWith(USAGE_PATH)) return Response.json(usage());
  if (request.url.endsWith(REST_PATH)) return Response.json(await rest());
  if (!request.url.endsWith(HEAP_PATH)) return null;
  const used = await rest();
  const file = writeHeapSnapshot(await Deno.makeTempFile({ suffix: ".heapsnapshot" }));
  return Response.json({ ...used, file } satisfies HeapUsage);
}

async function rest(): Promise<Usage> {
  const { gc } = globalThis as { gc?: (options: object) => void };
  for (let i = 0; i < 4; i++) {
    // The collection that compacts and gives pages back: what is left is what is used.
    gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return usage();
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = Deno.memoryUsage();
  return { cpuUs: user + system, rss, heap: heapUsed };
}

/** Serves on a free port and prints it, for run.ts to read. */
export function listen(handler: Deno.ServeHandler<Deno.NetAddr>): void {
  Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen: ({ port }) => console.log(`port ${port}`),
  }, async (request, info) => await control(request) ?? await handler(request, info));
}
