/** @module */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { VangoError } from "../../server/errors.ts";
import {
  createLogger,
  formatPretty,
  type Logger,
  type LoggerOptions,
  type LogRecord,
} from "../../server/log.ts";

function recording(options: LoggerOptions = {}): { logger: Logger; records: LogRecord[] } {
  const records: LogRecord[] = [];
  const logger = createLogger({
    level: "debug",
    now: () => 0,
    sink: (record) => records.push(record),
    ...options,
  });
  return { logger, records };
}

Deno.test("createLogger() refuses a level that there is not", () => {
  assertThrows(() => createLogger({ level: "loud" as "info" }), VangoError, '"loud"');
  assertThrows(() => createLogger({ level: "toString" as "info" }), VangoError);
});

Deno.test("createLogger() takes its level from VANGO_LOG, in any case", () => {
  Deno.env.set("VANGO_LOG", "WARN");
  try {
    const { logger, records } = recording({ level: undefined });
    logger.info("no");
    logger.warn("yes");
    assertEquals(records.map((record) => record.message), ["yes"]);
    assertEquals([logger.enabled("info"), logger.enabled("error")], [false, true]);
  } finally {
    Deno.env.delete("VANGO_LOG");
  }
});

Deno.test("a logger never throws, whatever it is given", () => {
  const { logger, records } = recording();
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const hostile = {
    get x(): never {
      throw new Error("getter");
    },
  };
  logger.info("circular", { circular });
  logger.info("hostile", { hostile });
  logger.info("odd", {
    big: 1n,
    fn() {},
    sym: Symbol("s"),
    nan: NaN,
    none: undefined,
    nil: null,
    bad: new Date(NaN),
  });
  assertEquals(records.map((record) => record.message), ["circular", "odd"]);
  assertStringIncludes(JSON.stringify(records[0]), "[deeper]");
  assertEquals([records[1].big, records[1].nan, records[1].nil, records[1].bad], [
    "1",
    "NaN",
    null,
    "Invalid Date",
  ]);
  assertEquals("none" in records[1], false);
  createLogger({
    level: "info",
    sink: () => {
      throw new Error("disk full");
    },
  }).error("lost");
});

Deno.test("a logger bounds strings, lists, objects and depth", () => {
  const { logger, records } = recording();
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]));
  logger.info("big", { text: "x".repeat(1e6), list: Array(1e5).fill(1), many, bytes: new Uint8Array(1e6) });
  assert(JSON.stringify(records[0]).length < 12_000);
  assertEquals(records[0].bytes, "[1000000 bytes]");
});

Deno.test("a logger leaves out secrets, at any depth", () => {
  const { logger, records } = recording({ redact: ["Pin"] });
  logger.info("x", {
    token: "t",
    headers: new Map([["Cookie", "c"]]),
    user: { password: "p", pin: 1, name: "n" },
  });
  assertEquals(records[0].token, "[redacted]");
  assertEquals({ ...(records[0].headers as object) }, { Cookie: "[redacted]" });
  assertEquals({ ...(records[0].user as object) }, { password: "[redacted]", pin: "[redacted]", name: "n" });
});

Deno.test("a logger does not let fields pose as its own", () => {
  const { logger, records } = recording();
  logger.info("true", { message: "false", level: "error", time: "never" });
  assertEquals(records[0], {
    time: "1970-01-01T00:00:00.000Z",
    level: "info",
    message: "true",
    _message: "false",
    _level: "error",
    _time: "never",
  });
});

Deno.test("a logger writes errors with code, stack and causes", () => {
  const { logger, records } = recording();
  const cause = new TypeError("inner");
  logger.error("Failed", { error: new VangoError("x-code", "outer", { cause }) });
  const error = records[0].error as Record<string, unknown>;
  assertEquals([error.name, error.message, error.code], ["VangoError", "outer", "x-code"]);
  assertStringIncludes(String(error.stack), "log_test.ts");
  assertEquals((error.cause as Record<string, unknown>).message, "inner");
  const loop = new Error("loop");
  loop.cause = loop;
  logger.error("Loop", { error: loop });
  assertEquals(records.length, 2);
});

Deno.test("logger.child() adds fields to each record; the record's own win", () => {
  const { logger, records } = recording();
  const child = logger.child({ session: "s", event: 1 }).child({ event: 2 });
  child.debug("a");
  child.debug("b", { event: 3 });
  logger.debug("c");
  assertEquals(records.map(({ session, event }) => [session, event]), [["s", 2], ["s", 3], [
    undefined,
    undefined,
  ]]);
});

Deno.test("logger.once() writes for the first call with a key, in all of the family", () => {
  const { logger, records } = recording();
  logger.once("k").warn("first");
  logger.child({ a: 1 }).once("k").warn("second");
  logger.once("other").warn("third");
  assertEquals(records.map((record) => record.message), ["first", "third"]);
});

Deno.test("logger.once() does not grow without end", () => {
  const { logger, records } = recording();
  for (let i = 0; i < 20_000; i++) logger.once(`k${i}`).info("x");
  assertEquals(records.length, 10_000);
});

Deno.test("formatPretty() puts fields behind the message and the stack below, without control characters", () => {
  const { logger, records } = recording();
  const error = new Error("bad\u001b[31m", { cause: new Error("why") });
  error.stack = "Error: bad\n    at x";
  (error.cause as Error).stack = "Error: why";
  logger.warn("Hello\nERROR forged", { session: "s\u202e1", n: 2, list: [1], error });
  assertEquals(
    formatPretty(records[0]),
    "00:00:00.000 WARN  Hello\\u000aERROR forged  session=s\\u202e1 n=2 list=[1] error=bad\\u001b[31m\n" +
      "    Error: bad\n        at x\n    caused by Error: why",
  );
});

Deno.test("createLogger() writes JSON lines: info to standard output, errors to standard error", async () => {
  const url = new URL("../../server/log.ts", import.meta.url).href;
  const code = `import { createLogger } from "${url}";
    const logger = createLogger();
    logger.debug("no"); logger.info("one", { a: 1 }); logger.error("two\\nlines");`;
  const output = await new Deno.Command(Deno.execPath(), { args: ["eval", code], env: { VANGO_LOG: "" } })
    .output();
  const [out, err] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  assertEquals([JSON.parse(out).message, JSON.parse(out).a], ["one", 1]);
  assertEquals(JSON.parse(err).message, "two\nlines");
});
