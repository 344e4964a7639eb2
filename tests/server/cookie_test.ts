/** @module */
import { assert, assertEquals, assertFalse, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { isBinding, newBinding, readBinding, readCookie, serializeBinding } from "../../server/cookie.ts";

const A = "AAAAAAAAAAAAAAAAAAAAAA";
const B = "BBBBBBBBBBBBBBBBBBBBBA";

Deno.test("readBinding() gives null for headers without a well-formed binding", () => {
  const junk = [
    "",
    ";",
    ";;;;",
    "=",
    "vango",
    "vango=",
    "vango=short",
    `vango=${A}x`,
    `vango =${A}`,
    `Vango=${A}`,
    `xvango=${A}`,
    `vangox=${A}`,
    `vango=${A.slice(1)}\0`,
    `vango=${A.slice(1)}!`,
    `vango="${A}`,
    `__Host-vango=${A}`,
    `a=vango=${A}`,
  ];
  for (const header of junk) assertEquals(readBinding(header, false), null, header);
  assertEquals(readBinding(null, false), null);
});

Deno.test("readBinding() takes only the prefixed name over HTTPS", () => {
  assertEquals(readBinding(`vango=${A}`, true), null);
  assertEquals(readBinding(`vango=${A}; __Host-vango=${B}`, true), B);
});

Deno.test("readBinding() finds the cookie in any place, quoted or not", () => {
  assertEquals(readBinding(`vango=${A}`, false), A);
  assertEquals(readBinding(`a=1; b=2;vango=${A} ; c`, false), A);
  assertEquals(readBinding(`a; =x; \t vango="${A}"`, false), A);
});

Deno.test("readBinding() takes the first well-formed of several", () => {
  assertEquals(readBinding(`vango=junk; vango=${A}; vango=${B}`, false), A);
});

Deno.test("readBinding() refuses the spellings of a value that decode to the same bits", () => {
  assertFalse(isBinding("AAAAAAAAAAAAAAAAAAAAAB"));
  assert(isBinding("AAAAAAAAAAAAAAAAAAAAAQ"));
});

Deno.test("readBinding() takes linear time for a huge header", () => {
  const started = performance.now();
  assertEquals(readBinding("vango=;".repeat(300_000) + `vango=${A}`, false), A);
  assertEquals(readBinding(" ".repeat(2_000_000), false), null);
  assertEquals(readBinding("vango".repeat(400_000), false), null);
  assert(performance.now() - started < 2_000, "took too long");
});

Deno.test("readCookie() reads no further than its own pair", () => {
  assertEquals(readCookie("a=1; b=2", "a"), "1");
  assertEquals(readCookie("a;=b", "a"), null);
  assertEquals(readCookie("a=", "a"), "");
  assertEquals(readCookie("a=b=c", "a"), "b=c");
});

Deno.test("newBinding() gives well-formed values that differ", () => {
  const values = Array.from({ length: 200 }, newBinding);
  assert(values.every(isBinding));
  assertEquals(new Set(values).size, 200);
  assertNotEquals(values[0], values[1]);
});

Deno.test("serializeBinding() refuses a value that could change the header", () => {
  assertThrows(() => serializeBinding(`${A}; Domain=x`, { secure: true }), TypeError);
  assertThrows(() => serializeBinding("", { secure: false }), TypeError);
});

Deno.test("serializeBinding() sets the attributes that the prefix wants", () => {
  assertEquals(
    serializeBinding(A, { secure: true, maxAge: 60.5 }),
    `__Host-vango=${A}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure`,
  );
  const plain = serializeBinding(A, { secure: false });
  assertEquals(plain, `vango=${A}; Path=/; HttpOnly; SameSite=Lax`);
  assertMatch(plain, /^vango=[\w-]{22};/);
});
