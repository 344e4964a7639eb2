/**
 * docs/guides/getting-started.md: its commands, as a reader types them, and its files. JSR is a registry on this machine.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { routeOfFile } from "../../router/mod.ts";
import { startRegistry } from "../../tools/registry.ts";
import { readGuide } from "./_guide.ts";

const SERVERS = new Set(["deno task dev", "deno task start"]);

/** A server that a command started. */
interface Running {
  origin: string;
  printed(): string;
  stop(): Promise<void>;
}

Deno.test("docs/guides/getting-started.md: its commands do what it says, in their order, with its files", async () => {
  const folder = await Deno.makeTempDir();
  const registry = await startRegistry();
  let running: Running | null = null;
  try {
    const env = { JSR_URL: registry.url, DENO_DIR: await denoDir(folder), NO_COLOR: "1", PORT: freePort() };
    let cwd = folder;
    const pages: string[] = ["/"];
    for (const step of (await readGuide("docs/guides/getting-started.md")).steps) {
      if ("file" in step) {
        await Deno.mkdir(dirname(`${cwd}/${step.file}`), { recursive: true });
        await Deno.writeTextFile(`${cwd}/${step.file}`, step.text);
        const route = step.file.startsWith("routes/") ? routeOfFile(step.file.slice("routes/".length)) : null;
        if (route?.kind === "page") {
          pages.push(route.pattern);
          assert(running !== null, "The guide says that the server follows its files");
          await answers(running, route.pattern);
        }
      } else if (step.command.startsWith("cd ")) cwd = `${cwd}/${step.command.slice(3)}`;
      else if (SERVERS.has(step.command)) {
        await running?.stop();
        running = await serve(step.command, { cwd, env });
        for (const page of pages) await answers(running, page);
      } else await run(step.command, { cwd, env });
    }
    assertEquals(pages, ["/", "/todos"]);
    await run("deno check .", { cwd, env });
    await run("deno lint", { cwd, env });
  } finally {
    await running?.stop();
    await registry.close();
    await Deno.remove(folder, { recursive: true });
  }
});

/** A port that nobody listens on: a server that starts again keeps it. */
function freePort(): string {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return String(listener.addr.port);
}

/** A cache of one's own, for what comes of the registry; packages of npm are those that are there already. */
async function denoDir(folder: string): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(stdout)) as { npmCache: string };
  await Deno.mkdir(`${folder}/.deno`);
  await Deno.symlink(npmCache, `${folder}/.deno/npm`);
  return `${folder}/.deno`;
}

function commandOf(line: string, options: { cwd: string; env: Record<string, string> }): Deno.Command {
  const [name, ...args] = line.split(" ");
  assertEquals(name, "deno", `Cannot test the command ${line}`);
  return new Deno.Command(Deno.execPath(), {
    args,
    ...options,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

async function run(line: string, options: { cwd: string; env: Record<string, string> }): Promise<void> {
  const { success, stdout, stderr } = await commandOf(line, options).output();
  const text = new TextDecoder();
  assert(success, `${line}\n${text.decode(stdout)}${text.decode(stderr)}`);
}

/** Starts a server, and waits for its address. */
async function serve(line: string, options: { cwd: string; env: Record<string, string> }): Promise<Running> {
  const child = commandOf(line, options).spawn();
  let printed = "";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (
      const text of stream.pipeThrough(
        new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>,
      )
    ) {
      printed += text;
      // What is downloaded has an address, too.
      const found = printed.match(/http:\/\/[\w.]+:\d+/g)?.find((each) =>
        !options.env.JSR_URL.startsWith(each)
      );
      if (found !== undefined) resolve(found);
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  const status = child.status.then(() => reading).then(() => reject(new Error(`${line} ended:\n${printed}`)));
  status.catch(() => {});
  promise.catch(() => {});
  return {
    printed: () => printed,
    origin: await promise,
    async stop() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended.
      }
      await status;
    },
  };
}

/** Waits until a page is there. */
async function answers({ origin, printed }: Running, path: string): Promise<void> {
  let last = "";
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    try {
      const answer = await fetch(origin + path);
      const text = await answer.text();
      if (answer.status === 200 && text.includes("<!--vango-->")) return;
      last = `${answer.status} ${text.slice(0, 500)}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`There is no page at ${path}: ${last}\n${printed()}`);
}
