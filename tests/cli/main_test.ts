/** The command line: help, version, errors, and arguments that it does not understand. @module */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../cli/commands.ts";
import type { Command, CommandTable } from "../../cli/command.ts";
import config from "../../cli/deno.json" with { type: "json" };
import { ERRORS } from "../../errors/mod.ts";
import { ROOT } from "../../tools/_process.ts";
import { cliPage } from "../../tools/gen_cli.ts";
import { vango, vangoIn } from "./_vango.ts";

Deno.test("main() refuses an unknown command with the nearest one", async () => {
  assertEquals(await vango("versoin"), {
    code: 2,
    out: "",
    err: 'Unknown command "versoin": did you mean "version"?\nRun "vango --help" for the commands.',
  });
});

Deno.test("main() refuses an unknown command that is near to none", async () => {
  assertEquals(await vango("conjure"), {
    code: 2,
    out: "",
    err: 'Unknown command "conjure"\nRun "vango --help" for the commands.',
  });
  assertEquals((await vango("constructor")).code, 2);
});

Deno.test("main() refuses unknown options and arguments", async () => {
  assertStringIncludes((await vango("--verbose")).err, "Unknown option --verbose\n");
  assertStringIncludes((await vango("--hepl")).err, "Unknown option --hepl: did you mean --help?");
  assertStringIncludes((await vango("-x", "version")).err, "Unknown option -x");
  assertStringIncludes((await vango("version", "--yaml")).err, 'Unknown option --yaml of "vango version"');
  assertStringIncludes((await vango("version", "--jsno")).err, "did you mean --json?");
  assertStringIncludes((await vango("version", "7")).err, 'Unknown argument "7" of "vango version"');
  assertEquals((await vango("version", "--yaml")).code, 2);
});

Deno.test("main() prints the help to standard error when there is no command", async () => {
  const { code, out, err } = await vango();
  assertEquals([code, out], [2, ""]);
  assertMatch(err, /^Usage: vango <command>/m);
});

Deno.test("main() prints the help", async () => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const { code, out, err } = await vango(...args);
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^Usage: vango <command>/m);
    assertMatch(out, /^ {2}version +Print the version$/m);
  }
});

Deno.test("main() prints the help of a command", async () => {
  for (const args of [["version", "--help"], ["version", "-h"], ["help", "version"], ["--help", "version"]]) {
    assertEquals(await vango(...args), {
      code: 0,
      out: `Print the version

Usage: vango version [options]

Options:
      --json  Print JSON, with the versions of Deno, V8 and TypeScript
  -h, --help  Show this help

Examples:
  vango version
      Prints the version
  vango version --json
      The same for a program`,
      err: "",
    });
  }
});

/** Every command, groups and what is in them, with its name. */
async function everyCommand(table: CommandTable, parent: string[] = []): Promise<[string[], Command][]> {
  const all: [string[], Command][] = [];
  for (const [name, { load }] of Object.entries(table)) {
    const command = await load();
    all.push([[...parent, name], command]);
    if (command.commands !== undefined) all.push(...await everyCommand(command.commands, [...parent, name]));
  }
  return all;
}

Deno.test("every command has a help with examples, each of which begins with its name", async () => {
  for (const [name, command] of await everyCommand(COMMANDS)) {
    const { code, out } = await vango(...name, "--help");
    assertEquals(code, 0);
    assertStringIncludes(out, `Usage: vango ${name.join(" ")}`);
    assert(command.examples.length > 0, `vango ${name.join(" ")} has no examples`);
    for (const [line, what] of command.examples) {
      assert(line.startsWith(name.join(" ")), `"vango ${line}" is no example of vango ${name.join(" ")}`);
      assertMatch(what, /^[A-Z].*[^.]$/);
      assertStringIncludes(out, `\n  vango ${line}\n      ${what}`);
    }
    const shorts = Object.values(command.options ?? {}).flatMap(({ short }) => short ?? []);
    assertEquals(new Set(shorts).size, shorts.length, "two options have one letter");
    assertEquals(shorts.includes("h"), false);
    assert((command.run === undefined) === (command.commands !== undefined));
  }
});

Deno.test("docs/guides/cli.md holds the help of every command", async () => {
  assertEquals(await Deno.readTextFile(`${ROOT}/docs/guides/cli.md`), await cliPage());
});

Deno.test("main() prints the version", async () => {
  for (const args of [["version"], ["--version"], ["-V"]]) {
    assertEquals(await vango(...args), { code: 0, out: `vango ${config.version}`, err: "" });
  }
});

Deno.test("main() prints all versions as JSON", async () => {
  const { code, out } = await vango("version", "--json");
  assertEquals(code, 0);
  assertEquals(JSON.parse(out), { vango: config.version, ...Deno.version });
});

Deno.test("explain refuses a code that is none, with the nearest name", async () => {
  const { code, err } = await vango("explain", "not-a-projekt");
  assertEquals(code, 1);
  assertStringIncludes(err, 'error[E149]: There is no error "not-a-projekt"');
  assertStringIncludes(err, 'Did you mean "not-a-project"?');
  assertEquals((await vango("explain")).code, 2);
});

Deno.test("explain and errors print an error", async () => {
  for (const args of [["explain", "E141"], ["errors", "e141"], ["explain", "not-a-project"]]) {
    const { code, out } = await vango(...args);
    assertEquals(code, 0);
    assertMatch(out, /^E141 not-a-project\nThis folder is no Vango project\n\ncause: /);
  }
});

Deno.test("errors lists all of them, as JSON too", async () => {
  assertEquals((await vango("errors")).out.split("\n").length, ERRORS.length);
  const all = JSON.parse((await vango("errors", "--json")).out);
  assertEquals(all.length, ERRORS.length);
  assertEquals(all[0].docs, "docs/errors.md#e001");
});

Deno.test("a failure is printed as JSON where JSON was asked for, and as VANGO_ERRORS says", async () => {
  assertEquals(JSON.parse((await vango("explain", "E000", "--json")).err).error.code, "E149");
  assertEquals(JSON.parse((await vango("version", "x", "--json")).err).error.code, "E140");
  const compact = vangoIn({ cwd: "/", env: (name) => name === "VANGO_ERRORS" ? "compact" : undefined });
  assertEquals((await compact("explain", "x")).err, 'error[E149]: There is no error "x"');
});

Deno.test("cli.ts runs from a checkout and exits with the code", async () => {
  const entry = new URL("../../cli.ts", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", entry, "nope"],
    env: { FORCE_COLOR: "1" },
  }).output();
  assertEquals(code, 2);
  assertStringIncludes(new TextDecoder().decode(stderr), '\x1b[31mUnknown command "nope"\x1b[39m');
});
