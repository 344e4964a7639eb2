/**
 * The process that runs the application in development: `vango dev` starts it with the application's deno.json.
 *
 *     hooks, host ─► main.ts ─► lines on standard input: what changed ─► update ─► sessions, browsers, terminal
 *
 * It ends when its standard input does, and with exit code RESTART when only a fresh process will do. Nothing that it imports
 * comes from a package: see _closest.ts.
 *
 * @module
 */
import process from "node:process";
import { pathToFileURL } from "node:url";
import { Channel } from "./channel.ts";
import { Development } from "./development.ts";
import type { ChildMessage, ChildOptions } from "./messages.ts";

if (import.meta.main) {
  const options = JSON.parse(Deno.args[0]) as ChildOptions;
  const channel = new Channel({ why: options.why, host: options.hostname });
  const development = new Development(options, channel);
  // As if the application had been started by itself.
  process.argv[1] = options.main;
  await development.start(() => import(pathToFileURL(options.main).href));
  for await (const line of lines(Deno.stdin.readable)) {
    if (line !== "") await development.take(JSON.parse(line) as ChildMessage);
  }
  await development.end();
  Deno.exit(0);
}

/** The lines of a stream, as they come. */
async function* lines(from: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of from.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}
