/**
 * E120 to E199: the configuration of a project, the command line, and promises that the framework makes itself.
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";

/** Errors of cli/, and the one of broken promises. */
export const CLI_ERRORS: readonly ErrorEntry[] = [
  {
    code: "E120",
    name: "config-syntax",
    title: "vango.json is no JSON",
    cause: "A comma, a quote or a brace is missing or too much, at the line and column of the message.",
    fix: "Correct the place. Comments and commas at the end of lists are allowed.",
  },
  {
    code: "E121",
    name: "config-key",
    title: "vango.json has a key that is not known",
    cause: "Mostly a mistake of spelling: the message says which key is near.",
    fix: 'Correct or remove it. With the line "$schema" your editor knows all keys.',
  },
  {
    code: "E122",
    name: "config-value",
    title: "A value of the configuration is not what its key takes",
    cause:
      "It comes from vango.json, from the environment or from the command line; the message says from where.",
    fix: "Give a value of the kind that the message names.",
  },
  {
    code: "E123",
    name: "config-read",
    title: "vango.json cannot be read",
    cause: "It is a folder, or the program may not read it.",
    fix: "Look at the permissions of the file; run with -A or --allow-read.",
  },
  {
    code: "E124",
    name: "tailwind",
    title: "Tailwind cannot make the style sheet",
    cause: "The input of vango.json's tailwind is missing, or holds CSS that Tailwind cannot read.",
    fix: "Look at the file and the place that the message names.",
  },
  {
    code: "E140",
    name: "usage",
    title: "The arguments of a command were not understood",
    cause: "A command, an option or an argument is unknown, missing or has a wrong value.",
    fix: "Run the command with --help for what it takes, with examples.",
  },
  {
    code: "E141",
    name: "not-a-project",
    title: "This folder is no Vango project",
    cause: "Neither it nor a folder above it has a vango.json, or a deno.json that imports @vango/core.",
    fix: "Go to the folder of your application, or make one: vango create my-app.",
  },
  {
    code: "E142",
    name: "folder-not-empty",
    title: "The folder for the new application is not empty",
    cause: "create writes into a new or an empty folder alone, so that nothing is overwritten.",
    fix: "Choose another name, or empty the folder.",
  },
  {
    code: "E143",
    name: "bad-name",
    title: "A name cannot be used",
    cause: "Names of applications, components and routes become folders, files and identifiers.",
    fix: "Use small letters, digits and hyphens, with a letter first: my-app.",
  },
  {
    code: "E145",
    name: "file-exists",
    title: "A file is there already",
    cause: "gen does not overwrite what it finds.",
    fix: "Choose another name, or pass --force to overwrite the file.",
  },
  {
    code: "E146",
    name: "no-registry",
    title: "There is no registry of components yet",
    cause: "vango add will copy components of @vango/ui into your project; they are not published yet.",
    fix: "Write a component: vango gen component Card.",
  },
  {
    code: "E148",
    name: "cancelled",
    title: "The command was cancelled",
    cause: "A question was answered with Ctrl+C or Escape.",
    fix: "Nothing was written. Run it again when you like.",
  },
  {
    code: "E149",
    name: "unknown-error",
    title: "There is no such error",
    cause: "vango explain knows codes such as E141 and names such as not-a-project.",
    fix: "Run vango errors for all of them.",
  },
  {
    code: "E150",
    name: "deno-too-old",
    title: "This Deno is too old",
    cause: "Vango needs what newer versions of Deno have.",
    fix: "Run deno upgrade.",
  },
  {
    code: "E154",
    name: "write-failed",
    title: "A file cannot be written",
    cause: "The folder is read-only, the disk is full, or the program may not write there.",
    fix: "See the reason in the message; run with -A or --allow-write.",
  },
  {
    code: "E155",
    name: "routes-stale",
    title: "routes.gen.ts is not what routes/ says",
    cause: "A file of routes/ was added, renamed or removed since it was written.",
    fix: "Run vango gen routes. vango dev does so by itself.",
  },
  {
    code: "E170",
    name: "build-check",
    title: "The application has errors of types",
    cause: "deno check found them; it has printed them above.",
    fix: "Correct them, or build without the check: vango build --no-check.",
  },
  {
    code: "E171",
    name: "build-folder",
    title: "The folder of the build holds something else",
    cause:
      "vango build empties its folder, so it takes a new or empty one, or one with a manifest.json of a build.",
    fix: "Name another folder with --out or build.out of vango.json, or empty this one.",
  },
  {
    code: "E172",
    name: "no-build",
    title: "There is no build that can be started",
    cause: "The folder has no manifest.json, or that of another version of Vango.",
    fix: "Run vango build.",
  },
  {
    code: "E173",
    name: "no-app",
    title: "The main module exports no application",
    cause:
      "Builds and tools import it: they need what createApp() returns, under the name app or as default.",
    fix: "Write: export const app = createApp({ routes }), and below it: if (import.meta.main) app.serve().",
  },
  {
    code: "E174",
    name: "build-file",
    title: "A file of the application cannot be built",
    cause: "A script or style sheet has an error of syntax, or two files would have the same name.",
    fix: "Look at the file and the place that the message names.",
  },
  {
    code: "E175",
    name: "load-failed",
    title: "The application could not be loaded",
    cause:
      "The command runs the application's modules to see what they say of themselves; one of them threw.",
    fix: "See what was printed; what must not run then belongs behind if (import.meta.main).",
  },
  {
    code: "E180",
    name: "no-main",
    title: "The main module is not there",
    cause: "vango dev runs the module that makes the application: main.ts, unless another one is named.",
    fix: "Write main.ts, which calls createApp(…).serve(), or say where it is: vango dev src/main.ts.",
  },
  {
    code: "E190",
    name: "internal",
    title: "A promise that the framework makes itself was broken",
    cause: "This is a defect of Vango, not of your code.",
    fix: "Report it, with the message and what led to it.",
  },
  {
    code: "E191",
    name: "unexpected",
    title: "Something failed that Vango did not expect",
    cause: "An error without a code: of your code, of a package, or of the system.",
    fix: "See its message and its stack.",
  },
];
