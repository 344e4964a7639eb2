/**
 * Sizes that differ by day and by night: `deno task test` must end within minutes, `deno task night` need not.
 *
 * @module
 */

/** True in `deno task night`. */
export function isNight(): boolean {
  return Deno.env.get("VANGO_NIGHT") === "1";
}

/** A count of runs, rows or sessions: the first by day, the second by night. */
export function scale(day: number, night: number): number {
  return isNight() ? night : day;
}
