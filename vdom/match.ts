/**
 * Which old item each new item of a list continues.
 *
 * @module
 */
import { nameOf } from "./attrs.ts";
import { isBorder, isOrdinary, Kind, OPAQUE, type VNode } from "./node.ts";
import { allPlain } from "./template_live.ts";

/** No old item. */
export const NEW = -1;

/** The outcome of matching two lists. */
export interface Match {
  /** For each new item the index of the old one that it continues, or NEW. */
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
 * Matches two lists. `slots` is how many slots both have, or -1 when they have not as many.
 *
 * @throws {TypeError} In development, when two new items have the same key.
 */
export function matchItems(
  old: readonly VNode[],
  next: readonly VNode[],
  slots: number,
  dev: boolean,
): Match {
  const from: number[] = new Array(next.length);
  if (!hasKeys(old) && !hasKeys(next)) {
    return slots >= 0 ? matchSlots(old, next, from, slots) : matchEnds(old, next, from, false, dev);
  }
  return matchEnds(old, next, from, true, dev);
}

function hasKeys(items: readonly VNode[]): boolean {
  for (const item of items) if (item.key !== null) return true;
  return false;
}

/** Slot by slot: a run continues the old run that it shares slots with, in order. */
function matchSlots(old: readonly VNode[], next: readonly VNode[], from: number[], slots: number): Match {
  let replaced: number[] | null = null;
  let gone: VNode[] | null = null;
  let o = 0;
  const lastSlot = (items: readonly VNode[], i: number) =>
    i + 1 < items.length ? items[i + 1].slot - 1 : Math.max(items[i].slot, slots - 1);
  for (let i = 0; i < next.length; i++) {
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
  return { from, replaced, gone };
}

/** By the equal ends, then by key, or (without keys) by position. */
function matchEnds(
  old: readonly VNode[],
  next: readonly VNode[],
  from: number[],
  keyed: boolean,
  dev: boolean,
): Match {
  if (dev && keyed) checkKeys(next);
  let start = 0;
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
  let gone: VNode[] | null = null;
  if (start === oldEnd) return { from, replaced, gone };
  if (start === nextEnd) return { from, replaced, gone: old.slice(start, oldEnd) };
  if (!keyed) {
    const pairs = Math.min(oldEnd, nextEnd);
    for (let i = start; i < pairs; i++) {
      if (same(old[i], next[i])) from[i] = i;
      else (replaced ??= new Array(next.length).fill(NEW))[i] = i;
    }
    return { from, replaced, gone: pairs < oldEnd ? old.slice(pairs, oldEnd) : null };
  }
  const byKey = new Map<string | number, number>();
  const unkeyed: number[] = [];
  for (let i = start; i < oldEnd; i++) {
    const key = old[i].key;
    if (key === null) unkeyed.push(i);
    else if (!byKey.has(key)) byKey.set(key, i);
  }
  const used = new Uint8Array(oldEnd - start);
  let u = 0;
  for (let i = start; i < nextEnd; i++) {
    const item = next[i];
    let at: number | undefined;
    if (item.key !== null) at = byKey.get(item.key);
    else if (u < unkeyed.length && same(old[unkeyed[u]], item)) at = unkeyed[u++];
    if (at === undefined || used[at - start] === 1 || !same(old[at], item)) continue;
    used[at - start] = 1;
    from[i] = at;
  }
  for (let i = start; i < oldEnd; i++) if (used[i - start] === 0) (gone ??= []).push(old[i]);
  // A list of one that becomes another list of one: one patch instead of two.
  if (gone?.length === 1 && nextEnd - start === 1 && from[start] === NEW && !isBorder(gone[0])) {
    (replaced = new Array(next.length).fill(NEW))[start] = old.indexOf(gone[0]);
    gone = null;
  }
  return { from, replaced, gone };
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
      throw new TypeError(
        `Cannot tell two items of a list apart: ${nameOf(items[first])} at ${first} and ${
          nameOf(items[i])
        } at ${i} ` +
          `both have the key ${JSON.stringify(key)}; give each item of the list its own key`,
      );
    }
    seen.set(key, i);
  }
}

/**
 * The indices of a longest increasing subsequence of `from`, NEW left out, in order: patience sorting, O(n log n)
 * (Schensted 1961).
 */
export function longestIncreasing(from: readonly number[]): number[] {
  const tails: number[] = [];
  const previous = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const value = from[i];
    if (value === NEW) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (from[tails[mid]] < value) low = mid + 1;
      else high = mid;
    }
    previous[i] = low > 0 ? tails[low - 1] : NEW;
    tails[low] = i;
  }
  const out: number[] = new Array(tails.length);
  let at = tails.length > 0 ? tails[tails.length - 1] : NEW;
  for (let i = tails.length - 1; i >= 0; i--) {
    out[i] = at;
    at = previous[at];
  }
  return out;
}
