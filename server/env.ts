/**
 * Owns the reading of what surrounds the process, without ever making Deno ask the user for a permission.
 *
 * A variable or file that we may not read is treated as absent: all of these have defaults.
 *
 * @module
 */

/** The value of an environment variable; undefined when it is unset, empty, or may not be read. */
export function readEnv(name: string): string | undefined {
  if (!granted({ name: "env", variable: name })) return undefined;
  return Deno.env.get(name) || undefined;
}

/** The text of a file, without the spaces around it; undefined when it is absent or may not be read. */
export function readText(path: string): string | undefined {
  if (!granted({ name: "read", path })) return undefined;
  try {
    return Deno.readTextFileSync(path).trim();
  } catch {
    // Absent, or one of the files under /proc that need all permissions: the caller has another source.
    return undefined;
  }
}

/** Whether a permission is already granted; never prompts. */
export function granted(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}
