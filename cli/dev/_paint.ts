/**
 * Colours of the process of the application, which writes to the terminal that the command has.
 *
 * @module
 */
import process from "node:process";

/** What can be painted how. */
export type Paint = (style: "bold" | "dim" | "red" | "cyan", text: string) => string;

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], cyan: [36, 39] } as const;

/** Paints for a terminal; elsewhere text stays text. NO_COLOR and FORCE_COLOR are heeded. */
export function painter(): Paint {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const on = FORCE_COLOR ? FORCE_COLOR !== "0" : !NO_COLOR && Deno.stdout.isTerminal();
  return on
    ? (style, text) => `\x1b[${CODES[style][0]}m${text}\x1b[${CODES[style][1]}m`
    : (_style, text) => text;
}
