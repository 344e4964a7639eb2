/**
 * What a prop is by its name alone, kept: every prop of every element is asked for.
 *
 * @module
 */
import { checkName, isEventProp } from "./attrs.ts";

/** What a prop is, whatever its element. */
export const PropKind = {
  /** An attribute, of a name that can be written. */
  Attribute: 0,
  /** A handler. */
  Event: 1,
  /** Neither, and nothing to do for an element: key, children, ref. */
  None: 2,
  /** Of some controls live state apart from the attribute: value, checked, selected, indeterminate. */
  Live: 3,
} as const;

const kinds = new Map<string, number>([
  ["key", PropKind.None],
  ["children", PropKind.None],
  ["ref", PropKind.None],
  ["value", PropKind.Live],
  ["checked", PropKind.Live],
  ["selected", PropKind.Live],
  ["indeterminate", PropKind.Live],
]);

/**
 * The {@linkcode PropKind} of a prop by its name; one look-up, since every prop of every element is asked for.
 *
 * @throws {TypeError} When the name could not be an attribute's.
 */
export function propKind(tag: string, name: string): number {
  let kind = kinds.get(name);
  if (kind === undefined) {
    kind = isEventProp(name) ? PropKind.Event : PropKind.Attribute;
    if (kind === PropKind.Attribute) checkName(tag, name);
    if (kinds.size < 2000) kinds.set(name, kind);
  }
  return kind;
}
