/**
 * Whether something is there under a path.
 *
 * @module
 */

/** What must hold besides being there; at most one of the two. */
export interface ExistsOptions {
  /** It must be a folder, or a link to one. */
  isDirectory?: boolean;
  /** It must be a file, or a link to one. */
  isFile?: boolean;
}

/** True when the path exists and is of the kind asked for; a dangling link does not exist. */
export async function exists(path: string | URL, options: ExistsOptions = {}): Promise<boolean> {
  try {
    const info = await Deno.stat(path);
    return (!options.isDirectory || info.isDirectory) && (!options.isFile || info.isFile);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
