/**
 * Scripts for pages, bundled from TypeScript and npm packages.
 *
 * @module
 */
import * as esbuild from "esbuild";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Bundles a module, and what it imports, into one that a browser can load. Bare names are those of deno.json. */
export async function bundle(entry: string | URL): Promise<string> {
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [fileURLToPath(String(entry))],
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      plugins: [{
        name: "npm",
        setup(build) {
          build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
            if (kind === "entry-point") return;
            // What a package imports are packages beside it.
            const isPackage = /\/npm\/|\/node_modules\//.test(importer);
            const found = isPackage
              ? createRequire(importer).resolve(path)
              : fileURLToPath(import.meta.resolve(path));
            return { path: found };
          });
        },
      }],
    });
    return outputFiles[0].text;
  } finally {
    await esbuild.stop();
  }
}
