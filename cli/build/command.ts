/**
 * `vango build`: the application, ready for production.
 *
 * @module
 */
import { relative } from "node:path";
import { type Command, defineCommand } from "../command.ts";
import { openProject } from "../project.ts";
import { buildProject } from "./build.ts";
import { sizeTable } from "./report.ts";
import { slashed } from "./sources.ts";

/** Builds the application of the present folder. */
export const buildCommand: Command = defineCommand({
  options: {
    out: {
      type: "string",
      short: "o",
      value: "folder",
      help: "Where to write; dist, or build.out of vango.json",
    },
    fix: { type: "boolean", help: "Write routes.gen.ts anew where it is stale, instead of failing" },
    clean: { type: "boolean", help: "Keep nothing of the build before" },
    "no-check": { type: "boolean", help: "Leave out the check of types" },
    "no-minify": { type: "boolean", help: "Leave scripts and style sheets as they are" },
    json: { type: "boolean", help: "Print what was built as JSON" },
  },
  details:
    `Checks that routes.gen.ts is fresh and that the types are right; copies the files of public/ to dist/public under their own
names and under names with a hash, which asset("/styles.css") gives, compressed beforehand; writes manifest.json, and two entries
that import the application where it is: server.ts for "deno serve" and Deno Deploy, start.ts for "vango start". Files of the build
before stay for pages that are still open, until the next build; --clean removes them now.`,
  examples: [
    ["build", "Builds into dist/"],
    ["build --fix --clean", "Writes stale routes, and keeps nothing of the build before"],
    ["build --no-check --json", "Builds fast, and tells a program what was built"],
  ],
  async run({ options }, io) {
    const project = await openProject(io, {
      "build.out": options.out,
      "build.minify": options["no-minify"] ? false : undefined,
    });
    const start = performance.now();
    const { out, manifest, warnings } = await buildProject(project, io, {
      fix: options.fix,
      check: !options["no-check"],
      clean: options.clean,
    });
    const ms = Math.round(performance.now() - start);
    const folder = slashed(relative(project.root, out));
    if (options.json) {
      io.log(JSON.stringify({ out: folder, ms, warnings, manifest }));
      return 0;
    }
    for (const warning of warnings) io.error(`${io.paintError("yellow", "warning")}: ${warning}`);
    if (Object.keys(manifest.files).length > 0) io.log(`${sizeTable(manifest, io.paint)}\n`);
    io.log(`Built ${io.paint("bold", `${folder}/`)} in ${(ms / 1000).toFixed(1)} s. Start it: vango start`);
    return 0;
  },
});
