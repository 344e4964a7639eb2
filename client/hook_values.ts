/**
 * What a hook pushes, as bytes: its name and its data.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Bytes } from "./wire.ts";

/** How deep a server lets values be nested. */
const MAX_DEPTH = 64;

/**
 * Writes the payload of a hook's event.
 *
 * @throws {TypeError} When the name or the data is none.
 * @throws {RangeError} When the data is nested too deep.
 */
export function putData({ putMembers, putText }: Core, out: Bytes, name: string, data: object): void {
  const refuse = (path: string, why: string) => `Cannot push ${path}: ${why}`;
  const putCount = (n: number): void => {
    for (; n > 127; n >>= 7) out.push(n & 127 | 128);
    out.push(n);
  };
  const putEntries = (map: object, depth: number, path: string): void => {
    const entries = Object.entries(map).filter(([, value]) => value !== undefined);
    putCount(entries.length);
    for (const [key, value] of entries) {
      putText(out, key);
      put(value, depth, `${path}.${key}`);
    }
  };
  // deno-lint-ignore no-explicit-any -- it is looked at kind by kind
  const put = (value: any, depth: number, path: string): void => {
    if (depth > MAX_DEPTH) throw RangeError(refuse(name, "it is nested too deep"));
    const kind = kindOf(value);
    if (value == null) out.push(0);
    else if (kind === "Boolean") out.push(1, +value);
    else if (kind === "Number") {
      // NaN is one byte; what is no whole number, or too large for one, is a double, big-endian.
      if (value % 1 === 0 && Math.abs(value) < 2 ** 52) {
        out.push(2);
        putMembers(out, "n", { n: value });
      } else if (value !== value) out.push(7);
      else out.push(3, ...new Uint8Array(new Float64Array([value]).buffer).reverse());
    } else if (kind === "String") {
      out.push(4);
      putText(out, value);
    } else if (kind === "Array") {
      out.push(5);
      putCount(value.length);
      for (const item of value) put(item, depth + 1, path);
    } else if (kind === "Object") {
      out.push(6);
      putEntries(value, depth + 1, path);
    } else throw TypeError(refuse(path, `it is a ${kind}`));
  };
  if (kindOf(name) !== "String" || !name || name.length > 64) {
    throw TypeError(refuse(`${name}`, "it is no name"));
  }
  if (kindOf(data) !== "Object") throw TypeError(refuse(name, "its data is no map"));
  putText(out, name);
  putEntries(data, 1, name);
}

/** What a value is, of this window or of another: a list, a date and an element are no Object. */
function kindOf(value: unknown): string {
  return {}.toString.call(value).slice(8, -1);
}
