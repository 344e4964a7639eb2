/** The command line: help, version, and arguments that it does not understand. @module */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { main } from "../../cli/mod.ts";
import { nearest } from "../../cli/_nearest.ts";
import config from "../../cli/deno.json" with { type: "json" };

/** Runs the command line; gives the exit code and what it wrote. */
async function vango(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [], err: string[] = [];
  const code = await main(args, { log: (text) => out.push(text), error: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

Deno.test("main() refuses an unknown command with the nearest one", async () => {
  const { code, out, err } = await vango("versoin");
  assertEquals([code, out], [2, ""]);
  assertEquals(
    err,
    'Unknown command "versoin": did you mean "version"?\nRun "vango --help" for the commands.',
  );
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
  assertStringIncludes((await vango("--verbose")).err, "Unknown option --verbose");
  assertStringIncludes((await vango("-x", "version")).err, "Unknown option -x");
  assertStringIncludes((await vango("version", "--yaml")).err, 'Unknown option --yaml of "vango version"');
  assertStringIncludes((await vango("version", "7")).err, 'Unknown argument "7" of "vango version"');
  assertEquals((await vango("version", "--yaml")).code, 2);
});

Deno.test("main() prints the help to standard error when there is no command", async () => {
  const { code, out, err } = await vango();
  assertEquals([code, out], [2, ""]);
  assertMatch(err, /^Usage: vango <command>/);
});

Deno.test("main() prints the help", async () => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const { code, out, err } = await vango(...args);
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^Usage: vango <command>/);
    assertMatch(out, /^ {2}version +Print the version$/m);
  }
});

Deno.test("main() prints the help of a command", async () => {
  for (const args of [["version", "--help"], ["version", "-h"], ["help", "version"], ["--help", "version"]]) {
    assertEquals(await vango(...args), {
      code: 0,
      out: "Usage: vango version [--json]\n\nPrint the version",
      err: "",
    });
  }
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

Deno.test("cli.ts runs from a checkout and exits with the code", async () => {
  const entry = new URL("../../cli.ts", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args: ["run", "-A", entry, "nope"] })
    .output();
  assertEquals(code, 2);
  assertStringIncludes(new TextDecoder().decode(stderr), 'Unknown command "nope"');
});

Deno.test("nearest() gives the nearest name within two fifths of its length", () => {
  assertEquals(nearest("biuld", ["build", "dev"]), "build");
  assertEquals(nearest("vresion", ["version"]), "version");
  assertEquals(nearest("x", ["version"]), undefined);
  assertEquals(nearest("", []), undefined);
});
