/**
 * `vango dev`: runs the application and has it follow its files.
 *
 * @module
 */
import { VangoError } from "@vango/core/errors";
import { exists } from "@std/fs";
import * as nodeModule from "node:module";
import { resolve } from "node:path";
import { MAINS } from "../build/entry.ts";
import { type Command, defineCommand } from "../command.ts";
import { openProject } from "../project.ts";
import { runDev } from "./dev.ts";

/** Develops the project. */
export const devCommand: Command = defineCommand({
  args: [{ name: "main", help: "The main module; main.ts by default", optional: true }],
  options: {
    port: { type: "number", short: "p", min: 0, max: 65_535, help: "The port to listen on" },
    host: { type: "string", help: "The address to listen on; 0.0.0.0 for the network" },
    open: { type: "boolean", short: "o", help: "Open the page in a browser" },
  },
  examples: [
    ["dev", "Runs the application; edits are followed, and pages keep their state"],
    ["dev --port 3000 --open", "The same at port 3000, in a browser"],
    ["dev --host 0.0.0.0", "The same for the local network"],
  ],
  async run({ options, args }, io) {
    checkHooks(nodeModule);
    return await runDev(async () => {
      const project = await openProject(io, { port: options.port, host: options.host });
      const { root, config, sources } = project;
      return {
        root,
        main: await mainOf(root, args[0]),
        routes: project.path(config.paths.routes),
        assets: project.path(config.static.dir),
        prefix: config.static.prefix,
        styles: config.tailwind.enabled ? config.tailwind : undefined,
        port: sources.port === "default" ? undefined : config.port,
        hostname: sources.host === "default" ? undefined : config.host,
        open: options.open,
      };
    }, io);
  },
});

/** @throws {VangoError} "deno-too-old" when this Deno has no hooks of modules, without which no edit is followed. */
export function checkHooks(module: object): void {
  if ("registerHooks" in module) return;
  throw new VangoError(
    "deno-too-old",
    `Cannot follow edits with Deno ${Deno.version.deno}: 2.8.0 or newer is needed`,
  );
}

async function mainOf(root: string, given: string | undefined): Promise<string> {
  for (const name of given === undefined ? MAINS : [given]) {
    if (await exists(resolve(root, name))) return resolve(root, name);
  }
  throw new VangoError("no-main", `Cannot find ${given ?? MAINS.join(", ")} in the project`, {
    hint: "Write main.ts, which calls createApp(…).serve(), or say where it is: vango dev src/main.ts.",
  });
}
