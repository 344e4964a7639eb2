/**
 * vango start, and deno serve: what build made, as it is served.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { walk } from "@std/fs";
import { buttonOf, post } from "../support/post.ts";
import { getPage } from "../support/raw_client.ts";
import { MAIN, makeProject, page, SMALL, type TestProject } from "./_project.ts";
import { vangoIn } from "./_vango.ts";

const CLI = new URL("../../cli.ts", import.meta.url).pathname;
const SECRET = "0123456789abcdef0123456789abcdef";

/** A server in a process of its own. */
interface Server extends AsyncDisposable {
  readonly url: string;
  /** All that it printed. */
  printed(): string;
  /** Ends it, and gives its exit code. */
  end(signal: Deno.Signal): Promise<number>;
}

/** Starts a server, and waits until it says where it listens. */
async function serve(cwd: string, args: string[], env: Record<string, string> = {}): Promise<Server> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1", FORCE_COLOR: "", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (
      const part of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    ) {
      text += part;
      const port = /Listening on http:\/\/[^:]+:(\d+)\//.exec(text)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    }
  };
  const done = Promise.all([read(child.stdout), read(child.stderr), child.status]);
  const ended = done.then(([, , { code }]) => (reject(new Error(`It ended with ${code}: ${text}`)), code));
  const end = async (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch {
      // It has ended.
    }
    return await ended;
  };
  const url = await promise.catch(async (error) => {
    await ended;
    throw error;
  });
  return { url, printed: () => text, end, [Symbol.asyncDispose]: async () => void await end("SIGTERM") };
}

const start = (project: TestProject, env: Record<string, string> = {}, ...args: string[]) =>
  serve(project.path, ["run", "-A", CLI, "start", "--port", "0", ...args], env);

async function built(files: Record<string, string | Uint8Array> = SMALL): Promise<TestProject> {
  const project = await makeProject(files);
  const { code, err } = await project.vango("build", "--fix", "--no-check");
  assertEquals(code, 0, err);
  return project;
}

Deno.test("start refuses to start without a build, with one of another version, with a short secret, and where the port is taken", async () => {
  await using project = await makeProject(SMALL);
  const none = await project.vango("start");
  assertEquals(none.code, 1);
  assertStringIncludes(none.err, "error[E172]: There is no build in dist/: it has no manifest.json");
  assertEquals((await project.vango("build", "--fix", "--no-check")).code, 0);
  await project.write(".env", `VANGO_SECRET="${SECRET} short"\n`);
  assertStringIncludes((await project.vango("start")).err, "Cannot use a VANGO_SECRET of 5 characters");
  await project.write(".env", "");
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, err } = await project.vango("start", "--port", String(taken.addr.port));
  assertEquals([code, /error\[.*/.exec(err)?.[0], err.includes("    at ")], [
    1,
    `error[E092]: Cannot listen on 127.0.0.1:${taken.addr.port}: the port is taken`,
    false,
  ]);
  const manifest = JSON.parse(await project.read("dist/manifest.json"));
  await project.write("dist/manifest.json", JSON.stringify({ ...manifest, version: 7 }));
  assertStringIncludes((await project.vango("start")).err, "is of another version of Vango");
  assertEquals((await project.vango("start", "--port", "70000")).code, 2);
});

Deno.test("start serves the build: the page, its style sheet by its hash, compressed and for a year", async () => {
  await using project = await built({
    ...SMALL,
    "public/styles.css": Array.from({ length: 40 }, (_, i) => `.a${i}{width:${i}px}`).join("\n"),
  });
  await using server = await start(project, { VANGO_SECRET: SECRET });
  const html = await (await fetch(`${server.url}/`)).text();
  assertStringIncludes(html, "<p>Hello</p>");
  const found = /<link rel="stylesheet" href="(\/styles\.[0-9a-f]+\.css)" integrity="(sha384-[^"]+)"/.exec(
    html,
  );
  assert(found !== null, html);
  const { files } = JSON.parse(await project.read("dist/manifest.json"));
  assertEquals([found[1], found[2]], [files["/styles.css"].url, files["/styles.css"].integrity]);
  const sheet = await fetch(server.url + found[1], { headers: { "accept-encoding": "br" } });
  assertEquals(sheet.headers.get("cache-control"), "public, max-age=31536000, immutable");
  // fetch() takes the header away when it decodes the body, and leaves what it says of other caches.
  assertEquals(sheet.headers.get("vary"), "accept-encoding");
  assertEquals(await sheet.text(), await project.read("dist/public/styles.css"));
  assertEquals(await rawEncoding(server.url, found[1]), "br");
  // What public/ has now is not what is served.
  await project.write("public/late.txt", "late");
  const late = await fetch(`${server.url}/late.txt`);
  assertEquals([late.status, (await late.text()) === "late"], [404, false]);
  assertEquals((await fetch(`${server.url}/styles.css`).then((answer) => answer.text())).length > 0, true);
  assertEquals(server.printed().includes("warning"), false, server.printed());
});

/** The coding of an answer, as it comes over the wire. */
async function rawEncoding(url: string, path: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const request = `GET ${path} HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  let text = "";
  const decoder = new TextDecoder("latin1");
  for (const buffer = new Uint8Array(4096);;) {
    const count = await connection.read(buffer);
    if (count === null) break;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return /^content-encoding: (.*)\r$/m.exec(text)?.[1];
}

Deno.test("start ends gracefully at SIGTERM, with the application's exit code", async () => {
  await using project = await built();
  const server = await start(project, { VANGO_SECRET: SECRET });
  const page = await fetch(`${server.url}/`);
  await page.body?.cancel();
  assertEquals(await server.end("SIGTERM"), 0);
  const again = await fetch(`${server.url}/`).then(() => true, () => false);
  assertEquals(again, false, "the application outlived its command");
});

Deno.test("start reads .env, is never in development, and warns of a missing secret and of changed sources", async () => {
  await using project = await built({
    ...SMALL,
    "routes/index.ts": page("x").replace('"x"', 'String(Deno.env.get("GREETING"))'),
    ".env": "GREETING=from-the-file\n",
  });
  await project.write("routes/about.ts", page("About"));
  await project.write("public/more.txt", "more");
  await using server = await start(project, { VANGO_DEV: "1", VANGO_SECRET: "" });
  const html = await (await fetch(`${server.url}/`)).text();
  assertStringIncludes(html, "from-the-file");
  assertMatch(server.printed(), /warning: the sources have changed since the build.*Run vango build/);
  assertMatch(server.printed(), /warning: public\/ has changed since the build/);
  assertStringIncludes(server.printed(), "No secret is set");
  assertMatch(html, /href="\/styles\.[0-9a-f]+\.css"/);
});

Deno.test("the variables of .env come after those of the environment and before vango.json", async () => {
  await using project = await makeProject({
    ...SMALL,
    "vango.json": '{ "port": 1111, "host": "127.0.0.1" }',
    ".env": "# mine\nexport PORT=2222 # not 8000\nVANGO_HOST='127.0.0.2'\nVANGO_BUILD_OUT=\"made\"\n",
  });
  assertEquals((await project.vango("build", "--fix", "--no-check")).code, 0);
  assertEquals((await project.list()).includes("made"), true);
  const runs: Record<string, string>[] = [];
  const start = (env: Record<string, string>, ...args: string[]) =>
    vangoIn({
      cwd: project.path,
      env: (name) => env[name],
      deno: (_args, options) => {
        runs.push(options.env!);
        return Promise.resolve({ code: 0, output: "" });
      },
    })("start", ...args);
  await start({});
  await start({ PORT: "3333" });
  await start({ PORT: "3333" }, "--port", "4444");
  assertEquals(runs.map(({ PORT, VANGO_HOST }) => [PORT, VANGO_HOST]), [
    ["2222", "127.0.0.2"],
    ["3333", "127.0.0.2"],
    ["4444", "127.0.0.2"],
  ]);
});

Deno.test("deno serve serves the build, from any folder, with the permissions that it needs alone", async () => {
  await using project = await built();
  await using server = await serve("/", [
    "serve",
    "--port",
    "0",
    "--host",
    "127.0.0.1",
    "--allow-env",
    `--allow-read=${project.path}`,
    "--config",
    `${project.path}/deno.json`,
    `${project.path}/dist/server.ts`,
  ], { VANGO_SECRET: SECRET });
  const html = await (await fetch(`${server.url}/`)).text();
  assertMatch(html, /<p>Hello<\/p>/);
  const [, href] = /href="(\/styles\.[^"]+)"/.exec(html)!;
  assertEquals(await (await fetch(server.url + href)).text(), await project.read("dist/public/styles.css"));
  assertEquals(server.printed().match(/Listening on/g)?.length, 1, "main.ts served too");
});

Deno.test("a page whose application is exported as default starts too", async () => {
  await using project = await built({
    ...SMALL,
    "main.ts": MAIN.replace("export const app =", "const app =") + "export default app;\n",
  });
  await using server = await start(project, { VANGO_SECRET: SECRET });
  assertStringIncludes(await (await fetch(`${server.url}/`)).text(), "<p>Hello</p>");
});

/** A page that counts, in a signal that is given no name. */
const counter = (title: string, before: string) =>
  `import { component, signal } from "@vango/core";
import { button, p } from "@vango/core/elements";

export default component(() => {
  ${before}
  const count = signal<number>(0);
  return () => [p("${title}: ", count), button({ onClick: () => count.inc() }, "+")];
});
`;

Deno.test("state survives a new build by the names of its declarations, on every way to serve it", async () => {
  await using project = await built({ ...SMALL, "routes/index.ts": counter("First", "") });
  const ways: (() => Promise<Server>)[] = [
    () => start(project, { VANGO_SECRET: SECRET }),
    () =>
      serve(project.path, ["serve", "-A", "--host", "127.0.0.1", "--port", "0", "dist/server.ts"], {
        VANGO_SECRET: SECRET,
      }),
  ];
  let page;
  {
    await using server = await ways[0]();
    const first = await getPage(server.url);
    assertStringIncludes(first.html, "First: 0");
    page = await post(server.url, first, buttonOf(first.html));
    assertStringIncludes(page.html, "First: 1");
    page = { ...page, cookie: first.cookie };
  }
  // Another signal before it: by their order, the count would be the text.
  await project.write("routes/index.ts", counter("Second", 'signal("other");'));
  assertEquals((await project.vango("build", "--no-check")).code, 0);
  for (const way of ways) {
    await using server = await way();
    const answer = await post(server.url, page, buttonOf(page.html));
    assertStringIncludes(answer.html, "Second: 2");
  }
});

Deno.test("the names are those of development", async () => {
  await using project = await built({
    ...SMALL,
    "routes/index.ts": `import { component } from "@vango/core";
import { p } from "@vango/core/elements";

const Home = component(() => () => p("The name is ", Home.displayName));
export default Home;
`,
  });
  await using server = await start(project, { VANGO_SECRET: SECRET });
  assertMatch(await (await fetch(`${server.url}/`)).text(), /The name is .*Home/);
});

Deno.test("examples/todo is built and served as it is", async () => {
  const root = new URL("../../examples/todo/", import.meta.url).pathname;
  const files: Record<string, string> = {};
  for await (const { path } of walk(root, { includeDirs: false, exts: ["ts", "css", "svg", "json"] })) {
    if (!path.endsWith("deno.json")) files[path.slice(root.length)] = await Deno.readTextFile(path);
  }
  await using project = await makeProject(files);
  const { code, err } = await project.vango("build", "--no-check");
  assertEquals(code, 0, err);
  await using server = await start(project, { VANGO_SECRET: SECRET, TODO_DB: ":memory:" });
  for (const path of ["/", "/todos"]) {
    const answer = await fetch(server.url + path);
    assertEquals([answer.status, (await answer.text()).includes("<!--vango-->")], [200, true]);
  }
  for (const path of await project.list("public")) {
    const answer = await fetch(`${server.url}/${path}`);
    assertEquals([answer.status, (await answer.text()).length > 0], [200, true]);
  }
});
