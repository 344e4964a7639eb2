/**
 * The style sheet that Tailwind makes, while its sources change: made anew beside what else an edit leads to, so that no edit waits
 * for it.
 *
 * @module
 */
import { join } from "node:path";
import type { CandidateCache } from "../tailwind/mod.ts";
import type { Report } from "./messages.ts";

/** What may name a class, or is a style sheet. */
const SOURCE = /\.(?:[cm]?[jt]sx?|css|html|md|svg)$/;

/** Where the style sheet is made from, and where it goes: paths from the project's folder. */
export interface StyleFiles {
  /** The style sheet that imports Tailwind. */
  readonly input: string;
  /** The style sheet that is made. */
  readonly output: string;
}

/** Keeps one style sheet as its sources say. */
export class DevStyles {
  /** The style sheet that is made, a whole path. */
  readonly output: string;
  readonly #root: string;
  readonly #files: StyleFiles;
  /** What sources named when they were last read. */
  readonly #cache: CandidateCache = new Map();

  /** Of a project; nothing is made yet. */
  constructor(root: string, files: StyleFiles) {
    this.#root = root;
    this.#files = files;
    this.output = join(root, files.output);
  }

  /** Whether a change of files may change it. */
  concerns(paths: readonly string[]): boolean {
    return paths.some((path) => path !== this.output && SOURCE.test(path));
  }

  /** Makes it anew; tells whether it is another one now, and what is wrong. Never throws. */
  async update(): Promise<{ changed: boolean; problem: Report | null }> {
    try {
      const { writeCss } = await import("../tailwind/mod.ts");
      const { changed } = await writeCss({ root: this.#root, ...this.#files, cache: this.#cache });
      return { changed, problem: null };
    } catch (error) {
      const { input } = this.#files;
      const { message } = error as Error;
      const problem = {
        title: "Cannot make the style sheet",
        message,
        file: input,
        path: join(this.#root, input),
        frame: [],
        stack: [],
      };
      return { changed: false, problem };
    }
  }
}
