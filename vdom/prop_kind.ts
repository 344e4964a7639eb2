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

/** A name that was asked for. */
class Known {
  /** The name that was asked for after this one, the last time. */
  next: Known | null = null;
  constructor(readonly name: string, readonly kind: number) {}
}

const names = new Map<string, Known>();
for (const name of ["key", "children", "ref"]) names.set(name, new Known(name, PropKind.None));
for (const name of ["value", "checked", "selected", "indeterminate"]) {
  names.set(name, new Known(name, PropKind.Live));
}

let last = new Known("", PropKind.None);

/**
 * The {@linkcode PropKind} of a prop by its name. Every prop of every element is asked for, and neighbours are alike: the name that
 * followed the last time is looked at first.
 *
 * @throws {TypeError} When the name could not be an attribute's.
 */
export function propKind(tag: string, name: string): number {
  const guess = last.next;
  if (guess !== null && guess.name === name) {
    last = guess;
    return guess.kind;
  }
  let known = names.get(name);
  if (known === undefined) {
    const kind = isEventProp(name) ? PropKind.Event : PropKind.Attribute;
    if (kind === PropKind.Attribute) checkName(tag, name);
    known = new Known(name, kind);
    if (names.size >= 2000) return kind;
    names.set(name, known);
  }
  last = last.next = known;
  return known.kind;
}
