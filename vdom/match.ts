/**
 * Which old item each new item of a list continues.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { nameOf } from "./attrs.ts";
import { isBorder, isOrdinary, type Key, Kind, OPAQUE, type VNode } from "./node.ts";
import { allPlain } from "./template_live.ts";

/** No old item. */
export const NEW = -1;

/** The outcome of matching two lists. */
export interface Match {
  /** How many items at the start continue each other; of these nothing is said. */
  start: number;
  /** For each other new item the index of the old one that it continues, or NEW. */
  from: number[];
  /** For a new item the index of the old one whose place it takes, or NEW; null when there are none. */
  replaced: number[] | null;
  /** Old items that nothing continues and nothing replaces, in order; null when there are none. */
  gone: VNode[] | null;
}

/** Whether `next` can continue the live node `old`. */
export function same(old: VNode, next: VNode): boolean {
  if (old.key !== next.key) return false;
  if (old.kind !== next.kind || old.type !== next.type) {
    return rootTag(old) !== "" && rootTag(old) === rootTag(next);
  }
  if (next.kind === Kind.Raw) return old.text === next.text;
  if (next.kind !== Kind.Element || old.kind !== Kind.Element) return true;
  const tag = next.type as string;
  if (isOrdinary(tag)) return true;
  if (OPAQUE.has(tag)) {
    allPlain(next.children);
    return equalMarkup(old.children, next.children);
  }
  // A custom element rendered without children owns its content; with children the server does.
  return !tag.includes("-") || (old.children === null) === (next.children === null);
}

/** The tag of an element that is, or could be, a template instance; "" for all else. */
function rootTag(node: VNode): string {
  if (node.kind === Kind.Template) return (node.type as { tag: string }).tag;
  return node.kind === Kind.Element ? node.type as string : "";
}

function equalMarkup(a: VNode[] | null, b: VNode[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((x, i) => {
    const y = b[i];
    return x.kind === y.kind && x.type === y.type && x.text === y.text && equalProps(x, y) &&
      equalMarkup(x.children, y.children);
  });
}

function equalProps(a: VNode, b: VNode): boolean {
  return JSON.stringify(a.props) === JSON.stringify(b.props);
}

/**
 * Matches two lists. `slots` is how many slots both have, or -1 when they have not as many; the first `start` items continue each
 * other.
 */
export function matchItems(
  old: readonly VNode[],
  next: readonly VNode[],
  slots: number,
  start: number,
): Match {
  const from: number[] = new Array(next.length);
  const keyed = hasKeys(old) || hasKeys(next);
  if (!keyed && slots >= 0) return matchSlots(old, next, from, slots, start);
  return matchEnds(old, next, from, keyed, start);
}

function hasKeys(items: readonly VNode[]): boolean {
  for (const item of items) if (item.key !== null) return true;
  return false;
}

/** Slot by slot: a run continues the old run that it shares slots with, in order. */
function matchSlots(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  slots: number,
  start: number,
): Match {
  let replaced: number[] | null = null;
  let gone: VNode[] | null = null;
  let o = start;
  const lastSlot = (items: readonly VNode[], i: number) =>
    i + 1 < items.length ? items[i + 1].slot - 1 : Math.max(items[i].slot, slots - 1);
  for (let i = start; i < next.length; i++) {
    const item = next[i];
    from[i] = NEW;
    const until = item.kind === Kind.Text ? lastSlot(next, i) : item.slot;
    // Old items that end before this one begins belong to nobody.
    while (o < old.length && (old[o].kind === Kind.Text ? lastSlot(old, o) : old[o].slot) < item.slot) {
      (gone ??= []).push(old[o++]);
    }
    if (o >= old.length || old[o].slot > until) continue;
    if (same(old[o], item)) {
      from[i] = o++;
    } else if (item.kind === Kind.Text) {
      // The run covers several slots: one of them may hold the old run.
      let at = o;
      while (at < old.length && old[at].slot <= until && old[at].kind !== Kind.Text) at++;
      if (at < old.length && old[at].slot <= until) {
        while (o < at) (gone ??= []).push(old[o++]);
        from[i] = o++;
      } else {
        (replaced ??= new Array(next.length).fill(NEW))[i] = o++;
      }
    } else if (old[o].kind !== Kind.Text || lastSlot(old, o) <= item.slot) {
      (replaced ??= new Array(next.length).fill(NEW))[i] = o++;
    }
    // Else the old run goes on after this slot: a later run may continue it; this item is inserted before it.
  }
  while (o < old.length) (gone ??= []).push(old[o++]);
  return { start, from, replaced, gone };
}

/** By the equal ends, then by key, or (without keys) by position. */
function matchEnds(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  keyed: boolean,
  kept: number,
): Match {
  let start = kept;
  let oldEnd = old.length;
  let nextEnd = next.length;
  while (start < oldEnd && start < nextEnd && same(old[start], next[start])) {
    from[start] = start;
    start++;
  }
  while (oldEnd > start && nextEnd > start && same(old[oldEnd - 1], next[nextEnd - 1])) {
    from[--nextEnd] = --oldEnd;
  }
  for (let i = start; i < nextEnd; i++) from[i] = NEW;
  let replaced: number[] | null = null;
  if (start === oldEnd) return { start: kept, from, replaced, gone: null };
  if (start === nextEnd) return { start: kept, from, replaced, gone: old.slice(start, oldEnd) };
  if (!keyed) {
    const pairs = Math.min(oldEnd, nextEnd);
    for (let i = start; i < pairs; i++) {
      if (same(old[i], next[i])) from[i] = i;
      else (replaced ??= new Array(next.length).fill(NEW))[i] = i;
    }
    return { start: kept, from, replaced, gone: pairs < oldEnd ? old.slice(pairs, oldEnd) : null };
  }
  let gone = matchKeyed(old, next, from, start, oldEnd, nextEnd);
  // A list of one that becomes another list of one: one patch instead of two.
  if (gone?.length === 1 && nextEnd - start === 1 && from[start] === NEW && !isBorder(gone[0])) {
    (replaced = new Array(next.length).fill(NEW))[start] = old.indexOf(gone[0]);
    gone = null;
  }
  return { start: kept, from, replaced, gone };
}

/**
 * Matches what is between the equal ends of two lists with keys. What only changed ends, came or went is found by a look at the ends
 * and one further; a table of keys is made of what is left.
 *
 * @returns The old items that nothing continues; null when there are none.
 */
function matchKeyed(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  start: number,
  oldEnd: number,
  nextEnd: number,
): VNode[] | null {
  const used = new Uint8Array(oldEnd - start);
  const left = matchAround(old, next, from, used, start, oldEnd, nextEnd);
  if (left < nextEnd) matchByTable(old, next, from, used, start, oldEnd, nextEnd);
  let gone: VNode[] | null = null;
  for (let i = start; i < oldEnd; i++) if (used[i - start] === 0) (gone ??= []).push(old[i]);
  return gone;
}

/** Compares the ends of what is left with each other, and with the next but one. @returns Where the first is that has no match, or the end. */
function matchAround(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  used: Uint8Array,
  start: number,
  oldEnd: number,
  nextEnd: number,
): number {
  let o = start;
  let n = start;
  let p = oldEnd - 1;
  let q = nextEnd - 1;
  let unmatched = nextEnd;
  const take = (at: number, i: number): void => {
    used[at - start] = 1;
    from[i] = at;
  };
  while (o <= p && n <= q) {
    const first = old[o];
    const last = old[p];
    // Items without a key go on in their order, whatever is between them.
    if (first.key === null || last.key === null || next[n].key === null || next[q].key === null) break;
    if (same(first, next[n])) take(o++, n++);
    else if (same(last, next[q])) take(p--, q--);
    else if (same(first, next[q])) {
      // What runs the other way goes on so: one look at each, instead of three.
      do take(o++, q--); while (o <= p && n <= q && goesOn(old[o], next[q]));
    } else if (same(last, next[n])) {
      do take(p--, n++); while (o <= p && n <= q && goesOn(old[p], next[n]));
    } else if (o < p && same(old[o + 1], next[n])) o++;
    else if (n < q && same(first, next[n + 1])) unmatched = Math.min(unmatched, n++);
    else break;
  }
  return n <= q ? Math.min(unmatched, n) : unmatched;
}

function goesOn(old: VNode, next: VNode): boolean {
  return old.key !== null && same(old, next);
}

/** Matches the items that have no match yet by a table of the keys of the old ones. */
function matchByTable(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  used: Uint8Array,
  start: number,
  oldEnd: number,
  nextEnd: number,
): void {
  const unkeyed: number[] = [];
  const byKey = tableOf(old, used, start, oldEnd, unkeyed);
  let u = 0;
  for (let i = start; i < nextEnd; i++) {
    if (from[i] !== NEW) continue;
    const item = next[i];
    let at: number | undefined;
    if (item.key !== null) at = byKey.get(item.key);
    else if (u < unkeyed.length && same(old[unkeyed[u]], item)) at = unkeyed[u++];
    if (at === undefined || used[at - start] === 1 || !same(old[at], item)) continue;
    used[at - start] = 1;
    from[i] = at;
  }
}

/** Indices by key. */
interface KeyTable {
  get(key: Key): number | undefined;
}

/** The table of the old items that have no match; those without a key are added to `unkeyed`. */
function tableOf(
  old: readonly VNode[],
  used: Uint8Array,
  start: number,
  end: number,
  unkeyed: number[],
): KeyTable {
  let least = Infinity;
  let most = -Infinity;
  for (let i = start; i < end; i++) {
    if (used[i - start] === 1) continue;
    const { key } = old[i];
    if (key === null) unkeyed.push(i);
    // What is no integer makes a map.
    else if (typeof key !== "number" || (key | 0) !== key) most = Infinity;
    else {
      if (key < least) least = key;
      if (key > most) most = key;
    }
  }
  if (least <= most && most - least < 4 * (end - start) + 64) {
    const table = new IntegerTable(least, most);
    for (let i = start; i < end; i++) if (used[i - start] === 0) table.add(old[i].key, i);
    return table;
  }
  const table = new Map<Key, number>();
  for (let i = start; i < end; i++) {
    const { key } = old[i];
    if (used[i - start] === 0 && key !== null && !table.has(key)) table.set(key, i);
  }
  return table;
}

/** Indices by integers that are near each other, as those of rows are: an array, which costs a tenth of a Map. */
class IntegerTable implements KeyTable {
  readonly #least: number;
  readonly #indices: Int32Array;

  constructor(least: number, most: number) {
    this.#least = least;
    this.#indices = new Int32Array(most - least + 1);
  }

  /** The first item of a key stays. */
  add(key: Key | null, index: number): void {
    if (key === null) return;
    const at = (key as number) - this.#least;
    if (this.#indices[at] === 0) this.#indices[at] = index + 1;
  }

  get(key: Key): number | undefined {
    if (typeof key !== "number") return undefined;
    const index = this.#indices[key - this.#least];
    return index === undefined || index === 0 ? undefined : index - 1;
  }
}

/**
 * Looks for two items of one list with the same key. Without keys it costs one walk.
 *
 * @throws {TypeError} When there are such items.
 */
export function checkKeys(items: readonly VNode[]): void {
  let seen: Map<string | number, number> | null = null;
  for (let i = 0; i < items.length; i++) {
    const key = items[i].key;
    if (key === null) continue;
    const first = (seen ??= new Map()).get(key);
    if (first !== undefined) {
      throw coded(
        "E042",
        new TypeError(
          `Cannot tell two items of a list apart: ${nameOf(items[first])} at ${first} and ${
            nameOf(items[i])
          } at ${i} ` +
            `both have the key ${JSON.stringify(key)}; give each item of the list its own key`,
        ),
      );
    }
    seen.set(key, i);
  }
}

/**
 * The indices of a longest increasing subsequence of `from`, what is before `start` and NEW left out, in order: patience sorting, O(n log n)
 * (Schensted 1961).
 */
export function longestIncreasing(from: readonly number[], start = 0): number[] {
  // Both in their size: what grows is copied again and again.
  const tails = new Int32Array(from.length);
  const previous = new Int32Array(from.length);
  let count = 0;
  for (let i = start; i < from.length; i++) {
    const value = from[i];
    if (value === NEW) continue;
    let high = count;
    // Most lists are mostly in order.
    let low = high > 0 && from[tails[high - 1]] < value ? high : 0;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (from[tails[mid]] < value) low = mid + 1;
      else high = mid;
    }
    previous[i] = low > 0 ? tails[low - 1] : NEW;
    tails[low] = i;
    if (low === count) count++;
  }
  const out: number[] = new Array(count);
  let at = count > 0 ? tails[count - 1] : NEW;
  for (let i = count - 1; i >= 0; i--) {
    out[i] = at;
    at = previous[at];
  }
  return out;
}
