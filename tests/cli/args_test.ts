/** Arguments of a command: what is refused, then what they become. @module */
import { assertEquals, assertThrows } from "@std/assert";
import { parseCommandArgs } from "../../cli/args.ts";
import type { Command, OptionValues } from "../../cli/command.ts";
import { VangoError } from "../../errors/mod.ts";

const OPTIONS = {
  port: { type: "number", help: "", short: "p", min: 0, max: 65_535 },
  level: { type: "number", help: "", min: 1 },
  host: { type: "string", help: "", value: "address" },
  template: { type: "string", help: "", short: "t", oneOf: ["minimal", "standard"] },
  method: { type: "string", help: "", short: "m", repeated: true },
  open: { type: "boolean", help: "", short: "o" },
  quiet: { type: "boolean", help: "", short: "q" },
} as const;

const COMMAND: Command = {
  args: [{ name: "name", help: "" }, { name: "file", help: "", optional: true, repeated: true }],
  options: OPTIONS,
  examples: [],
};

/** The values are of the specs' types, which the erased command does not show. */
type Found = { args: readonly string[]; options: OptionValues<typeof OPTIONS> };
const parse = (...args: string[]) => parseCommandArgs("vango x", COMMAND, args) as unknown as Found;
const refused = (...args: string[]) => assertThrows(() => parse(...args), VangoError).what;

Deno.test("parseCommandArgs() refuses values that an option does not take", () => {
  assertEquals(
    refused("a", "--port", "eighty"),
    'The option --port of "vango x" takes a whole number from 0 to 65535, got "eighty"',
  );
  for (const text of ["-1", "65536", "1.5", "1e9", "0x", "Infinity", "NaN", " "]) {
    assertEquals(refused("a", `--port=${text}`).includes("from 0 to 65535"), true, text);
  }
  assertEquals(
    refused("a", "--level", "0"),
    'The option --level of "vango x" takes a whole number of at least 1, got "0"',
  );
  assertEquals(
    refused("a", "-t", "standart"),
    'The option -t of "vango x" takes one of minimal, standard, got "standart": did you mean "standard"?',
  );
  assertEquals(refused("a", "--open=maybe"), 'The option --open of "vango x" takes no value, got "maybe"');
});

Deno.test("parseCommandArgs() refuses an option without its value", () => {
  assertEquals(refused("a", "--host"), 'The option --host of "vango x" needs a value: <address>');
  for (const args of [["--host="], ["--host", "--open"], ["--host", "--"], ["-t"], ["-ot"]]) {
    assertEquals(refused("a", ...args).includes("needs a value"), true, args.join(" "));
  }
});

Deno.test("parseCommandArgs() refuses unknown options, and names the nearest", () => {
  assertEquals(refused("a", "--prot", "1"), 'Unknown option --prot of "vango x": did you mean --port?');
  assertEquals(refused("a", "-z"), 'Unknown option -z of "vango x"');
  assertEquals(refused("a", "--no-port"), 'Unknown option --no-port of "vango x": did you mean --port?');
  assertEquals(refused("a", "--constructor"), 'Unknown option --constructor of "vango x"');
});

Deno.test("parseCommandArgs() refuses missing arguments, and too many", () => {
  assertEquals(refused(), '"vango x" needs an argument: name');
  const one: Command = { args: [{ name: "name", help: "" }], examples: [] };
  assertThrows(
    () => parseCommandArgs("vango y", one, ["a", "b"]),
    VangoError,
    'Unknown argument "b" of "vango y"',
  );
});

Deno.test("parseCommandArgs() gives absent options their empty values", () => {
  assertEquals(parse("a").options, {
    port: undefined,
    level: undefined,
    host: undefined,
    template: undefined,
    method: [],
    open: false,
    quiet: false,
  });
});

Deno.test("parseCommandArgs() reads every spelling of an option", () => {
  for (const args of [["--port", "80"], ["--port=80"], ["-p", "80"], ["-p80"], ["-p=80"], ["-op80"]]) {
    assertEquals(parse("a", ...args).options.port, 80, args.join(" "));
  }
  assertEquals(parse("a", "-oq").options.quiet, true);
  assertEquals(parse("a", "--open=false").options.open, false);
  assertEquals(parse("a", "--open", "--no-open").options.open, false);
});

Deno.test("parseCommandArgs() gathers repeated options, and takes the last of others", () => {
  const { options } = parse("a", "-m", "GET", "--method=POST", "--host", "x", "--host", "y");
  assertEquals(options.method, ["GET", "POST"]);
  assertEquals(options.host, "y");
});

Deno.test("parseCommandArgs() takes what follows -- as arguments", () => {
  assertEquals(parse("a", "--", "--open", "-z").args, ["a", "--open", "-z"]);
});

Deno.test("parseCommandArgs() passes on what it does not know, in its order", () => {
  const command: Command = { options: OPTIONS, passesOn: "deno test", examples: [] };
  const { options, args, rest } = parseCommandArgs("vango x", command, [
    "tests/a_test.ts",
    "--open",
    "--filter=b",
    "-j",
    "4",
    "--",
    "--port",
  ]);
  assertEquals([args, rest], [[], ["tests/a_test.ts", "--filter=b", "-j", "4", "--port"]]);
  assertEquals((options as unknown as Found["options"]).open, true);
});
