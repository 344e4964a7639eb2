/**
 * A folder that is there afterwards.
 *
 * @module
 */

/**
 * Makes a folder, and those above it, unless it exists.
 *
 * @throws {Error} When something else than a folder has the name.
 */
export async function ensureDir(dir: string | URL): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    throw new Error(`Failed to ensure directory exists: ${dir} is no directory`, { cause });
  }
}
