/** @module */
import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { createCsp, newNonce, setSecurityHeaders } from "../../server/csp.ts";
import { VangoError } from "../../server/errors.ts";

const NONCE = "AAAAAAAAAAAAAAAAAAAAAA";

Deno.test("createCsp() refuses directives and sources that would change the policy", () => {
  for (const source of ["a b", "a;b", "a,b", "", "a\n", "a\0", "é"]) {
    assertThrows(() => createCsp({ add: { "img-src": [source] } }), VangoError, "img-src");
  }
  for (const name of ["img src", "Img-Src", "x;", "", "1"]) {
    assertThrows(() => createCsp({ add: { [name]: [] } }), VangoError, "directive");
  }
});

Deno.test("csp.value() refuses what is no nonce", () => {
  const csp = createCsp();
  for (const nonce of ["", "short", "'; script-src *; ", "A".repeat(22) + "\n", "A".repeat(22) + "==="]) {
    assertThrows(() => csp.value(nonce), TypeError);
  }
});

Deno.test("csp.value() is the default policy with the nonce", () => {
  assertEquals(
    createCsp().value(NONCE),
    "default-src 'self'; script-src 'self' 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; script-src-attr 'none'; " +
      "style-src 'self' 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; style-src-attr 'unsafe-inline'; " +
      "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
      "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vango",
  );
});

Deno.test("createCsp() adds sources, in the place of 'none', and leaves directives out", () => {
  const csp = createCsp({
    add: {
      "img-src": ["https://cdn.example.com", "data:"],
      "frame-ancestors": ["https://host.example"],
      "object-src": [],
      "media-src": ["blob:"],
      "form-action": null,
    },
  });
  const value = csp.value(NONCE);
  assertStringIncludes(value, "img-src 'self' data: blob: https://cdn.example.com;");
  assertStringIncludes(value, "frame-ancestors https://host.example;");
  assertStringIncludes(value, "object-src 'none';");
  assertMatch(value, /; media-src blob:$/);
  assertEquals(value.includes("form-action"), false);
});

Deno.test("createCsp() changes no other policy", () => {
  const before = createCsp().value(NONCE);
  createCsp({ add: { "img-src": ["https://x.example"], "script-src": null } });
  assertEquals(createCsp().value(NONCE), before);
});

Deno.test("createCsp() names the header that only reports", () => {
  assertEquals(createCsp().name, "content-security-policy");
  assertEquals(createCsp({ reportOnly: true }).name, "content-security-policy-report-only");
});

Deno.test("newNonce() gives values that differ and that a policy takes", () => {
  const nonces = Array.from({ length: 100 }, newNonce);
  assertEquals(new Set(nonces).size, 100);
  const csp = createCsp();
  assert(nonces.every((nonce) => nonce.length === 22 && csp.value(nonce).includes(`'nonce-${nonce}'`)));
});

Deno.test("setSecurityHeaders() sets what is not set already", () => {
  const headers = new Headers({ "referrer-policy": "no-referrer" });
  setSecurityHeaders(headers);
  assertEquals([...headers], [
    ["referrer-policy", "no-referrer"],
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "DENY"],
  ]);
});
