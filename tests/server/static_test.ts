/**
 * Files of a folder: hostile paths first, then what browsers and caches rely on.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { VangoError } from "../../mod.ts";
import { readNames, staticFiles, type StaticOptions } from "../../server/static.ts";

const OLD = new Date("2024-03-01T10:00:00Z");
const BIG = new Uint8Array(300_000).map((_, i) => i % 251);

/** A folder public/ with files, beside it a secret one. */
async function folder(options: Omit<StaticOptions, "dir"> = {}) {
  const top = await Deno.makeTempDir();
  const dir = `${top}/public`;
  const write = async (name: string, text: string | Uint8Array, time = OLD) => {
    await Deno.mkdir(`${top}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${top}/${name}`, typeof text === "string" ? new TextEncoder().encode(text) : text);
    await Deno.utime(`${top}/${name}`, time, time);
  };
  await write("secret.txt", "secret");
  await write("public-not/secret.txt", "secret");
  await write("public/hello.txt", "Hello, world");
  await write("public/sub/über uns.html", "<p>Ü</p>");
  await write("public/.env", "secret");
  await write("public/.git/config", "secret");
  await write("public/sub/.hidden/a.txt", "secret");
  await write("public/.well-known/security.txt", "Contact");
  await write("public/.well-known/.env", "secret");
  await write("public/app.js", "plain");
  await write("public/app.js.br", "as br");
  await write("public/app.js.gz", "as gzip");
  await write("public/logo.3f2a91bc.png", "image");
  await write("public/empty.txt", "");
  await write("public/big.bin", BIG);
  const files = staticFiles({ dir, ...options });
  return {
    top,
    dir,
    write,
    files,
    get: async (path: string, headers: HeadersInit = {}, method = "GET") => {
      const response = await files(new Request(`http://localhost${path}`, { method, headers }));
      if (response === null) return null;
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    [Symbol.asyncDispose]: () => Deno.remove(top, { recursive: true }),
  };
}

const HOSTILE = [
  "",
  ".",
  "..",
  "../secret.txt",
  "sub/../../secret.txt",
  "..%2fsecret.txt",
  "%2e%2e/secret.txt",
  "%2e%2e%2fsecret.txt",
  "sub%2f..%2f..%2fsecret.txt",
  "sub/..%5c..%5csecret.txt",
  "sub\\..\\..\\secret.txt",
  "..%c0%afsecret.txt",
  "%c0%ae%c0%ae/secret.txt",
  "hello.txt%00",
  "hello.txt%00.png",
  "hello.txt\0",
  "hello.txt%0a",
  "%",
  "%2",
  "%GG",
  "%ff",
  "hello.txt/",
  "/hello.txt",
  "sub//a.txt",
  ".env",
  "%2eenv",
  ".git/config",
  "sub/.hidden/a.txt",
  "sub/.well-known/a.txt",
  ".well-known/.env",
  "a".repeat(10_000),
  "a/".repeat(3000),
  "a".repeat(256),
  "%F0%9F%92%A9".repeat(500),
];

for (const path of HOSTILE) {
  Deno.test(`readNames() refuses ${JSON.stringify(path.slice(0, 40))}`, () =>
    assertEquals(readNames(path), null));
}

Deno.test("readNames() refuses on Windows what is a device, a stream or another name there", () => {
  for (const name of ["con", "NUL.txt", "lpt1", "a.txt:stream", "a.", "a%20", "c:", "a%3Ab", "what%3F"]) {
    assertEquals(readNames(name, true), null, name);
    assertEquals(readNames(name, false)?.length, 1, name);
  }
  assertEquals(readNames("console.log/%C3%BCber%20uns.html", true), ["console.log", "über uns.html"]);
});

Deno.test("a server never sends what is outside of the folder, hidden or a folder, however it is asked", async () => {
  await using public_ = await folder();
  const { top, dir, files } = public_;
  await Deno.symlink(`${top}/secret.txt`, `${dir}/link.txt`);
  await Deno.symlink(top, `${dir}/up`);
  await Deno.symlink(`${top}/public-not`, `${dir}/beside`);
  await Deno.symlink(`${dir}/.env`, `${dir}/env.txt`);
  await Deno.symlink(`${dir}/loop`, `${dir}/loop`);
  await Deno.symlink("/dev/zero", `${dir}/zero`);
  await new Deno.Command("mkfifo", { args: [`${dir}/pipe`] }).output();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => await files(request) ?? new Response("none", { status: 404 }),
  );
  const raw = async (path: string) => {
    using socket = await Deno.connect({ port: server.addr.port, hostname: "127.0.0.1" });
    await socket.write(
      new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`),
    );
    let text = "";
    for await (const chunk of socket.readable.pipeThrough(new TextDecoderStream())) text += chunk;
    return text;
  };
  const links = [
    "link.txt",
    "up/secret.txt",
    "beside/secret.txt",
    "env.txt",
    "loop",
    "zero",
    "sub",
    "up",
    "none",
  ];
  for (const path of [...HOSTILE, ...links, "../public-not/secret.txt", "x".repeat(200), "hello.txt/x"]) {
    if (path.includes("\0") || path.length > 9000) continue;
    const text = await raw(`/${path}`);
    assert(
      !text.includes("secret") && /^HTTP\/1.1 (?:404|400) /.test(text),
      `${path}: ${text.slice(0, 200)}`,
    );
  }
  assert((await raw("/hello.txt")).endsWith("\r\n\r\nHello, world"));
  // A link that stays inside is as good as a file.
  await Deno.symlink(`${dir}/hello.txt`, `${dir}/again.txt`);
  assertEquals((await public_.get("/again.txt"))?.text, "Hello, world");
});

Deno.test("staticFiles() refuses a folder that is none, and a prefix that is no path", async () => {
  await using public_ = await folder();
  const wrong: [StaticOptions, string][] = [
    [{ dir: `${public_.top}/nowhere` }, "there is no such folder. Make it"],
    [{ dir: `${public_.dir}/hello.txt` }, "it is no folder."],
    [{ dir: public_.dir, prefix: "assets" }, 'the prefix is "assets". Begin it with "/"'],
    [{ dir: public_.dir, prefix: "/a b" }, 'the prefix is "/a b"'],
  ];
  for (const [options, message] of wrong) {
    const error = assertThrows(() => staticFiles(options), VangoError, message);
    assertEquals(error.code, "static");
  }
});

Deno.test("files have their type, length, validators and rule for caches", async () => {
  await using public_ = await folder();
  const answer = await public_.get("/hello.txt");
  assertEquals([answer?.status, answer?.text], [200, "Hello, world"]);
  const told = Object.fromEntries(answer!.headers);
  assertEquals(told, {
    "accept-ranges": "bytes",
    "cache-control": "public, max-age=3600, must-revalidate",
    "content-length": "12",
    "content-type": "text/plain; charset=utf-8",
    etag: `"c-${OLD.getTime().toString(36)}"`,
    "last-modified": "Fri, 01 Mar 2024 10:00:00 GMT",
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
  });
  assertEquals((await public_.get("/sub/%C3%BCber%20uns.html"))?.text, "<p>Ü</p>");
  assertEquals((await public_.get("/.well-known/security.txt"))?.text, "Contact");
  assertEquals((await public_.get("/empty.txt"))?.text, "");
  const image = await public_.get("/logo.3f2a91bc.png");
  assertEquals(image?.headers.get("cache-control"), "public, max-age=31536000, immutable");
  const head = await public_.get("/hello.txt", {}, "HEAD");
  assertEquals([head?.text, head?.headers.get("content-length")], ["", "12"]);
  assertEquals(await public_.get("/hello.txt", {}, "POST"), null);
});

Deno.test("only what holds a hash may be kept for good", async () => {
  await using public_ = await folder({ dev: true, headers: { "x-own": "1", vary: "cookie" } });
  const names: [string, boolean][] = [
    ["app.3f2a91bc.js", true],
    ["app-3f2a91bcdeadbeef.css", true],
    ["app.3f2a91bc.js.map", true],
    ["report.20240131.pdf", false],
    ["app.3f2a91b.js", false],
    ["3f2a91bc.js", false],
    ["app.3F2A91BC.js", false],
    ["app.cabbage.js", false],
  ];
  for (const [name, kept] of names) {
    await public_.write(`public/${name}`, "x");
    const answer = await public_.get(`/${name}`);
    assertEquals(answer?.headers.get("cache-control")?.includes("immutable"), kept, name);
    assertEquals(answer?.headers.get("cache-control") === "no-cache", !kept, name);
    assertEquals([answer?.headers.get("x-own"), answer?.headers.get("vary")], ["1", "cookie"]);
  }
});

Deno.test("a prefix is where the folder is, and nothing else is", async () => {
  await using public_ = await folder({ prefix: "/assets/" });
  assertEquals((await public_.get("/assets/hello.txt"))?.text, "Hello, world");
  for (const path of ["/hello.txt", "/assetshello.txt", "/assets", "/assets/", "/ASSETS/hello.txt"]) {
    assertEquals(await public_.get(path), null, path);
  }
});

Deno.test("what the client has is 304: by the tag, else by the date", async () => {
  await using public_ = await folder();
  const etag = (await public_.get("/hello.txt"))!.headers.get("etag")!;
  const after = "Fri, 01 Mar 2024 10:00:01 GMT";
  const before = "Fri, 01 Mar 2024 09:59:59 GMT";
  const cases: [headers: Record<string, string>, status: number][] = [
    [{ "if-none-match": etag }, 304],
    [{ "if-none-match": `"other", W/${etag}` }, 304],
    [{ "if-none-match": "*" }, 304],
    [{ "if-none-match": '"other"' }, 200],
    [{ "if-none-match": '"other"', "if-modified-since": after }, 200],
    [{ "if-modified-since": after }, 304],
    [{ "if-modified-since": "Fri, 01 Mar 2024 10:00:00 GMT" }, 304],
    [{ "if-modified-since": before }, 200],
    [{ "if-modified-since": "yesterday" }, 200],
    [{ "if-none-match": etag, range: "bytes=0-1" }, 304],
  ];
  for (const [headers, status] of cases) {
    const answer = await public_.get("/hello.txt", headers);
    assertEquals(answer?.status, status, JSON.stringify(headers));
    if (status === 304) {
      assertEquals([answer?.text, answer?.headers.get("etag"), answer?.headers.has("content-length")], [
        "",
        etag,
        false,
      ]);
    }
  }
  await public_.write("public/hello.txt", "Changed text", new Date());
  assertEquals((await public_.get("/hello.txt", { "if-none-match": etag }))?.text, "Changed text");
});

Deno.test("parts of a file are sent, large ones as they are read", async () => {
  await using public_ = await folder();
  const part = async (range: string, more: HeadersInit = {}) => {
    const headers = { range, ...Object.fromEntries(new Headers(more)) };
    const response = (await public_.files(new Request("http://localhost/big.bin", { headers })))!;
    return { response, bytes: await response.bytes() };
  };
  for (const [from, to] of [[0, 0], [1, 70_000], [100_000, 299_999], [299_999, 299_999], [0, 299_999]]) {
    const { response, bytes } = await part(`bytes=${from}-${to}`);
    assertEquals([
      response.status,
      response.headers.get("content-range"),
      response.headers.get("content-length"),
    ], [
      206,
      `bytes ${from}-${to}/300000`,
      String(to - from + 1),
    ]);
    assertEquals(bytes, BIG.slice(from, to + 1));
  }
  const whole = await part("bytes=0-1,5-6");
  assertEquals([whole.response.status, whole.bytes.length], [200, BIG.length]);
  assertEquals(whole.bytes, BIG);
  const beyond = await part("bytes=300000-");
  assertEquals([beyond.response.status, beyond.response.headers.get("content-range")], [
    416,
    "bytes */300000",
  ]);
  const etag = whole.response.headers.get("etag")!;
  const conditions: [string, number][] = [
    [etag, 206],
    ["Fri, 01 Mar 2024 10:00:00 GMT", 206],
    ['"other"', 200],
    [`W/${etag}`, 200],
    ["Fri, 01 Mar 2024 09:00:00 GMT", 200],
    ["Fri, 01 Mar 2024 11:00:00 GMT", 200],
  ];
  for (const [condition, status] of conditions) {
    assertEquals((await part("bytes=0-1", { "if-range": condition })).response.status, status, condition);
  }
  assertEquals((await public_.get("/big.bin", { range: "bytes=0-1" }, "HEAD"))?.status, 200);
});

Deno.test("compressed neighbours are sent to who takes them, each with its own tag", async () => {
  await using public_ = await folder();
  const cases: [accept: string | null, encoding: string | null, text: string][] = [
    [null, null, "plain"],
    ["gzip, deflate, br", "br", "as br"],
    ["gzip", "gzip", "as gzip"],
    ["br;q=0, gzip;q=0.5", "gzip", "as gzip"],
    ["gzip;q=0.5, br;q=0.1", "gzip", "as gzip"],
    ["identity", null, "plain"],
    ["zstd", null, "plain"],
  ];
  const tags = new Set<string | null>();
  for (const [accept, encoding, text] of cases) {
    const answer = await public_.get("/app.js", accept === null ? {} : { "accept-encoding": accept });
    assertEquals([answer?.headers.get("content-encoding"), answer?.text], [encoding, text], String(accept));
    assertEquals(answer?.headers.get("content-type"), "text/javascript; charset=utf-8");
    assertEquals(answer?.headers.get("vary"), "accept-encoding");
    const etag = answer!.headers.get("etag")!;
    tags.add(etag);
    const again = await public_.get("/app.js", { "accept-encoding": accept ?? "", "if-none-match": etag });
    assertEquals(again?.status, 304);
  }
  assertEquals(tags.size, 3);
  const ranged = await public_.get("/app.js", { "accept-encoding": "br", range: "bytes=0-1" });
  assertEquals([ranged?.status, ranged?.text, ranged?.headers.get("content-encoding")], [206, "pl", null]);
});

Deno.test("a compressed neighbour that is older, elsewhere or of a type that has none is not sent", async () => {
  await using public_ = await folder();
  const headers = { "accept-encoding": "br, gzip" };
  await public_.write("public/app.js", "newer", new Date(OLD.getTime() + 5000));
  assertEquals((await public_.get("/app.js", headers))?.text, "newer");
  await Deno.symlink(`${public_.top}/secret.txt`, `${public_.dir}/hello.txt.br`);
  assertEquals((await public_.get("/hello.txt", headers))?.text, "Hello, world");
  await public_.write("public/logo.3f2a91bc.png.br", "as br");
  assertEquals((await public_.get("/logo.3f2a91bc.png", headers))?.text, "image");
  await Deno.remove(`${public_.dir}/app.js.br`);
  await public_.write("public/app.js.gz", "as gzip", new Date(OLD.getTime() + 9000));
  assertEquals((await public_.get("/app.js", headers))?.text, "as gzip");
});

Deno.test("a file that nobody reads to its end is closed", async () => {
  await using public_ = await folder();
  const response = await public_.files(new Request("http://localhost/big.bin"));
  const reader = response!.body!.getReader();
  assertEquals((await reader.read()).value?.length, 65_536);
  await reader.cancel();
  const unread = await public_.files(new Request("http://localhost/big.bin"));
  await unread!.body!.cancel();
  // What is still open then, the test's own check of resources tells.
});

Deno.test("a file that becomes shorter while it is sent fails, and does not pass for the whole", async () => {
  await using public_ = await folder();
  const response = await public_.files(new Request("http://localhost/big.bin"));
  await Deno.truncate(`${public_.dir}/big.bin`, 100_000);
  const error = await response!.bytes().then(() => null, (error: Error) => error);
  assertEquals(error?.message, "A file became shorter while it was sent");
});
