/**
 * Wrong configuration: the process says what is wrong and how to mend it, and ends with a failure.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, createApp } from "../../mod.ts";
import { SECRET } from "../support/app.ts";

const ROOT = new URL("../../", import.meta.url);

const RUN = [
  "run",
  "--allow-net",
  "--allow-env",
  "--no-check",
  `--config=${new URL("deno.json", ROOT).pathname}`,
];

/** Runs a program that uses the framework; gives its exit code and what it wrote to standard error. */
async function run(code: string, env: Record<string, string> = {}): Promise<{ code: number; err: string }> {
  const program = `import { component, createApp } from "${new URL("mod.ts", ROOT).href}";
    const page = component(() => () => "hello");
    ${code}`;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...RUN, "-"],
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { code: exit, stderr } = await child.output();
  return { code: exit, err: new TextDecoder().decode(stderr) };
}

const WRONG: [what: string, program: string, env: Record<string, string>, says: RegExp[]][] = [
  ["an unknown option", `createApp({ page, titel: "x" })`, {}, [
    /"titel" is unknown/,
    /did you mean "title"/,
  ]],
  ["a wrong type", `createApp({ page, title: 3 })`, {}, [/"title" must be a string, got 3/]],
  ["no page", `createApp({}).serve()`, {}, [/no page/, /createApp\(\{ page/]],
  ["a page that is none", `createApp({ page: () => "x" })`, {}, [/no component/, /component\(\(\) =>/]],
  ["a wrong limit", `createApp({ page, limits: { maxFrame: 1 } })`, {}, [
    /"limits.maxFrame" must be .* from 1024/,
  ]],
  ["middleware that is no list", `createApp({ page, middleware: () => {} })`, {}, [
    /"middleware" must be a list/,
  ]],
  ["an origin that is none", `createApp({ page, origins: ["example.com"] })`, {}, [
    /"example.com"/,
    /https:\/\//,
  ]],
  ["a short secret", `createApp({ page })`, { VANGO_SECRET: "short" }, [/5 characters: 32/, /Make one/]],
  ["a port that is none", `createApp({ page }).serve()`, { PORT: "http" }, [/port "http"/, /0 to 65535/]],
  ["a port option that is none", `createApp({ page }).serve({ port: 70000 })`, {}, [
    /"port" must be/,
    /65535/,
  ]],
];

for (const [what, program, env, says] of WRONG) {
  Deno.test(`${what} ends the process with a failure that says what to do`, async () => {
    const { code, err } = await run(program, env);
    assertEquals(code, 1);
    for (const part of says) assert(part.test(err), err);
    assert(err.includes("VangoError"), err);
  });
}

Deno.test("a port that is taken ends the process with a failure that says what to do", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const { code, err } = await run(`createApp({ page }).serve({ port: ${port} })`);
  assertEquals(code, 1);
  assert(err.includes(`127.0.0.1:${port}`), err);
  assert(err.includes(`PORT=${port + 1}`) || err.includes(String(port + 1)), err);
});

Deno.test("SIGTERM ends a server gracefully, with success", async () => {
  const program = `import { component, createApp } from "${new URL("mod.ts", ROOT).href}";
    createApp({ page: component(() => () => "hello") }).serve({ port: 0 });`;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...RUN, "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  const port = /Listening on http:\/\/localhost:(\d+)\//.exec(value ?? "")?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  assert((await answer.text()).includes("hello"));
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 0);
  await reader.cancel();
});

Deno.test("a signal that is aborted, before or later, ends the server", async () => {
  for (const early of [true, false]) {
    const app = createApp({ page: component(() => () => "hello"), secret: SECRET, memory: false });
    const stop = new AbortController();
    if (early) stop.abort();
    const server = app.serve({ port: 0, signal: stop.signal, onListen: () => {} });
    stop.abort();
    await server.finished;
  }
});
