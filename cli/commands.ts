/**
 * The table of commands, in the order of the help.
 *
 * @module
 */
import type { CommandTable } from "./command.ts";

/** The commands of `vango`. */
export const COMMANDS: CommandTable = {
  create: {
    summary: "Make a new application",
    load: async () => (await import("./create.ts")).createCommand,
  },
  dev: {
    summary: "Run the application, and follow its files",
    load: async () => (await import("./dev/command.ts")).devCommand,
  },
  build: {
    summary: "Build the application for production",
    load: async () => (await import("./build/command.ts")).buildCommand,
  },
  start: { summary: "Serve what build made", load: async () => (await import("./start.ts")).startCommand },
  test: { summary: "Run the tests", load: async () => (await import("./test.ts")).testCommand },
  gen: {
    summary: "Write a page, an API, a component, …",
    load: async () => (await import("./gen.ts")).genCommand,
  },
  add: { summary: "Add components of @vango/ui", load: async () => (await import("./add.ts")).addCommand },
  doctor: {
    summary: "Look for what is wrong with a project",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  errors: {
    summary: "List the errors of Vango, or explain one",
    load: async () => (await import("./errors.ts")).errorsCommand,
  },
  explain: {
    summary: "Explain an error by its code",
    load: async () => (await import("./errors.ts")).explainCommand,
  },
  version: { summary: "Print the version", load: async () => (await import("./version.ts")).versionCommand },
};
