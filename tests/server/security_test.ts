/** @module */
import { assert, assertEquals, assertFalse, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { VangoError } from "../../server/errors.ts";
import { checkOrigin, createTokens, parseOrigins, type TokenScope } from "../../server/security.ts";

const SECRET = "a secret of at least thirty-two characters";
const OTHER = "another secret of thirty-two characters, too";
const SCOPE: TokenScope = { purpose: "page", binding: "cookie", session: "id" };

Deno.test("createTokens() refuses to work without a secret", () => {
  assertThrows(() => createTokens([]), RangeError);
});

Deno.test("tokens.verify() refuses junk of any form", () => {
  const tokens = createTokens([SECRET]);
  const right = tokens.issue(SCOPE);
  const junk = [
    "",
    "x",
    right + "A",
    right.slice(1),
    right + "=",
    ` ${right}`,
    "é".repeat(22),
    "A".repeat(1e6),
  ];
  for (const token of junk) assertFalse(tokens.verify(token, SCOPE), token.slice(0, 50));
});

Deno.test("tokens.verify() refuses a token with any one character changed", () => {
  const tokens = createTokens([SECRET]);
  const right = tokens.issue(SCOPE);
  for (let at = 0; at < right.length; at++) {
    const changed = right.slice(0, at) + (right[at] === "A" ? "B" : "A") + right.slice(at + 1);
    assertFalse(tokens.verify(changed, SCOPE), `at ${at}`);
  }
});

Deno.test("tokens.verify() refuses another purpose, browser, session or secret", () => {
  const tokens = createTokens([SECRET]);
  const token = tokens.issue(SCOPE);
  assertFalse(tokens.verify(token, { ...SCOPE, purpose: "post" }));
  assertFalse(tokens.verify(token, { ...SCOPE, binding: "other" }));
  assertFalse(tokens.verify(token, { ...SCOPE, session: "other" }));
  assertFalse(createTokens([OTHER]).verify(token, SCOPE));
});

Deno.test("tokens keep the parts of a scope apart", () => {
  const tokens = createTokens([SECRET]);
  assertNotEquals(
    tokens.issue({ purpose: "post", binding: "ab", session: "c" }),
    tokens.issue({ purpose: "post", binding: "a", session: "bc" }),
  );
  assertThrows(() => tokens.issue({ ...SCOPE, binding: "a\0b" }), TypeError);
  assertFalse(tokens.verify("A".repeat(22), { ...SCOPE, session: "a\0b" }));
});

Deno.test("tokens.issue() gives 22 characters of base64url that verify() takes", () => {
  const tokens = createTokens([SECRET]);
  assertMatch(tokens.issue(SCOPE), /^[\w-]{22}$/);
  assert(tokens.verify(tokens.issue(SCOPE), SCOPE));
  assert(createTokens([SECRET]).verify(tokens.issue(SCOPE), SCOPE));
});

Deno.test("tokens of an old secret are taken until it is removed", () => {
  const old = createTokens([OTHER]).issue(SCOPE);
  const rotated = createTokens([SECRET, OTHER]);
  assert(rotated.verify(old, SCOPE));
  assertEquals(rotated.issue(SCOPE), createTokens([SECRET]).issue(SCOPE));
});

Deno.test("parseOrigins() refuses what is no origin", () => {
  const bad = [
    "*",
    "example.com",
    "https://",
    "https://example.com/path",
    "https://example.com/",
    "https://a@example.com",
    "ftp://example.com",
    "https://*",
    "https://*example.com",
    "https://a.*.com",
    "null",
    "",
  ];
  for (const item of bad) assertThrows(() => parseOrigins([item]), VangoError, `Cannot use "${item}"`);
});

/** own, Origin, Sec-Fetch-Site, result for a socket, result for a post. */
const MATRIX: [string, string | null, string | null, string, string][] = [
  // The same origin.
  ["https://a.com", "https://a.com", null, "ok", "ok"],
  ["https://a.com", "https://a.com", "same-origin", "ok", "ok"],
  ["https://a.com", "https://A.com", null, "ok", "ok"],
  ["https://a.com", "https://a.com:443", null, "ok", "ok"],
  ["http://localhost:8000", "http://localhost:8000", "same-origin", "ok", "ok"],
  ["http://[::1]:8000", "http://[::1]:8000", null, "ok", "ok"],
  // TLS ends in front of us.
  ["http://a.com", "https://a.com", "same-origin", "ok", "ok"],
  // Another scheme, port, host.
  ["https://a.com", "http://a.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "https://a.com:8443", null, "cross-origin", "cross-origin"],
  ["http://localhost:8000", "http://localhost:3000", "same-site", "cross-origin", "cross-origin"],
  ["https://a.com", "https://evil.com", "cross-site", "cross-origin", "cross-origin"],
  ["https://a.com", "https://a.com.evil.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "https://evil-a.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "https://sub.a.com", "same-site", "cross-origin", "cross-origin"],
  // The browser contradicts.
  ["https://a.com", "https://a.com", "cross-site", "cross-site", "cross-site"],
  ["https://a.com", "https://a.com", "same-site", "cross-site", "cross-site"],
  ["https://a.com", "https://a.com", "junk", "cross-site", "cross-site"],
  // No Origin.
  ["https://a.com", null, null, "missing", "ok"],
  ["https://a.com", null, "same-origin", "missing", "ok"],
  ["https://a.com", null, "none", "missing", "ok"],
  ["https://a.com", null, "cross-site", "missing", "missing"],
  ["https://a.com", null, "same-site", "missing", "missing"],
  // An opaque one: a sandboxed frame, a file, or a page with the policy no-referrer.
  ["https://a.com", "null", null, "opaque", "opaque"],
  ["https://a.com", "null", "cross-site", "opaque", "opaque"],
  ["https://a.com", "null", "none", "opaque", "opaque"],
  ["https://a.com", "null", "same-origin", "opaque", "ok"],
  // The allow-list.
  ["https://a.com", "https://good.com", "cross-site", "ok", "ok"],
  ["https://a.com", "http://good.com", "cross-site", "cross-origin", "cross-origin"],
  ["https://a.com", "https://x.wild.com", null, "ok", "ok"],
  ["https://a.com", "https://y.x.wild.com", null, "ok", "ok"],
  ["https://a.com", "https://wild.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "https://xwild.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "http://x.wild.com", null, "cross-origin", "cross-origin"],
  ["https://a.com", "https://x.wild.com:8443", null, "cross-origin", "cross-origin"],
  // Junk.
  ["https://a.com", "a.com", null, "malformed", "malformed"],
  ["https://a.com", "https://a.com/", null, "malformed", "malformed"],
  ["https://a.com", "https://a.com@evil.com", null, "malformed", "malformed"],
  ["https://a.com", "https://evil.com#a.com", null, "malformed", "malformed"],
  ["https://a.com", "https://a.com https://evil.com", null, "malformed", "malformed"],
  ["https://a.com", "", null, "malformed", "malformed"],
  ["https://a.com", "chrome-extension://abc", null, "malformed", "malformed"],
  ["https://a.com", "https://" + "a".repeat(10_000), null, "malformed", "malformed"],
  ["", "https://a.com", null, "cross-origin", "cross-origin"],
];

for (const [own, origin, site, socket, post] of MATRIX) {
  const shown = origin?.slice(0, 40) ?? "missing";
  Deno.test(`checkOrigin() with own ${own}, Origin ${shown}, Sec-Fetch-Site ${site}: ${socket}, ${post}`, () => {
    const headers = new Headers();
    if (origin !== null) headers.set("origin", origin);
    if (site !== null) headers.set("sec-fetch-site", site);
    const allowed = parseOrigins(["https://good.com", "https://*.wild.com"]);
    for (const [kind, wanted] of [["socket", socket], ["post", post]] as const) {
      const result = checkOrigin(headers, own, { kind, allowed });
      assertEquals(result.ok ? "ok" : result.reason, wanted, kind);
    }
  });
}
