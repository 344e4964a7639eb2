/**
 * What this repository uses of `@std`: each function with its signature, and the behaviour that it relies on.
 *
 * The stand-ins of std/ and the real packages pass alike: a signature here is what callers are checked against, so a
 * function is assignable to it, not equal. To try the real ones, run this file where JSR is in reach with a
 * configuration that has the `imports` of deno.json and no workspace.
 *
 * @module
 */
import * as assert from "@std/assert";
import { parseArgs } from "@std/cli";
import { decodeBase64Url, encodeBase64Url, encodeHex } from "@std/encoding";
import { exists, walk } from "@std/fs";
import { getCookies, setCookie } from "@std/http";

const { assertEquals, assertRejects, assertThrows } = assert;

// deno-lint-ignore no-explicit-any -- as in the real package, which accepts any class
type AnyClass<E = unknown> = abstract new (...args: any[]) => E;

interface Signatures {
  assert: (expr: unknown, msg?: string) => asserts expr;
  assertFalse: (expr: unknown, msg?: string) => void;
  assertEquals: <T>(actual: T, expected: T, msg?: string) => void;
  assertNotEquals: <T>(actual: T, expected: T, msg?: string) => void;
  assertStrictEquals: <T>(actual: unknown, expected: T, msg?: string) => asserts actual is T;
  assertNotStrictEquals: <T>(actual: T, expected: T, msg?: string) => void;
  assertExists: <T>(actual: T, msg?: string) => asserts actual is NonNullable<T>;
  assertStringIncludes: (actual: string, expected: string, msg?: string) => void;
  assertMatch: (actual: string, expected: RegExp, msg?: string) => void;
  assertGreaterOrEqual: <T>(actual: T, expected: T, msg?: string) => void;
  assertLessOrEqual: <T>(actual: T, expected: T, msg?: string) => void;
  assertThrows: <E extends Error>(
    fn: () => unknown,
    type: AnyClass<E>,
    msgIncludes?: string,
    msg?: string,
  ) => E;
  assertRejects: <E extends Error>(
    fn: () => PromiseLike<unknown>,
    type: AnyClass<E>,
    msgIncludes?: string,
    msg?: string,
  ) => Promise<E>;
  encodeBase64Url: (data: ArrayBuffer | Uint8Array<ArrayBuffer> | string) => string;
  decodeBase64Url: (text: string) => Uint8Array;
  encodeHex: (src: string | Uint8Array<ArrayBuffer> | ArrayBuffer) => string;
  exists: (path: string | URL, options?: { isFile?: boolean; isDirectory?: boolean }) => Promise<boolean>;
  walk: (
    root: string,
    options?: { includeFiles?: boolean; includeDirs?: boolean; exts?: string[]; skip?: RegExp[] },
  ) => AsyncIterable<Deno.DirEntry & { path: string }>;
  getCookies: (headers: Headers) => Record<string, string>;
  setCookie: (headers: Headers, cookie: Cookie) => void;
}

interface Cookie {
  name: string;
  value: string;
  expires?: Date | number;
  maxAge?: number;
  domain?: string;
  path?: string;
  secure?: boolean;
  httpOnly?: boolean;
  sameSite?: "Strict" | "Lax" | "None";
}

const used: Signatures = {
  assert: assert.assert,
  assertFalse: assert.assertFalse,
  assertEquals: assert.assertEquals,
  assertNotEquals: assert.assertNotEquals,
  assertStrictEquals: assert.assertStrictEquals,
  assertNotStrictEquals: assert.assertNotStrictEquals,
  assertExists: assert.assertExists,
  assertStringIncludes: assert.assertStringIncludes,
  assertMatch: assert.assertMatch,
  assertGreaterOrEqual: assert.assertGreaterOrEqual,
  assertLessOrEqual: assert.assertLessOrEqual,
  assertThrows: assert.assertThrows,
  assertRejects: assert.assertRejects,
  encodeBase64Url,
  decodeBase64Url,
  encodeHex,
  exists,
  walk,
  getCookies,
  setCookie,
};

/** Runs an assertion that must fail, and gives its message. */
function failure(fn: () => void): string {
  return assertThrows(fn, assert.AssertionError).message;
}

Deno.test("the functions of @std are those listed", () => {
  for (const [name, fn] of Object.entries(used)) assertEquals(typeof fn, "function", name);
});

Deno.test("assertEquals() tells unequal values apart at any depth", () => {
  class Point {
    constructor(public x: number) {}
  }
  const pairs: [unknown, unknown][] = [
    [1, 2],
    [0, null],
    [NaN, 0],
    ["1", 1],
    [[1, 2], [1, 2, 3]],
    [{ a: 1 }, { a: 2 }],
    [new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]])],
    [new Set([1]), new Set([2])],
    [new Date(0), new Date(1)],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Point(1), { x: 1 }],
    [/a/, /a/i],
    [new Error("a"), new Error("b")],
    [new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 3 }])],
    [{ a: undefined }, { b: undefined }],
    [[1, , 3], [1, 2, 3]],
  ];
  for (const [one, other] of pairs) {
    failure(() => assertEquals(one, other));
    assert.assertNotEquals(one, other);
  }
});

Deno.test("assertEquals() takes equal values of every kind for equal", () => {
  const make = () => ({
    a: [1, NaN, null, undefined],
    m: new Map([["k", new Set([1])]]),
    d: new Date(5),
    b: new Uint8Array([1, 2]),
    n: { o: 1n, s: "x" },
    i: new Date(NaN),
    e: new TypeError("no"),
    o: new Set([{ a: 1 }, [2]]),
  });
  assertEquals(make(), make());
  failure(() => assert.assertNotEquals(make(), make()));
  assertEquals(new Set([[1], { a: 2 }]), new Set<unknown>([{ a: 2 }, [1]]));
  const cycle = () => {
    const self: Record<string, unknown> = { a: 1 };
    self.self = self;
    return self;
  };
  assertEquals(cycle(), cycle());
});

Deno.test("failed assertions say what was expected, and the message given", () => {
  assert.assertStringIncludes(failure(() => assertEquals("one", "two", "the reason")), "the reason");
  assert.assertStringIncludes(failure(() => assertEquals("one", "two")), "two");
  assertEquals(failure(() => assert.assert(0, "the reason")), "the reason");
});

Deno.test("the other assertions pass and fail", () => {
  assert.assert(1);
  failure(() => assert.assert(""));
  assert.assertFalse(0);
  failure(() => assert.assertFalse(1));
  assert.assertStrictEquals(NaN, NaN);
  failure(() => assert.assertStrictEquals<unknown>({}, {}));
  failure(() => assert.assertStrictEquals(0, -0));
  assert.assertNotStrictEquals({}, {});
  failure(() => assert.assertNotStrictEquals("a", "a"));
  assert.assertExists(0);
  failure(() => assert.assertExists(null));
  failure(() => assert.assertExists(undefined));
  assert.assertStringIncludes("abc", "b");
  failure(() => assert.assertStringIncludes("abc", "d"));
  assert.assertMatch("abc", /b/);
  failure(() => assert.assertMatch("abc", /d/));
  assert.assertGreaterOrEqual(2, 2);
  failure(() => assert.assertGreaterOrEqual(1, 2));
  assert.assertLessOrEqual(2, 2);
  failure(() => assert.assertLessOrEqual(3, 2));
});

Deno.test("assertThrows() gives the error, and fails for another class, another message, or none", () => {
  const fn = () => {
    throw new RangeError("out of range");
  };
  assertEquals(assertThrows(fn, RangeError, "of range").message, "out of range");
  failure(() => assertThrows(fn, SyntaxError));
  failure(() => assertThrows(fn, RangeError, "in range"));
  failure(() => assertThrows(() => {}));
});

Deno.test("assertRejects() gives the error, and fails for another class, another message, or none", async () => {
  const fn = () => Promise.reject(new RangeError("out of range"));
  assertEquals((await assertRejects(fn, RangeError, "of range")).message, "out of range");
  for (
    const wrong of [
      () => assertRejects(fn, SyntaxError),
      () => assertRejects(fn, RangeError, "in range"),
      () => assertRejects(() => Promise.resolve()),
      () =>
        assertRejects(() => {
          throw new RangeError("thrown before there was a promise");
        }),
    ]
  ) {
    const error = await wrong().then(() => undefined, (error: unknown) => error);
    assert.assert(error instanceof assert.AssertionError);
  }
});

Deno.test("parseArgs() reads flags, values, aliases, lists and the rest", () => {
  const { _, ...flags } = parseArgs(
    ["build", "-vo", "dist", "--port=80", "--host", "::1", "--tag", "a", "--tag=b", "7", "--", "--raw"],
    {
      boolean: ["verbose", "quiet"],
      string: ["out", "host"],
      collect: ["tag"],
      alias: { verbose: "v", out: ["o"] },
      default: { host: "localhost", mode: "dev" },
    },
  );
  assertEquals(_, ["build", 7, "--raw"]);
  assertEquals(flags, {
    verbose: true,
    v: true,
    quiet: false,
    out: "dist",
    o: "dist",
    port: 80,
    host: "::1",
    tag: ["a", "b"],
    mode: "dev",
  });
});

Deno.test("parseArgs() keeps strings, spelled booleans and empty lists", () => {
  const args = parseArgs(["--id", "007", "--dry", "false", "--name", "--on=true"], {
    boolean: ["dry", "on"],
    string: ["id", "name", "list", "_"],
    collect: ["list"],
  });
  assertEquals({ ...args }, { _: [], id: "007", dry: false, name: "", on: true, list: [] });
});

Deno.test("parseArgs() takes what follows the dashes apart, and stops early", () => {
  assertEquals({ ...parseArgs(["a", "--", "-b"], { "--": true }) }, { _: ["a"], "--": ["-b"] });
  assertEquals({ ...parseArgs(["-a", "b", "-c"], { boolean: ["a"], stopEarly: true }) }, {
    _: ["b", "-c"],
    a: true,
  });
});

Deno.test("parseArgs() asks about what was not declared", () => {
  const asked: unknown[][] = [];
  const unknown = (arg: string, key?: string, value?: unknown) => {
    asked.push([arg, key, value]);
    return false;
  };
  const args = parseArgs(["--known", "x", "--other=1", "-z"], { boolean: ["known"], unknown });
  assertEquals({ ...args }, { _: [], known: true });
  assertEquals(asked, [["x", undefined, undefined], ["--other=1", "other", "1"], ["-z", "z", true]]);
});

Deno.test("base64url has the URL-safe alphabet and no padding", () => {
  const bytes = new Uint8Array([251, 255, 254, 0]);
  assertEquals(encodeBase64Url(bytes), "-__-AA");
  assertEquals(decodeBase64Url("-__-AA"), bytes);
  assertEquals(encodeBase64Url("å"), "w6U");
  assertEquals(encodeBase64Url(new Uint8Array([1]).buffer), "AQ");
  assertThrows(() => decodeBase64Url("a"), Error);
});

Deno.test("encodeHex() writes lower-case digits", () => {
  assertEquals(encodeHex(new Uint8Array([0, 171, 255])), "00abff");
  assertEquals(encodeHex("hi"), "6869");
  assertEquals(encodeHex(new Uint8Array([16]).buffer), "10");
});

Deno.test("exists() and walk() read a folder", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/a/b`, { recursive: true });
    await Deno.writeTextFile(`${root}/a/one.ts`, "");
    await Deno.writeTextFile(`${root}/a/b/two.md`, "");
    await Deno.symlink(`${root}/nowhere`, `${root}/a/link`);
    assertEquals(await exists(`${root}/a/one.ts`), true);
    assertEquals(await exists(`${root}/a/one.ts`, { isFile: true }), true);
    assertEquals(await exists(`${root}/a/one.ts`, { isDirectory: true }), false);
    assertEquals(await exists(`${root}/a/link`), false);
    const names = async (options?: Parameters<typeof walk>[1]) => {
      const entries = await Array.fromAsync(walk(root, options));
      return entries.map(({ path }) => path.slice(root.length)).sort();
    };
    assertEquals(await names(), ["", "/a", "/a/b", "/a/b/two.md", "/a/link", "/a/one.ts"]);
    assertEquals(await names({ includeDirs: false, exts: ["ts", ".md"] }), ["/a/b/two.md", "/a/one.ts"]);
    assertEquals(await names({ includeFiles: false, skip: [/\/a\/b$/] }), ["", "/a", "/a/link"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("getCookies() reads the header of a request", () => {
  assertEquals(getCookies(new Headers()), {});
  assertEquals(getCookies(new Headers({ cookie: "a=1; b=x=y; a=2; c=" })), { a: "2", b: "x=y", c: "" });
});

Deno.test("setCookie() writes attributes", () => {
  const headers = new Headers();
  setCookie(headers, {
    name: "id",
    value: "x",
    maxAge: 60,
    path: "/a",
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
    domain: "a.example",
  });
  setCookie(headers, { name: "__Host-s", value: "1", path: "/deep", domain: "a.example" });
  setCookie(headers, { name: "t", value: "", expires: 0.5 });
  assertEquals(headers.getSetCookie(), [
    "id=x; Secure; HttpOnly; Max-Age=60; Domain=a.example; SameSite=Lax; Path=/a",
    "__Host-s=1; Secure; Path=/",
    "t=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  ]);
});

Deno.test("setCookie() refuses what would break out of the header", () => {
  for (
    const cookie of [
      { name: "a b", value: "" },
      { name: "a=b", value: "" },
      { name: "a", value: "x; Path=/" },
      { name: "a", value: "ü" },
      { name: "a", value: "x", path: "/;x" },
      { name: "a", value: "x", domain: "-a.example" },
    ]
  ) assertThrows(() => setCookie(new Headers(), cookie), SyntaxError);
  assertThrows(() => setCookie(new Headers(), { name: "a", value: "", maxAge: -1 }), RangeError);
});
