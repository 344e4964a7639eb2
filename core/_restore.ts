/**
 * Restoring: decides whether a value from a snapshot may become the first value of a signal.
 *
 * A snapshot may come from an older build, in which the key held something else. So a restored value must have the shape
 * of the initial one. null and undefined fit everywhere, in both directions: they are how optional state is written, and
 * a signal that was set to null must not come back full.
 *
 * @module
 */

import { StateError } from "./_codec_format.ts";
import type { Owner } from "./owner.ts";

/** The value that the owner's scope holds for a key; undefined when there is none or its shape differs (reported). */
export function restored(owner: Owner, key: string, initial: unknown): { value: unknown } | undefined {
  const found = owner.scope?.restore(owner, key);
  if (found === undefined) return undefined;
  const wanted = shape(initial);
  const got = shape(found.value);
  if (wanted === got || wanted === "nothing" || got === "nothing") return found;
  owner.scope?.report(
    new StateError(`Cannot restore "${key}" of ${owner.name}: its snapshot is ${got}, expected ${wanted}`),
    owner,
    "restore",
  );
  return undefined;
}

/** The shape of a value: what must be the same before and after a deploy. */
function shape(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "object") return typeof value;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === "Object" ? "plain object" : tag;
}
