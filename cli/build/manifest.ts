/**
 * manifest.json of a build: what the entries tell the server, and what the command line compares.
 *
 * @module
 */
import { join } from "node:path";
import type { Build } from "@vango/core/production";

/** The name of the file. */
export const MANIFEST = "manifest.json";

/** A manifest, with what the command line alone needs. */
export interface Manifest extends Build {
  /** Names what the folder of files held. */
  readonly staticId: string;
}

/** The manifest of a folder; undefined when it has none that is of a build. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await Deno.readTextFile(join(folder, MANIFEST)).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null;
    return typeof manifest?.vango === "string" && typeof manifest.files === "object"
      ? manifest as Manifest
      : undefined;
  } catch {
    return undefined;
  }
}
