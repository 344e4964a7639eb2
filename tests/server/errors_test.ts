/** @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkOptions, listenError, nearestName, VangoError } from "../../server/errors.ts";

interface Options {
  port?: number;
  ratio?: number;
  name?: string;
  mode?: "a" | "b";
  on?: boolean;
  run?: () => void;
  list?: string[];
  inner?: { maxFrame?: number };
  secret?: string | string[];
}

function messageOf(options: unknown): string {
  const error = assertThrows(() =>
    checkOptions<Options>(options as Options, {
      port: { type: "number", min: 0, max: 65_535 },
      ratio: { type: "number", fraction: true, unit: "percent" },
      name: { type: "string" },
      mode: { type: "string", oneOf: ["a", "b"] },
      on: { type: "boolean" },
      run: { type: "function" },
      list: { type: "array", of: { type: "string" } },
      inner: { type: "object", spec: { maxFrame: { type: "number", min: 1 } } },
      secret: { type: "either", of: [{ type: "string" }, { type: "array", of: { type: "string" } }] },
    }, "createApp()"), VangoError);
  assertEquals(error.code, "options");
  return error.message.replace("Cannot use the options of createApp(): ", "");
}

Deno.test("checkOptions() refuses what is no object", () => {
  assertEquals(messageOf(7), "they must be an object, got 7");
  assertEquals(messageOf([]), "they must be an object, got a list");
  assertEquals(messageOf(null), "they must be an object, got null");
});

Deno.test("checkOptions() names the option that was meant", () => {
  assertEquals(messageOf({ prot: 1 }), '"prot" is unknown, did you mean "port"?');
  assertEquals(
    messageOf({ inner: { maxframe: 1 } }),
    '"inner.maxframe" is unknown, did you mean "maxFrame"?',
  );
});

Deno.test("checkOptions() lists what is known when nothing is near", () => {
  assert(messageOf({ zzzzzzzzz: 1 }).startsWith('"zzzzzzzzz" is unknown, known are port, ratio, name'));
});

Deno.test("checkOptions() treats names of Object.prototype as unknown", () => {
  assert(messageOf({ toString: () => "" }).startsWith('"toString" is unknown'));
  assert(messageOf(JSON.parse('{"__proto__":1}')).startsWith('"__proto__" is unknown'));
});

Deno.test("checkOptions() refuses wrong types, and says what is wanted", () => {
  assertEquals(messageOf({ port: "80" }), '"port" must be a whole number from 0 to 65535, got "80"');
  assertEquals(messageOf({ port: 1.5 }), '"port" must be a whole number from 0 to 65535, got 1.5');
  assertEquals(messageOf({ port: NaN }), '"port" must be a whole number from 0 to 65535, got NaN');
  assertEquals(messageOf({ port: 65_536 }), '"port" must be a whole number from 0 to 65535, got 65536');
  assertEquals(messageOf({ ratio: Infinity }), '"ratio" must be a number (percent), got Infinity');
  assertEquals(messageOf({ name: null }), '"name" must be a string, got null');
  assertEquals(messageOf({ mode: "c" }), '"mode" must be one of "a", "b", got "c"');
  assertEquals(messageOf({ on: 1 }), '"on" must be a boolean, got 1');
  assertEquals(messageOf({ run: {} }), '"run" must be a function, got an object');
  assertEquals(messageOf({ list: ["a", 1] }), '"list[1]" must be a string, got 1');
  assertEquals(
    messageOf({ inner: { maxFrame: 0 } }),
    '"inner.maxFrame" must be a whole number of at least 1, got 0',
  );
  assertEquals(messageOf({ secret: 1 }), '"secret" must be a string or a list, each item a string, got 1');
});

Deno.test("checkOptions() does not print long strings, which may be secrets", () => {
  assertEquals(messageOf({ on: "s".repeat(44) }), '"on" must be a boolean, got a string of 44 characters');
});

Deno.test("checkOptions() tells all mistakes at once", () => {
  assertEquals(messageOf({ port: -1, on: 1 }).split("; ").length, 2);
});

Deno.test("checkOptions() refuses a required option that is missing", () => {
  const error = assertThrows(
    () =>
      checkOptions<{ page: unknown }>(
        { page: undefined },
        { page: { type: "any", required: true } },
        "createApp()",
      ),
    VangoError,
  );
  assertEquals(error.message, 'Cannot use the options of createApp(): "page" is missing');
});

Deno.test("checkOptions() takes no options, undefined values and right ones", () => {
  checkOptions<Options["inner"] & object>(undefined, { maxFrame: { type: "number" } }, "x");
  checkOptions<Options["inner"] & object>({ maxFrame: undefined }, { maxFrame: { type: "number" } }, "x");
  checkOptions<Options["inner"] & object>({ maxFrame: 1 }, { maxFrame: { type: "number" } }, "x");
});

Deno.test("nearestName() finds swaps and other cases, and nothing far off", () => {
  assertEquals(nearestName("maxSesions", ["maxQueue", "maxSessions"]), "maxSessions");
  assertEquals(nearestName("PORT", ["port"]), "port");
  assertEquals(nearestName("x", ["port"]), undefined);
  assertEquals(nearestName("p".repeat(10_000), ["port"]), undefined);
  assertEquals(nearestName("", ["port"]), undefined);
});

Deno.test("listenError() says what to do about each cause", () => {
  const at = { hostname: "127.0.0.1", port: 8000 };
  const taken = listenError(new Deno.errors.AddrInUse("x"), at);
  assertEquals(taken.code, "port-taken");
  assertEquals(
    taken.message,
    "Cannot listen on 127.0.0.1:8000: the port is taken. Stop the other program, or choose another port: " +
      "app.serve({ port: 8001 }).",
  );
  assertEquals(
    listenError(new Deno.errors.AddrInUse("x"), { ...at, variable: true }).hint,
    "Stop the other program, or choose another port: PORT=8001 in the environment.",
  );
  assertEquals(listenError(new Deno.errors.NotCapable("x"), at).hint, "Run with --allow-net=127.0.0.1:8000.");
  assert(
    listenError(new Deno.errors.PermissionDenied("x"), { hostname: "::", port: 80 }).hint.includes(
      "below 1024",
    ),
  );
  assertEquals(listenError(new Deno.errors.AddrNotAvailable("x"), at).code, "address");
  const other = listenError("odd", at);
  assertEquals([other.code, other.message], ["listen", "Cannot listen on 127.0.0.1:8000: odd"]);
  assertEquals(other.cause, "odd");
});

Deno.test("listenError() knows what Deno.serve throws for a taken port", async () => {
  using held = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = (held.addr as Deno.NetAddr).port;
  let thrown: unknown;
  try {
    await Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, () => new Response()).shutdown();
  } catch (error) {
    thrown = error;
  }
  assertEquals(listenError(thrown, { hostname: "127.0.0.1", port }).code, "port-taken");
});
