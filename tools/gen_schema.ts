/**
 * Writes cli/vango.schema.json, which editors check vango.json with, from the table of keys.
 *
 * @module
 */
import { configSchema } from "../cli/config.ts";
import { ROOT } from "./_process.ts";

/** The text of the schema. */
export function schemaText(): string {
  return `${JSON.stringify(configSchema(), null, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(`${ROOT}/cli/vango.schema.json`, schemaText());
