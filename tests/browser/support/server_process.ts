/**
 * A server in a process of its own, which a test can kill without warning and start again at the same address.
 *
 * The program gets its port from an environment variable (0 for any) and prints its address once it listens.
 *
 * @module
 */

/** A server program that runs, or did. */
export interface ServerProcess extends AsyncDisposable {
  /** Its address as printed, without a slash at the end. */
  readonly url: string;
  /** Its port; the same after a restart. */
  readonly port: number;
  /** The number of the process that runs now. */
  readonly pid: number;
  /** What it has printed so far, over all its runs, standard output and error together. */
  readonly output: string;
  /** Ends it at once with SIGKILL, or by another signal, and waits for its end. */
  kill(signal?: Deno.Signal): Promise<void>;
  /** Starts it again on the same port; it must not be running. */
  start(): Promise<void>;
  /** Kills it and waits for its end. */
  close(): Promise<void>;
}

/** How {@linkcode startServer} starts a program. */
export interface ServerOptions {
  /** Variables added to the environment. */
  env?: Record<string, string>;
  /** Options of `deno run`; default `-A`. */
  flags?: string[];
  /** Arguments of the program. */
  args?: string[];
  /** The variable that the program reads its port from; default PORT. */
  portVariable?: string;
  /** Milliseconds until the address must be printed; default 15,000. */
  timeout?: number;
}

/**
 * Starts a program with this Deno and waits until it prints its address.
 *
 * @throws {Error} When it ends, or prints no address in time; the message holds its output.
 */
export async function startServer(entry: string | URL, options: ServerOptions = {}): Promise<ServerProcess> {
  const server = new ChildServer(String(entry), options);
  await server.start();
  return server;
}

class ChildServer implements ServerProcess {
  url = "";
  port = 0;
  output = "";
  #entry: string;
  #options: ServerOptions;
  #child: Deno.ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  /** Called after each piece of output and at the end of the process. */
  #changed: () => void = () => {};

  constructor(entry: string, options: ServerOptions) {
    this.#entry = entry;
    this.#options = options;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    if (this.#child !== undefined) throw new Error(`Cannot start ${this.#entry}: it runs already`);
    const { env, flags = ["-A"], args = [], portVariable = "PORT", timeout = 15_000 } = this.#options;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...flags, this.#entry, ...args],
      env: { NO_COLOR: "1", ...env, [portVariable]: String(this.port) },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#child = child;
    const before = this.output.length;
    let alive = true;
    this.#ended = Promise.all([this.#gather(child.stdout), this.#gather(child.stderr), child.status]).then(
      () => {
        alive = false;
        this.#child = undefined;
        this.#changed();
      },
    );
    const address = await this.#waitForAddress(before, timeout, () => alive);
    this.url = address.origin;
    this.port = Number(address.port);
  }

  async kill(signal: Deno.Signal = "SIGKILL"): Promise<void> {
    try {
      this.#child?.kill(signal);
    } catch (error) {
      // It ended by itself between the check and the signal.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#ended;
  }

  async close(): Promise<void> {
    await this.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #gather(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      this.output += decoder.decode(chunk, { stream: true });
      this.#changed();
    }
  }

  async #waitForAddress(from: number, timeout: number, isAlive: () => boolean): Promise<URL> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#changed();
    }, timeout);
    try {
      while (true) {
        const found = /https?:\/\/[^\s/]+:\d+(?=[\s/])/.exec(this.output.slice(from));
        if (found !== null) return new URL(found[0]);
        if (late || !isAlive()) break;
        await new Promise<void>((resolve) => this.#changed = resolve);
      }
    } finally {
      clearTimeout(timer);
      this.#changed = () => {};
    }
    await this.kill();
    const reason = late ? `printed no address within ${timeout} ms` : "ended before it printed its address";
    throw new Error(`Cannot start ${this.#entry}: it ${reason}\n${this.output.slice(from)}`);
  }
}
