/**
 * Parts of files, and their types.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { contentType } from "../../server/content_types.ts";
import { readRange } from "../../server/range.ts";

const RANGES: [header: string | null, wanted: [number, number] | "unsatisfiable" | null][] = [
  [null, null],
  ["bytes=0-0", [0, 0]],
  ["bytes=0-", [0, 99]],
  ["bytes=5-9", [5, 9]],
  ["BYTES=5-9", [5, 9]],
  ["bytes=90-1000", [90, 99]],
  ["bytes=-5", [95, 99]],
  ["bytes=-1000", [0, 99]],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=100-200", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=9-5", null],
  ["bytes=-", null],
  ["bytes=", null],
  ["bytes=a-b", null],
  ["bytes=1.5-2", null],
  ["bytes=0x1-2", null],
  ["bytes=1-2,4-5", null],
  ["items=0-1", null],
  ["bytes=99999999999999999999-", null],
];

Deno.test("readRange() reads one part, and takes what it cannot read for none", () => {
  for (const [header, wanted] of RANGES) {
    const expected = Array.isArray(wanted) ? { start: wanted[0], end: wanted[1] } : wanted;
    assertEquals(readRange(header, 100), expected, String(header));
  }
  assertEquals(readRange("bytes=0-", 0), "unsatisfiable");
  assertEquals(readRange("bytes=-5", 0), "unsatisfiable");
});

Deno.test("contentType() knows what browsers must know, and takes the rest for bytes", () => {
  const cases = [
    ["a/INDEX.HTML", "text/html; charset=utf-8"],
    ["a.b.css", "text/css; charset=utf-8"],
    ["x.mjs", "text/javascript; charset=utf-8"],
    ["x.json", "application/json"],
    ["x.svg", "image/svg+xml; charset=utf-8"],
    ["x.woff2", "font/woff2"],
    ["x.wasm", "application/wasm"],
    ["x.unknown", "application/octet-stream"],
    ["x.constructor", "application/octet-stream"],
    ["html", "application/octet-stream"],
    ["x.", "application/octet-stream"],
  ];
  for (const [name, type] of cases) assertEquals(contentType(name), type, name);
});
