/**
 * Writing the files that a command makes.
 *
 * @module
 */
import { exists } from "@std/fs";
import { dirname, join } from "node:path";
import { VangoError } from "@vango/core/errors";

/**
 * Writes a new file and the folders that lead there.
 *
 * @param path From `root`.
 * @param force Whether a file that is there is overwritten.
 * @throws {VangoError} "file-exists", or "write-failed".
 */
export async function writeNewFile(root: string, path: string, text: string, force = false): Promise<void> {
  const whole = join(root, path);
  try {
    await Deno.mkdir(dirname(whole), { recursive: true });
    await Deno.writeTextFile(whole, text, { createNew: !force });
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists && await exists(whole)) {
      throw new VangoError("file-exists", `Cannot write ${path}: it is there already`, {
        hint: "Choose another name, or pass --force to overwrite it.",
        cause,
      });
    }
    throw new VangoError("write-failed", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** The names in a folder that are in the way of a new project; none when there is no such folder. */
export async function namesInTheWay(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      // A new repository is as good as empty.
      if (name !== ".git" && name !== ".DS_Store") names.push(name);
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    if (cause instanceof Deno.errors.NotADirectory) return ["."];
    throw new VangoError("write-failed", `Cannot look into ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return names.sort();
}
