/** @module */
import { assert, assertEquals, assertExists, assertMatch } from "@std/assert";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createAssets, type Encoding, matchesETag, negotiateEncoding } from "../../server/assets.ts";

const SCRIPT = "console.log('hello');\n".repeat(200);
const FILES = {
  "/_vango/client.js": { body: SCRIPT, type: "text/javascript; charset=utf-8" },
  "/_vango/chunk-ABC.js": { body: SCRIPT + "1", type: "text/javascript", hashed: true },
  "/small.css": { body: "a{}", type: "text/css" },
  "/logo.png": { body: new Uint8Array(2000), type: "image/png" },
  "/noext": { body: "x", type: "text/plain" },
};

async function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  const response = await createAssets(FILES).handle(new Request(`http://x${path}`, { method, headers }));
  assertExists(response);
  return response;
}

Deno.test("assets.handle() gives null for a path that is none of its own", () => {
  const assets = createAssets(FILES);
  for (
    const path of [
      "/",
      "/_vango/",
      "/_vango/client.jsx",
      "/_vango/../etc/passwd",
      "/__proto__",
      "/constructor",
    ]
  ) {
    assertEquals(assets.handle(new Request(`http://x${path}`)), null, path);
  }
});

Deno.test("assets.handle() answers 405 with Allow to other methods", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const response = await get("/small.css", {}, method);
    assertEquals([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
  }
});

const ALL: Encoding[] = ["br", "gzip", "identity"];
const ACCEPT: [string | null, Encoding][] = [
  [null, "identity"],
  ["", "identity"],
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["GZIP", "gzip"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["gzip;q=0.5, br;q=0.5", "br"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0", "identity"],
  ["*", "br"],
  ["*;q=0", "identity"],
  ["*;q=0.5, br;q=0", "gzip"],
  ["identity, gzip;q=0.5", "identity"],
  ["identity;q=0.5, gzip;q=0.5", "gzip"],
  ["identity;q=0, gzip", "gzip"],
  ["identity;q=0", "identity"],
  ["gzip;q=2", "identity"],
  ["gzip;q=abc", "identity"],
  ["gzip;q=", "identity"],
  [";;;,,,;q=1", "identity"],
  ["gzip".repeat(500), "identity"],
];
for (const [accept, wanted] of ACCEPT) {
  Deno.test(`negotiateEncoding() picks ${wanted} for ${accept?.slice(0, 40)}`, () => {
    assertEquals(negotiateEncoding(accept, ALL), wanted);
  });
}

Deno.test("negotiateEncoding() picks only what is available", () => {
  assertEquals(negotiateEncoding("br, gzip;q=0.1", ["gzip", "identity"]), "gzip");
  assertEquals(negotiateEncoding("br", ["identity"]), "identity");
});

Deno.test("matchesETag() reads lists, weak tags and the star", () => {
  assert(matchesETag('"a"', '"a"'));
  assert(matchesETag('"b", W/"a" ,"c"', '"a"'));
  assert(matchesETag(" * ", '"a"'));
  for (const header of [null, "", "a", '"ab"', '"A"', "W/", ","]) {
    assertEquals(matchesETag(header, '"a"'), false);
  }
});

Deno.test("assets.url() puts the hash before the extension, and changes with the content", () => {
  const assets = createAssets(FILES);
  assertMatch(assets.url("/_vango/client.js") ?? "", /^\/_vango\/client-[\w-]{16}\.js$/);
  assertMatch(assets.url("/noext") ?? "", /^\/noext-[\w-]{16}$/);
  assertEquals(assets.url("/_vango/chunk-ABC.js"), "/_vango/chunk-ABC.js");
  assertEquals(assets.url("/unknown"), undefined);
  const other = createAssets({ "/small.css": { body: "b{}", type: "text/css" } });
  assert(other.url("/small.css") !== assets.url("/small.css"));
});

Deno.test("assets.integrity() is the SHA-384 of the content", () => {
  const assets = createAssets({ "/a": { body: "abc", type: "text/plain" } });
  assertEquals(
    assets.integrity("/a"),
    "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn",
  );
  assertEquals(assets.integrity("/b"), undefined);
});

Deno.test("assets.handle() lets hashed paths be kept for a year, and plain ones be asked about", async () => {
  const url = createAssets(FILES).url("/_vango/client.js") ?? "";
  const hashed = await get(url);
  assertEquals(hashed.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assertEquals(await hashed.text(), SCRIPT);
  const plain = await get("/_vango/client.js");
  assertEquals(plain.headers.get("cache-control"), "no-cache");
  assertEquals(await plain.text(), SCRIPT);
  const chunk = await get("/_vango/chunk-ABC.js");
  assertEquals(chunk.headers.get("cache-control"), "public, max-age=31536000, immutable");
  await chunk.body?.cancel();
});

Deno.test("assets.handle() compresses, with a tag of its own for each coding", async () => {
  const [br, gzip, plain] = await Promise.all(["br", "gzip", ""].map((accept) => {
    return get("/_vango/client.js", accept === "" ? {} : { "accept-encoding": accept });
  }));
  assertEquals([br, gzip, plain].map((one) => one.headers.get("content-encoding")), ["br", "gzip", null]);
  assertEquals(new Set([br, gzip, plain].map((one) => one.headers.get("etag"))).size, 3);
  assert([br, gzip, plain].every((one) => one.headers.get("vary") === "accept-encoding"));
  const [brBytes, gzipBytes] = [await br.bytes(), await gzip.bytes()];
  assertEquals(br.headers.get("content-length"), String(brBytes.length));
  assert(brBytes.length < 200 && gzipBytes.length < 200);
  assertEquals(new TextDecoder().decode(brotliDecompressSync(brBytes)), SCRIPT);
  assertEquals(new TextDecoder().decode(gunzipSync(gzipBytes)), SCRIPT);
  assertEquals(await plain.text(), SCRIPT);
});

Deno.test("assets.handle() compresses once for many requests at a time", async () => {
  const assets = createAssets(FILES);
  const request = () => new Request("http://x/_vango/client.js", { headers: { "accept-encoding": "br" } });
  const responses = await Promise.all(Array.from({ length: 20 }, () => assets.handle(request())));
  const sizes = await Promise.all(responses.map(async (one) => (await one?.bytes())?.length));
  assertEquals(new Set(sizes).size, 1);
});

Deno.test("assets.handle() leaves small and binary files as they are", async () => {
  for (const path of ["/small.css", "/logo.png"]) {
    const response = await get(path, { "accept-encoding": "br, gzip" });
    assertEquals([response.headers.get("content-encoding"), response.headers.get("vary")], [null, null]);
    await response.body?.cancel();
  }
});

Deno.test("assets.handle() answers 304 to the tag of the same coding", async () => {
  const accept = { "accept-encoding": "br" };
  const first = await get("/_vango/client.js", accept);
  const etag = first.headers.get("etag") ?? "";
  await first.body?.cancel();
  const again = await get("/_vango/client.js", { ...accept, "if-none-match": etag });
  assertEquals([again.status, again.body, again.headers.get("etag")], [304, null, etag]);
  assertEquals(again.headers.get("vary"), "accept-encoding");
  const other = await get("/_vango/client.js", { "accept-encoding": "gzip", "if-none-match": etag });
  assertEquals(other.status, 200);
  await other.body?.cancel();
});

Deno.test("assets.handle() answers HEAD as GET without the body", async () => {
  const response = await get("/_vango/client.js", {}, "HEAD");
  assertEquals([response.status, response.body], [200, null]);
  assertEquals(response.headers.get("content-length"), String(SCRIPT.length));
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assertEquals(response.headers.get("content-type"), "text/javascript; charset=utf-8");
});
