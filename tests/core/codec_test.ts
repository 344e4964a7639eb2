/**
 * The encoding of state: what goes in comes out, what cannot is named, and hostile bytes are refused.
 *
 * @module
 */

import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeState, encodeState, StateError } from "../../core/mod.ts";

/** Bytes from hex digits; spaces are for the eye. */
function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Hex digits of bytes. */
function hex(of: Uint8Array): string {
  return Array.from(of, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** A value through the encoding and back. */
function trip(value: unknown): unknown {
  return decodeState(encodeState(value));
}

/** One value of every kind. */
const EVERYTHING = {
  nothing: [null, undefined],
  booleans: [true, false],
  numbers: [0, 127, 128, -1, 2 ** 47, -(2 ** 47), 2 ** 53, 1.5, -0, NaN, Infinity, -Infinity],
  bigints: [0n, 1n, -1n, 255n, 256n, -(2n ** 200n)],
  text: ["", "abc", "é€😀", "\uFEFFbom", "\uD800 lone", "x".repeat(100), "é".repeat(40)],
  dates: [new Date(0), new Date(-1.5e12), new Date(NaN)],
  map: new Map<unknown, unknown>([["a", 1], [2, new Map([[null, "in"]])], [{ k: 1 }, undefined]]),
  set: new Set<unknown>([1, "1", new Set([NaN])]),
  "odd key": { "": 1, "a b": 2, "\uD800": 3 },
  typed: [
    new Uint8Array([1, 2]),
    new Int8Array([-1]),
    new Uint8ClampedArray([255]),
    new Uint16Array([1, 65535]),
    new Int16Array([-2]),
    new Uint32Array([2 ** 32 - 1]),
    new Int32Array([-3]),
    new Float32Array([0.5, NaN]),
    new Float64Array([-0, 1e300]),
    new BigUint64Array([2n ** 64n - 1n]),
    new BigInt64Array([-1n]),
    new Uint8Array(0),
  ],
};

Deno.test("encodeState() names the path of what it cannot encode", () => {
  class User {}
  class Tags extends Array {}
  const cycle: Record<string, unknown> = { list: [] };
  (cycle.list as unknown[]).push({ cycle });
  const shared = { id: 1 };
  const cases: [unknown, string][] = [
    [() => 1, "at $: it is a function (anonymous)"],
    [{ user: { save: function save() {} } }, "at $.user.save: it is a function (save)"],
    [[1, Symbol("s")], "at $[1]: it is a symbol"],
    [{ "a b": { c: new User() } }, 'at $["a b"].c: it is an instance of User'],
    [new Map([["k", new Map([[1, new User()]])]]), 'at $.get("k").get(1): it is an instance of User'],
    [new Map([[new User(), 1]]), "at $.get(…): it is an instance of User"],
    [new Set([0, new User()]), "at $[1]: it is an instance of User"],
    [[/x/], "at $[0]: it is an instance of RegExp"],
    [[new Error("x")], "at $[0]: it is an instance of Error"],
    [[new Tags()], "at $[0]: it is an instance of Tags"],
    [[new DataView(new ArrayBuffer(1))], "at $[0]: it is an instance of DataView"],
    [[Object.create({})], "at $[0]: it is an instance of Object"],
    [{ a: { [Symbol("s")]: 1 } }, "at $.a: it is an object with symbols as keys"],
    [cycle, "at $.list[0].cycle: it is an object seen before in it (a cycle or a repeated reference)"],
    [
      { a: shared, b: [shared] },
      "at $.b[0]: it is an object seen before in it (a cycle or a repeated reference)",
    ],
    [1n << (8n << 20n), "at $: it is a bigint of more than 1048576 bytes"],
  ];
  for (const [value, message] of cases) {
    const error = assertThrows(() => encodeState(value), StateError, `Cannot encode the value ${message}`);
    assertEquals(error.code, "E031");
  }
});

Deno.test("encodeState() refuses values nested more than 256 deep, and shortens their path", () => {
  let value: unknown = 1;
  for (let i = 0; i < 256; i++) value = [value];
  assertEquals(encodeState(value).length, 2 * 256 + 1);
  const error = assertThrows(
    () => encodeState([value]),
    StateError,
    "it is a value nested more than 256 deep",
  );
  assert(error.message.length < 160, error.message);
});

Deno.test("decodeState() refuses every truncation and any byte too many", () => {
  const whole = encodeState(EVERYTHING);
  for (let length = 0; length < whole.length; length++) {
    assertThrows(() => decodeState(whole.subarray(0, length)), StateError, "Cannot decode state at byte ");
  }
  assertThrows(
    () => decodeState(bytes("00 00")),
    StateError,
    "Cannot decode state at byte 1: expected the end, 1 bytes are left",
  );
});

Deno.test("decodeState() refuses malformed bytes", () => {
  const huge = "ff ff ff ff ff ff ff 0f"; // 2^53 - 1
  const cases: [string, string][] = [
    ["", "at byte 0: the bytes end too early"],
    ["11", "at byte 0: unknown tag 0x11"],
    ["3f", "at byte 0: unknown tag 0x3f"],
    [`04 ff ff ff ff ff ff ff ff 01`, "a varint over 2^53 - 1"],
    [`04 ff ff ff ff ff ff ff 10`, "a varint over 2^53 - 1"],
    [`06 ${huge}`, "a length of 9007199254740991 where 0 bytes are left"],
    [`07 ${huge}`, "a length of 9007199254740991"],
    [`08 ${huge}`, "a length of 9007199254740991"],
    [`0b ${huge} 00 00`, "a length of 9007199254740991 where 2 bytes are left"],
    [`0c ${huge}`, "a length of 9007199254740991"],
    [`0d ${huge}`, "a length of 9007199254740991"],
    [`0e ${huge}`, "a length of 9007199254740991"],
    [`0f ${huge}`, "a length of 9007199254740991"],
    [`10 00 ${huge}`, "a length of 9007199254740991"],
    ["0b 03 00 00", "a length of 3 where 2 bytes are left"],
    ["0c 01 41", "a length of 1 where 1 bytes are left"],
    ["0d 02 00 00 00", "a length of 2 where 3 bytes are left"],
    ["0c 01 80 00", "at byte 2: expected a string as key"],
    ["0c 01 0b 00 00", "at byte 2: expected a string as key"],
    ["41 ff", "at byte 1: not UTF-8"],
    ["43 ed a0 80", "at byte 1: not UTF-8"],
    ["07 01 41", "1 bytes are no whole UTF-16"],
    ["10 0b 00", "unknown kind of typed array 11"],
    ["10 08 04 00 00 00 00", "4 bytes are no whole Float64Array"],
    ["05 00 00", "at byte 1: the bytes end too early"],
  ];
  for (const [input, message] of cases) {
    assertThrows(() => decodeState(bytes(input)), StateError, message);
  }
});

Deno.test("decodeState() refuses a bigint of more than 1 MiB", () => {
  const input = new Uint8Array(5 + (1 << 20) + 1);
  input.set(bytes("08 81 80 40"));
  assertThrows(
    () => decodeState(input),
    StateError,
    "a bigint of 1048577 bytes, at most 1048576 are allowed",
  );
});

Deno.test("decodeState() refuses bombs of depth, whatever nests", () => {
  for (
    const [name, open] of [["array", "0b 01"], ["set", "0e 01"], ["map", "0d 01"], ["object", "0c 01 40"]]
  ) {
    const input = bytes(open.repeat(10_000) + "00".repeat(10_001));
    assertThrows(() => decodeState(input), StateError, "nested more than 256 deep", name);
  }
});

Deno.test("decodeState() makes of any bytes a value or a StateError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
      try {
        decodeState(input);
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
});

Deno.test("decodeState() makes of a good encoding with one byte changed a value or a StateError", () => {
  const whole = encodeState(EVERYTHING);
  for (let at = 0; at < whole.length; at++) {
    for (const flip of [0x01, 0x40, 0xff]) {
      const input = whole.slice();
      input[at] ^= flip;
      try {
        decodeState(input);
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
      }
    }
  }
});

Deno.test("decodeState() makes __proto__ an own key and pollutes nothing", () => {
  const made = trip(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'));
  assertEquals(Object.keys(made as object), ["__proto__", "constructor"]);
  assertStrictEquals(Object.getPrototypeOf(made), Object.prototype);
  assertStrictEquals((made as { admin?: boolean }).admin, undefined);
  assertStrictEquals(({} as { admin?: boolean }).admin, undefined);
});

Deno.test("encodeState() and decodeState() carry every kind of value", () => {
  for (const [name, value] of Object.entries(EVERYTHING)) {
    const list = value instanceof Array ? value : [value];
    for (const item of list) {
      const back = trip(item);
      assertEquals(back, item, name);
      if (typeof item === "number") assertStrictEquals(Object.is(back, item), true, String(item));
      if (typeof item === "object" && item !== null) {
        assertStrictEquals(Object.getPrototypeOf(back), Object.getPrototypeOf(item), name);
      }
    }
  }
});

Deno.test("encodeState() carries an ArrayBuffer, and of a view only what it shows", () => {
  const buffer = Uint8Array.of(1, 2, 3, 4).buffer;
  const back = trip(buffer) as ArrayBuffer;
  assert(back instanceof ArrayBuffer);
  assertEquals([...new Uint8Array(back)], [1, 2, 3, 4]);
  const view = trip(new Uint8Array(buffer, 1, 2)) as Uint8Array;
  assertEquals([[...view], view.buffer.byteLength], [[2, 3], 2]);
});

Deno.test("encodeState() makes holes undefined and gives objects without a prototype the ordinary one", () => {
  const holes = [1, , 3]; // deno-lint-ignore-line
  assertEquals(trip(holes), [1, undefined, 3]);
  const bare = trip(Object.assign(Object.create(null), { a: 1 }));
  assertEquals(Object.entries(bare as object), [["a", 1]]);
  assertStrictEquals(Object.getPrototypeOf(bare), Object.prototype);
});

Deno.test("decodeState() reads from a view at an odd offset", () => {
  const inner = encodeState(new Float64Array([1.5]));
  const outer = new Uint8Array(inner.length + 3);
  outer.set(inner, 3);
  assertEquals(decodeState(outer.subarray(3)), new Float64Array([1.5]));
});

Deno.test("encodeState() keeps its bytes, which stored snapshots rely on", () => {
  const cases: [unknown, string][] = [
    [null, "00"],
    [undefined, "01"],
    [false, "02"],
    [true, "03"],
    [0, "80"],
    [127, "ff"],
    [128, "04 80 02"],
    [-1, "04 01"],
    [1.5, "05 00 00 00 00 00 00 f8 3f"],
    [-0, "05 00 00 00 00 00 00 00 80"],
    ["", "40"],
    ["hé", "43 68 c3 a9"],
    ["x".repeat(64), "06 40" + " 78".repeat(64)],
    ["\uD800", "07 02 00 d8"],
    [256n, "08 02 01 00"],
    [-1n, "09 01 01"],
    [new Date(0), "0a 00 00 00 00 00 00 00 00"],
    [[1, 2], "0b 02 81 82"],
    [{ a: 1 }, "0c 01 41 61 81"],
    [new Map([[1, 2]]), "0d 01 81 82"],
    [new Set([1]), "0e 01 81"],
    [Uint8Array.of(7).buffer, "0f 01 07"],
    [new Uint16Array([258]), "10 03 02 02 01"],
  ];
  for (const [value, expected] of cases) assertEquals(hex(encodeState(value)), expected);
});

Deno.test("encodeState() and decodeState() are inverse for any value", () => {
  const leaf = fc.oneof(
    fc.constantFrom(null, undefined, NaN, -0, Infinity),
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.bigInt(),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array(),
    fc.float64Array(),
  );
  const { any } = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, depthSize: "small" },
      leaf,
      fc.array(tie("any"), { maxLength: 6 }),
      fc.dictionary(fc.string(), tie("any"), { maxKeys: 6, noNullPrototype: true }),
      fc.array(fc.tuple(tie("any"), tie("any")), { maxLength: 5 }).map((pairs) => new Map(pairs)),
      fc.array(tie("any"), { maxLength: 5 }).map((items) => new Set(items)),
    ),
  }));
  fc.assert(
    fc.property(any, (value) => {
      const encoded = encodeState(value);
      const back = decodeState(encoded);
      assertEquals(back, value);
      assertEquals(hex(encodeState(back)), hex(encoded));
    }),
    { numRuns: 500 },
  );
});
