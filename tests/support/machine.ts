/**
 * A machine of its own, for what a user types: a registry serves the packages as published, and Deno has a cache of its own.
 *
 * Packages of npm come from the cache of these tests, so nothing is asked of the network.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT, run, type RunResult } from "../../tools/_process.ts";
import { type Registry, startRegistry } from "../../tools/registry.ts";

/** A machine of its own: a registry, a cache and a folder to work in. */
export class Machine implements AsyncDisposable {
  private constructor(readonly registry: Registry, readonly root: string) {}

  /** Starts the registry. */
  static async start(): Promise<Machine> {
    const root = await Deno.realPath(await Deno.makeTempDir());
    await Deno.mkdir(`${root}/cache`);
    const { output } = await run(Deno.execPath(), ["info", "--json"], { cwd: ROOT });
    const { npmCache } = JSON.parse(output);
    await Deno.symlink(npmCache, `${root}/cache/npm`);
    return new Machine(await startRegistry(), root);
  }

  /** The environment of what runs on it. */
  get env(): Record<string, string> {
    const { registry, root } = this;
    return {
      JSR_URL: registry.url,
      DENO_DIR: `${root}/cache`,
      NO_COLOR: "1",
      PORT: "",
      VANGO_DEV: "",
      VANGO_SECRET: "x".repeat(32),
    };
  }

  /** Runs Deno in a folder below the root. */
  deno(folder: string, ...args: string[]): Promise<RunResult> {
    return run(Deno.execPath(), args, { cwd: `${this.root}/${folder}`, env: this.env, timeout: 120_000 });
  }

  /** Runs a command that must end well. */
  async done(folder: string, ...args: string[]): Promise<string> {
    const { code, output } = await this.deno(folder, ...args);
    assertEquals(code, 0, `deno ${args.join(" ")}\n${output}`);
    return output;
  }

  /** Starts a server, and gives its address once it says it. */
  async serve(folder: string, args: string[]): Promise<Server> {
    const child = new Deno.Command(Deno.execPath(), {
      args,
      cwd: `${this.root}/${folder}`,
      env: { ...this.env, PORT: "0" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const errors = new Response(child.stderr).text();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    let url: string | undefined;
    while (url === undefined) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`deno ${args.join(" ")} ended: ${said}\n${await errors}`);
      said += value;
      url = /https?:\/\/[\w.:[\]-]+/.exec(said.slice(0, said.lastIndexOf("\n") + 1))?.[0];
    }
    return {
      url,
      async close() {
        child.kill("SIGTERM");
        while (!(await reader.read()).done);
        await Promise.all([child.status, errors]);
      },
    };
  }

  /** Ends the registry, and leaves nothing behind. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.registry.close();
    await Deno.remove(this.root, { recursive: true });
  }
}

/** A server that runs. */
export interface Server {
  /** Its address. */
  readonly url: string;
  /** Ends it. */
  close(): Promise<void>;
}
