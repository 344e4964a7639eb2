/**
 * `vango gen`: writes files of a project from small texts, and routes.gen.ts.
 *
 * @module
 */
import { RouteError, type RouteFile, routeOfFile } from "@vango/core/router";
import { VangoError } from "@vango/core/errors";
import { exists } from "@std/fs";
import { relative } from "node:path";
import { writeRoutes } from "./_routes.ts";
import { type Command, type CommandTable, defineCommand } from "./command.ts";
import { writeNewFile } from "./files.ts";
import { apiText, componentText, middlewareText, routeText, storeText } from "./gen_texts.ts";
import type { Io } from "./io.ts";
import { checkPartName, pascalCase, snakeCase } from "./names.ts";
import { openProject, type Project } from "./project.ts";

const OPTIONS = {
  force: { type: "boolean", short: "f", help: "Overwrite what is there" },
  json: { type: "boolean", help: "Print JSON: the files that were written" },
} as const;

/** A command that writes one file of a kind into its folder. */
function partCommand(part: {
  what: "component" | "store" | "middleware";
  folder: (project: Project) => string;
  text: (name: string) => string;
  example: string;
  use: (name: string, path: string) => string;
}): Command {
  return defineCommand({
    args: [{ name: "name", help: "Its name, after folders if it stands in some" }],
    options: OPTIONS,
    examples: [[`gen ${part.what} ${part.example}`, `Writes a ${part.what} named ${part.example}`]],
    async run({ args, options }, io) {
      const { folders, name } = checkPartName(part.what, args[0]);
      const project = await openProject(io);
      const path = [part.folder(project), ...folders, `${snakeCase(name)}.ts`].join("/");
      await writeNewFile(project.root, path, part.text(name), options.force);
      tell(io, options.json, [path], part.use(name, path));
      return 0;
    },
  });
}

const routeCommand = defineCommand({
  args: [{ name: "path", help: "The path of the page: about, projects/[id:int], (shop)/cart, blog/_layout" }],
  options: OPTIONS,
  details: "A name that begins with _ is for its folder: _layout, _middleware, _error, _404.",
  examples: [
    ["gen route about", "The page /about"],
    ["gen route projects/[id:int]", "The page /projects/7, whose id is a whole number"],
    ["gen route /projects/:id:int/edit", "The same by its pattern"],
    ["gen route blog/_layout", "What stands around the pages of blog/"],
  ],
  async run({ args, options }, io) {
    const { file, kind, pattern } = readRoute(args[0], "");
    if (kind === "api") {
      throw new VangoError("bad-name", `Cannot make a page of ${args[0]}: what is in api/ is an API`, {
        hint: `Use: vango gen api ${args[0].replace(/^\/?api\//, "")}.`,
      });
    }
    return await writeRoute(io, file, routeText(kind, pattern), options);
  },
});

const apiCommand = defineCommand({
  args: [{ name: "path", help: "The path below /api: users, users/[id:int]" }],
  options: {
    ...OPTIONS,
    method: {
      type: "string",
      short: "m",
      value: "name",
      repeated: true,
      help: "A method; GET unless given",
      oneOf: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    },
  },
  examples: [
    ["gen api users", "GET /api/users"],
    ["gen api users/[id:int] -m GET -m DELETE", "GET and DELETE /api/users/7"],
  ],
  async run({ args, options }, io) {
    const { file, pattern } = readRoute(args[0].replace(/^\/?api\//, ""), "api/");
    const methods = options.method.length === 0 ? ["GET"] : [...new Set(options.method)];
    return await writeRoute(io, file, apiText(pattern, methods), options);
  },
});

const routesCommand = defineCommand({
  options: { json: OPTIONS.json },
  examples: [["gen routes", "Writes routes.gen.ts anew, if files of routes/ came or went"]],
  async run({ options }, io) {
    const project = await openProject(io);
    const { routes } = project.config.paths;
    if (!await exists(project.path(routes))) {
      throw new VangoError("no-page", `There is no folder ${routes}/, whose files are pages`, {
        hint: "Write its first page: vango gen route index. An application of one page needs none.",
      });
    }
    const { out, changed, files } = await writeRoutes({ folder: project.path(routes) });
    const path = relative(project.root, out);
    if (options.json) io.log(JSON.stringify({ out: path, changed, files }));
    else io.log(changed ? `${io.paint("green", "✓")} Wrote ${path}` : `${path} is as it should be`);
    return 0;
  },
});

/** The commands of `vango gen`. */
export const GEN_COMMANDS: CommandTable = {
  route: { summary: "Write a page, or what stands around pages", load: () => Promise.resolve(routeCommand) },
  api: { summary: "Write an API", load: () => Promise.resolve(apiCommand) },
  component: {
    summary: "Write a component",
    load: () =>
      Promise.resolve(partCommand({
        what: "component",
        folder: ({ config }) => config.paths.components,
        text: componentText,
        example: "UserCard",
        use: (name) => `Use it: ${pascalCase(name)}({ title: "Hello" })`,
      })),
  },
  store: {
    summary: "Write state that pages share",
    load: () =>
      Promise.resolve(partCommand({
        what: "store",
        folder: ({ config }) => config.paths.store,
        text: storeText,
        example: "cart",
        use: () => "Who reads its signal in a view follows it.",
      })),
  },
  middleware: {
    summary: "Write a middleware",
    load: () =>
      Promise.resolve(partCommand({
        what: "middleware",
        folder: ({ config }) => config.paths.middleware,
        text: middlewareText,
        example: "audit",
        use: (_name, path) =>
          `Export it from a _middleware.ts of routes/, or pass it to createApp(): ${path}`,
      })),
  },
  routes: { summary: "Write routes.gen.ts anew", load: () => Promise.resolve(routesCommand) },
  openapi: {
    summary: "Describe the APIs as OpenAPI 3.1",
    load: async () => (await import("./openapi.ts")).openapiCommand,
  },
};

/** Writes files of a project. */
export const genCommand: Command = {
  commands: GEN_COMMANDS,
  examples: [["gen route projects/[id:int]", "A page"], ["gen component UserCard", "A component"]],
};

/** A path or a pattern as a file of routes/; says what is wrong with it as the router does. */
function readRoute(path: string, folder: string): RouteFile {
  const names = path.replace(/\.tsx?$/, "").split("/").filter((name) => name !== "").map(asFileName);
  if (names.some((name) => name === "." || name === "..")) throw badRoute(path, "it leads out of the folder");
  if (names.length === 0) names.push("index");
  const file = `${folder}${names.join("/")}.ts`;
  try {
    const route = routeOfFile(file);
    if (route === null) throw badRoute(path, "the router takes no file of this name");
    return route;
  } catch (error) {
    if (error instanceof RouteError) throw badRoute(path, error.message.replace(/^[^:]*: /, ""));
    throw error;
  }
}

/** ":id:int" as "[id:int]", "*path" as "[...path]". Windows has no colons in names. */
function asFileName(name: string): string {
  const file = name.replace(/^:(.+)$/, "[$1]").replace(/^\*(.+)$/, "[...$1]");
  return Deno.build.os === "windows" ? file.replace(":", "=") : file;
}

function badRoute(path: string, why: string): VangoError {
  return new VangoError("bad-name", `Cannot make a route ${JSON.stringify(path)}: ${why}`, {
    hint: "Names are text, [name], [name:int], [name:uuid], [...name] or (group).",
  });
}

async function writeRoute(
  io: Io,
  file: string,
  text: string,
  options: { force: boolean; json: boolean },
): Promise<number> {
  const project = await openProject(io);
  const { routes } = project.config.paths;
  const path = `${routes}/${file}`;
  await writeNewFile(project.root, path, text, options.force);
  let out: string;
  try {
    ({ out } = await writeRoutes({ folder: project.path(routes) }));
  } catch (error) {
    // A file that makes all routes wrong is worse than none.
    if (error instanceof RouteError && !options.force) await Deno.remove(project.path(path));
    throw error;
  }
  tell(io, options.json, [path, relative(project.root, out)]);
  return 0;
}

function tell(io: Io, json: boolean, files: readonly string[], use?: string): void {
  if (json) {
    io.log(JSON.stringify({ files }));
    return;
  }
  for (const file of files) io.log(`${io.paint("green", "✓")} Wrote ${file}`);
  if (use !== undefined) io.log(use);
}
