/**
 * The lists of the diff benches, what happens to them, and how a contender is prepared.
 *
 * @module
 */
import type { Prepared } from "../contender.ts";

/** An item: an `li` with a key, two attributes and a text. */
export interface Item {
  id: number;
  /** Its id attribute. */
  dom: string;
  /** Its class. */
  tone: string;
  label: string;
}

/** A list of `n` items. */
export function makeItems(n: number): Item[] {
  return Array.from({ length: n }, (_, i) => itemOf(i));
}

function itemOf(id: number): Item {
  return { id, dom: `item-${id}`, tone: id % 3 === 0 ? "item even" : "item", label: `Item number ${id}` };
}

/** The same order in every run. */
function shuffled(items: readonly Item[]): Item[] {
  const next = [...items];
  let seed = 42;
  for (let i = next.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const j = (seed >>> 16) % (i + 1);
    [next[i], next[j]] = [next[j], next[i]];
  }
  return next;
}

function swapped(items: readonly Item[]): Item[] {
  const next = [...items];
  [next[1], next[next.length - 2]] = [next[next.length - 2], next[1]];
  return next;
}

const relabel = (item: Item): Item => ({ ...item, label: `${item.label} again` });

/** What happens to a list, by name. */
export const CHANGES: Record<string, (items: readonly Item[]) => Item[]> = {
  "same": (items) => [...items],
  "one text": (items) => items.map((item, i) => i === items.length >> 1 ? relabel(item) : item),
  "all texts": (items) => items.map(relabel),
  "reverse": (items) => items.toReversed(),
  "shuffle": shuffled,
  "swap": swapped,
  "append": (items) => [...items, ...Array.from(items, (_, i) => itemOf(items.length + i))],
  "remove every 10th": (items) => items.filter((_, i) => i % 10 !== 9),
};

/** The least operations that a change takes: texts, moves (items less the longest subsequence that stays), removals, insertions. */
export function leastOperations(before: readonly Item[], after: readonly Item[]): number {
  const at = new Map(before.map((item, i) => [item.id, i]));
  const kept = after.filter((item) => at.has(item.id));
  const texts = kept.filter((item) => before[at.get(item.id)!].label !== item.label).length;
  return texts + (before.length - kept.length) + (after.length - kept.length) + kept.length -
    longestRun(kept.map((item) => at.get(item.id)!));
}

/** The length of the longest increasing subsequence, by its definition. */
function longestRun(list: readonly number[]): number {
  const tails: number[] = [];
  for (const n of list) {
    const at = tails.findIndex((tail) => tail >= n);
    tails[at === -1 ? tails.length : at] = n;
  }
  return tails.length;
}

/** What a contender does. */
export interface Differ<S> {
  /** Shows a list for the first time. */
  mount(items: readonly Item[]): S;
  /** Builds the nodes of a list and makes the shown ones into them. */
  patch(shown: S, items: readonly Item[]): void;
  /** How many operations on the DOM were asked for so far; new nodes count as one each. To be called after each patch that counts. */
  operations(): number;
}

/** The list before and after an operation such as "shuffle 1000". */
export function listsOf(operation: string): { before: Item[]; after: Item[] } {
  const [, change, n] = /^(.*) (\d+)$/.exec(operation) ?? [];
  if (!(change in CHANGES)) throw new TypeError(`Cannot prepare ${operation}`);
  const before = makeItems(Number(n));
  return { before, after: CHANGES[change](before) };
}

/** Prepares build and diff of an operation: there is timed, back again is not. */
export function prepareDiffer<S>(differ: Differ<S>): (operation: string) => Prepared {
  return (operation) => {
    const { before, after } = listsOf(operation);
    const one = differ.mount(before);
    const start = differ.operations();
    differ.patch(one, after);
    const counted = differ.operations() - start;
    const count = 10_000 / before.length;
    const shown = Array.from({ length: count }, () => differ.mount(before));
    return {
      count,
      counted,
      run() {
        for (const each of shown) differ.patch(each, after);
        return count;
      },
      reset() {
        for (const each of shown) differ.patch(each, before);
      },
    };
  };
}
