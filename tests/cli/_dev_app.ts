/**
 * An application in a folder of its own, developed by `vango dev` in a process of its own, for a test in a browser.
 *
 * @module
 */
import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the application's deno.json says; the package is this repository. */
const CONFIG = {
  imports: {
    "@vango/core": `${ROOT}mod.ts`,
    "@vango/core/elements": `${ROOT}vdom/elements.ts`,
    "@vango/core/jsx-runtime": `${ROOT}jsx_runtime.ts`,
    "@vango/core/router": `${ROOT}router/mod.ts`,
    "@vango/core/errors": `${ROOT}errors/mod.ts`,
    "@preact/signals-core": "npm:@preact/signals-core@1.14.5",
    "@opentelemetry/api": "npm:@opentelemetry/api@1.10.0",
    "@std/encoding": `${ROOT}std/encoding/mod.ts`,
    "@std/http": `${ROOT}std/http/mod.ts`,
  },
  compilerOptions: { jsx: "precompile", jsxImportSource: "@vango/core" },
  lock: false,
};

/** A running `vango dev`. */
export class DevApp implements AsyncDisposable {
  /** The folder. */
  readonly dir: string;
  /** Where it listens. */
  readonly origin: string;
  /** What it has printed. */
  output = "";
  readonly #process: Deno.ChildProcess;
  readonly #reading: Promise<unknown>;

  private constructor(dir: string, port: number, process: Deno.ChildProcess) {
    this.dir = dir;
    this.origin = `http://localhost:${port}`;
    this.#process = process;
    const read = async (stream: ReadableStream<Uint8Array>) => {
      const decoder = new TextDecoder();
      for await (const chunk of stream) this.output += decoder.decode(chunk, { stream: true });
    };
    this.#reading = Promise.all([read(process.stdout), read(process.stderr)]);
  }

  /** Writes the files and starts; resolves when it listens, if it is to. The port is that of vango.json, where it has one. */
  static async start(
    files: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    listens = true,
  ): Promise<DevApp> {
    // macOS and others have links in the way to it.
    const dir = await Deno.realPath(await Deno.makeTempDir({ prefix: "vango-dev-test-" }));
    const own = /"port": (\d+)/.exec(files["vango.json"] ?? "")?.[1];
    const port = own === undefined ? freePort() : Number(own);
    const all: Record<string, string> = { "deno.json": JSON.stringify(CONFIG), ...files };
    for (const [name, text] of Object.entries(all)) await writeFile(`${dir}/${name}`, text);
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--config", `${ROOT}deno.json`, `${ROOT}cli.ts`, "dev"],
        ...own === undefined ? [`--port=${port}`] : [],
        ...args,
      ],
      cwd: dir,
      env: { NO_COLOR: "1", VANGO_DEV: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const app = new DevApp(dir, port, process);
    if (listens) await app.until("Listening on");
    return app;
  }

  /** Waits until it has printed a text, `times` times. */
  async until(text: string, times = 1): Promise<void> {
    const end = Date.now() + 20_000;
    while (this.output.split(text).length <= times) {
      assert(Date.now() < end, `vango dev did not print ${JSON.stringify(text)}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Writes a file. */
  async write(name: string, text: string): Promise<void> {
    await writeFile(`${this.dir}/${name}`, text);
  }

  /** Replaces a text in a file, which must be there. */
  async edit(name: string, from: string, to: string): Promise<void> {
    const text = await Deno.readTextFile(`${this.dir}/${name}`);
    assert(text.includes(from), `${name} does not contain ${JSON.stringify(from)}`);
    await this.write(name, text.replace(from, () => to));
  }

  /** Removes a file. */
  async remove(name: string): Promise<void> {
    await Deno.remove(`${this.dir}/${name}`);
  }

  /** Sends a signal and gives the exit code. */
  async signal(signal: Deno.Signal): Promise<number> {
    this.#process.kill(signal);
    return await this.ended();
  }

  /** Waits until it ends by itself; gives the exit code. */
  async ended(): Promise<number> {
    const { code } = await this.#process.status;
    await this.#reading;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGINT");
    } catch {
      // It has ended.
    }
    await this.ended();
    await Deno.remove(this.dir, { recursive: true });
  }
}

/** A port that is free now. */
export function freePort(): number {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

async function writeFile(path: string, text: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, text);
}

/** Opens a page and waits until it is live. */
export async function openLive(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector("html.vango-connected");
}

/**
 * Marks elements, the document and the socket: gives a function that tells which marks are still where they were. What was loaded
 * anew has none.
 */
export async function mark(page: Page, selectors: readonly string[]): Promise<() => Promise<string[]>> {
  const sockets = (await socketsOf(page)).length;
  await page.evaluate((selectors) => {
    const marks = (globalThis as unknown as { marks: Map<string, Element> }).marks = new Map();
    for (const selector of selectors) {
      const element = document.querySelector(selector);
      if (element === null) throw new Error(`There is no ${selector}`);
      marks.set(selector, element);
    }
  }, selectors);
  return async () => {
    const opened = (await socketsOf(page)).length - sockets;
    const lost = await page.evaluate(() => {
      const marks = (globalThis as unknown as { marks?: Map<string, Element> }).marks;
      if (marks === undefined) return ["the document was loaded anew"];
      return [...marks].filter(([selector, element]) => document.querySelector(selector) !== element)
        .map(([selector]) => `${selector} is another node`);
    });
    return opened === 0 ? lost : [...lost, `${opened} sockets more`];
  };
}

const SOCKETS = new WeakMap<Page, string[]>();

/** Notes the live sockets of a page; to be called before it is opened. */
export function watchSockets(page: Page): void {
  const urls: string[] = [];
  SOCKETS.set(page, urls);
  page.on("websocket", (socket) => {
    if (socket.url().includes("/_vango/live")) urls.push(socket.url());
  });
}

function socketsOf(page: Page): Promise<string[]> {
  return Promise.resolve(SOCKETS.get(page) ?? []);
}
