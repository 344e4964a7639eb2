import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalPath, href, RouteError } from "../../router/mod.ts";

const CASES = [
  ["", "/"],
  ["about", "/about"],
  ["/blog/", "/blog"],
  ["/blog//post", "/blog/post"],
  ["//evil.example/x", "/evil.example/x"],
  ["/a/./b", "/a/b"],
  ["/a/%2e/b/%2E%2e/c", "/a/c"],
  ["/blog/posts/../other", "/blog/other"],
  ["/blog/../", "/"],
  ["/path/%2Fok", "/path/%2Fok"],
  ["/%C3%BCber", "/%C3%BCber"],
  ["/.well-known/x", "/.well-known/x"],
  ["/...", "/..."],
  ["/%61bout", "/about"],
  ["/%61%2D%7e", "/a-~"],
  ["/a%40b;c=1%2C2", "/a@b;c=1,2"],
  ["/path/%2f%5c%25", "/path/%2F%5C%25"],
  ["/%c3%bcber", "/%C3%BCber"],
  ["/über", "/%C3%BCber"],
  ["/a[b]|c", "/a%5Bb%5D%7Cc"],
  ["/%2561bout", "/%2561bout"],
  ["/%2e%2e%2e/%2ex", "/.../.x"],
];

for (const [path, wanted] of CASES) {
  Deno.test(`canonicalPath() makes ${JSON.stringify(path)} ${wanted}`, () => {
    assertEquals(canonicalPath(path), wanted);
  });
}

const WRONG = [
  ["/a\\b", 'has "\\\\" at 2'],
  ["/a\0", 'has "\\u0000" at 2'],
  ["/a%00", 'has "%00" at 2'],
  ["/path/%2", 'has "%" at 6'],
  ["/path/%GG", 'has "%" at 6'],
  ["/path/100%", 'has "%" at 9'],
  ["/%FF", "has escapes that are no UTF-8"],
  ["/%ED%A0%80", "has escapes that are no UTF-8"],
  ["/a\ud800", "has half a character"],
  ["/../secret", "leads above the root"],
  ["/a/%2e%2e/../b", "leads above the root"],
  ["/" + "a".repeat(10_000), "is longer than 8192 characters"],
];

for (const [path, why] of WRONG) {
  Deno.test(`canonicalPath() refuses ${JSON.stringify(path.slice(0, 20))}: it ${why}`, () => {
    const error = assertThrows(() => canonicalPath(path), RouteError, why);
    assertEquals(error.code, "invalid-path");
    assertEquals(error.message.length < 300, true);
  });
}

Deno.test("canonicalPath() of what names the same segments is the same, however they are escaped", () => {
  const escape = (text: string) =>
    Array.from(new TextEncoder().encode(text), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const text = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/[\\\0]/.test(text));
  fc.assert(fc.property(text, (text) => {
    assertEquals(canonicalPath(`/${escape(text)}`), canonicalPath(`/${encodeURIComponent(text)}`));
    // What links say is canonical.
    if (!/^\.{0,2}$|\//.test(text)) {
      const link = href("/:name", { name: text });
      assertEquals(canonicalPath(link), link);
      assertEquals(canonicalPath(new URL(link, "http://localhost").pathname), link);
    }
  }));
});

Deno.test("canonicalPath() of a canonical path is that path, whatever it is made of", () => {
  const part = fc.oneof(fc.constantFrom("", ".", "..", "%2e", "%2F", "a", "é", "%C3%A9", "..."), fc.string());
  fc.assert(fc.property(fc.array(part), (parts) => {
    let path;
    try {
      path = canonicalPath(parts.join("/"));
    } catch (error) {
      if (error instanceof RouteError) return;
      throw error;
    }
    assertEquals(canonicalPath(path), path);
    assertEquals(/^\/(?:[^/]+(?:\/[^/]+)*)?$/s.test(path), true, path);
    assertEquals(path.split("/").some((segment) => segment === "." || segment === ".."), false, path);
  }));
});
