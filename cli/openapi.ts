/**
 * `vango gen openapi`: the APIs of an application as an OpenAPI document.
 *
 * The application is loaded in a process of its own, with its own deno.json, and describes itself by `@vango/core/openapi`; what it
 * prints meanwhile is shown only when it fails.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { VangoError } from "@vango/core/errors";
import { whyRoutesStale } from "./_routes.ts";
import { findMain } from "./build/entry.ts";
import { ifMissing } from "./build/sources.ts";
import { type Command, defineCommand } from "./command.ts";
import type { Io } from "./io.ts";
import { parseJson } from "./json.ts";
import { openProject, type Project } from "./project.ts";
import { toYaml } from "./yaml.ts";

/** Writes the description of the APIs of the present folder's application. */
export const openapiCommand: Command = defineCommand({
  options: {
    out: { type: "string", short: "o", value: "file", help: "Where to write; standard output unless given" },
    format: { type: "string", oneOf: ["json", "yaml"], help: "Its form; that of the file's name, or json" },
    title: { type: "string", help: "The name of the API; that of deno.json, or of the folder" },
    version: { type: "string", help: "The version of the API; that of deno.json, or 0.0.0" },
    description: { type: "string", help: "More about it" },
    server: { type: "string", value: "url", repeated: true, help: "A URL that it is reached at" },
  },
  details:
    `Loads the main module of the application, which must export it, and describes its APIs: what their endpoints say of
their input and output, by any library whose schemas tell their JSON Schema, and the errors that the server answers. The methods that are
plain functions are described as taking and giving anything.`,
  examples: [
    ["gen openapi --out openapi.json", "Writes openapi.json"],
    ["gen openapi --format yaml --title Todos --version 1.2.0", "Prints YAML"],
  ],
  async run({ options }, io) {
    const project = await openProject(io);
    await checkFresh(project);
    const own = await readOwn(project);
    const { document, warnings } = await describe(project, io, {
      title: options.title ?? own.title,
      version: options.version ?? own.version,
      description: options.description,
      servers: options.server,
    });
    for (const warning of warnings) io.error(`${io.paintError("yellow", "warning")}: ${warning}`);
    const format = options.format ?? (/\.ya?ml$/.test(options.out ?? "") ? "yaml" : "json");
    const text = format === "yaml" ? toYaml(document) : `${JSON.stringify(document, null, 2)}\n`;
    if (options.out === undefined) io.log(text.trimEnd());
    else {
      await write(resolve(io.cwd, options.out), text);
      const count = Object.values(document.paths).flatMap(Object.keys).length;
      io.log(`${io.paint("green", "✓")} Wrote ${options.out}: ${count} operations`);
    }
    return 0;
  },
});

/** What comes of the application's process. */
interface Described {
  readonly document: { readonly paths: Readonly<Record<string, object>> };
  readonly warnings: readonly string[];
}

async function checkFresh(project: Project): Promise<void> {
  const why = await whyRoutesStale({ folder: project.path(project.config.paths.routes) }).catch(
    ifMissing(""),
  );
  if (why === "") return;
  throw new VangoError("routes-stale", `routes.gen.ts is stale: ${why}`, { hint: "Run vango gen routes." });
}

/** The name and version that deno.json has. */
async function readOwn(project: Project): Promise<{ title: string; version: string }> {
  let own: { name?: unknown; version?: unknown } = {};
  for (const name of ["deno.json", "deno.jsonc"]) {
    const text = await Deno.readTextFile(project.path(name)).catch(() => undefined);
    if (text !== undefined) own = parseJson(text).value as typeof own;
  }
  return {
    title: typeof own.name === "string" ? own.name : basename(project.root),
    version: typeof own.version === "string" ? own.version : "0.0.0",
  };
}

async function describe(project: Project, io: Io, options: Record<string, unknown>): Promise<Described> {
  const main = await findMain(project);
  const result = await Deno.makeTempFile({ prefix: "vango_openapi_", suffix: ".json" });
  const progress = io.progress("Loading the application");
  try {
    const url = JSON.stringify(pathToFileURL(project.path(main.file)).href);
    const code = `import { openApi } from "@vango/core/openapi";
import { ${main.name} as app } from ${url};
const warnings = [];
const document = openApi(app.routes, { ...${
      JSON.stringify(options)
    }, warn: (message) => warnings.push(message) });
Deno.writeTextFileSync(${JSON.stringify(result)}, JSON.stringify({ document, warnings }));
Deno.exit(0);
`;
    const { code: status, output } = await io.deno(["eval", "--quiet", "--ext=js", code], {
      cwd: project.root,
      env: { VANGO_DEV: "" },
      show: false,
    });
    const text = await Deno.readTextFile(result);
    if (status === 0 && text !== "") {
      progress.done();
      return JSON.parse(text);
    }
    progress.fail();
    io.error(output.trim());
    throw new VangoError("load-failed", `${main.file} could not be loaded`, {
      hint: "See what was printed above; what must not run now belongs behind if (import.meta.main).",
    });
  } finally {
    await Deno.remove(result);
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(path, text);
  } catch (cause) {
    throw new VangoError("write-failed", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
