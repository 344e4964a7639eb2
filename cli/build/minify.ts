/**
 * Makes scripts and style sheets small, by esbuild.
 *
 * @module
 */
import { VangoError } from "@vango/core/errors";

/** What {@linkcode minify} is told of a source. */
export interface MinifyOptions {
  /** Its path, for messages. */
  readonly file: string;
  /** Its name below the folder, for messages and its map. */
  readonly name: string;
  /** What it is. */
  readonly loader: "css" | "js";
  /** Whether a source map is wanted. */
  readonly map: boolean;
}

/**
 * Makes a source small.
 *
 * @returns The code and, where it is wanted, its map, which the code's last line names.
 * @throws {VangoError} "build-file" when it has an error of syntax.
 */
export async function minify(
  source: string,
  options: MinifyOptions,
): Promise<{ code: string; map?: string }> {
  const { transformSync } = await loadEsbuild();
  const base = options.name.slice(options.name.lastIndexOf("/") + 1);
  try {
    const { code, map } = transformSync(source, {
      loader: options.loader,
      minify: true,
      legalComments: "inline",
      sourcefile: base,
      sourcemap: options.map ? "external" : false,
      logLevel: "silent",
    });
    if (!options.map) return { code };
    const at = `# sourceMappingURL=${encodeURIComponent(base)}.map`;
    return { code: code + (options.loader === "css" ? `/*${at} */\n` : `//${at}\n`), map };
  } catch (error) {
    throw syntaxError(source, options, error);
  }
}

/** esbuild, with a process for each call, which has ended when the call has: its service would outlive the build. */
async function loadEsbuild(): Promise<typeof import("esbuild")> {
  Deno.env.set("ESBUILD_WORKER_THREADS", "0");
  return await import("esbuild");
}

/** What esbuild says of an error. */
interface Failure {
  readonly errors?: readonly {
    readonly text: string;
    readonly location: { readonly line: number; readonly column: number } | null;
  }[];
}

function syntaxError(source: string, { file, name }: MinifyOptions, cause: unknown): VangoError {
  const first = (cause as Failure).errors?.[0];
  const at = first?.location ?? null;
  const place = at === null ? undefined : { file, line: at.line, column: at.column + 1, source };
  return new VangoError("build-file", `Cannot read ${name}: ${first?.text ?? String(cause)}`, {
    place,
    cause,
  });
}
