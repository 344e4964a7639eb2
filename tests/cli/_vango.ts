/** What the tests of the command line share: running it in this process. @module */
import { main } from "../../cli/mod.ts";
import type { IoOptions } from "../../cli/mod.ts";

/** How a run ended. */
export interface Ended {
  /** The exit code. */
  code: number;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
}

/** A way to run the command line with a world of its own; nothing comes from the environment of the tests. */
export function vangoIn(given: IoOptions): (...args: string[]) => Promise<Ended> {
  return async (...args) => {
    const out: string[] = [], err: string[] = [];
    const code = await main(args, {
      env: () => undefined,
      interactive: false,
      ...given,
      log: (text) => out.push(text),
      error: (text) => err.push(text),
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
}

/** Runs the command line outside of any project. */
export const vango: (...args: string[]) => Promise<Ended> = vangoIn({ cwd: "/" });

/** Runs a test in a new folder, with files in it. */
export async function inFolder(
  files: Record<string, string>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
