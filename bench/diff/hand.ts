/**
 * The limit of build and diff: written for this one list, without checks. Nodes are plain records; the patches are numbers.
 *
 * @module
 */
import { longestIncreasing } from "../../vdom/match.ts";
import { type Item, prepareDiffer } from "./cases.ts";

class Row {
  num = 0;
  constructor(readonly key: number, readonly id: string, readonly tone: string, readonly text: string) {}
}

interface Shown {
  rows: Row[];
  next: number;
}

let operations = 0;
const patches: unknown[] = [];

function build(items: readonly Item[]): Row[] {
  const rows = new Array<Row>(items.length);
  for (let i = 0; i < items.length; i++) {
    const { id, dom, tone, label } = items[i];
    rows[i] = new Row(id, dom, tone, label);
  }
  return rows;
}

function patchRow(old: Row, next: Row): void {
  next.num = old.num;
  if (old.id !== next.id) patches.push(next.num, next.id);
  if (old.tone !== next.tone) patches.push(next.num, next.tone);
  if (old.text !== next.text) patches.push(next.num + 1, next.text);
}

function patch(shown: Shown, items: readonly Item[]): void {
  const old = shown.rows;
  const next = build(items);
  shown.rows = next;
  let start = 0;
  let oldEnd = old.length;
  let end = next.length;
  while (start < oldEnd && start < end && old[start].key === next[start].key) {
    patchRow(old[start], next[start]);
    start++;
  }
  while (oldEnd > start && end > start && old[oldEnd - 1].key === next[end - 1].key) {
    patchRow(old[--oldEnd], next[--end]);
  }
  if (start < oldEnd || start < end) place(shown, old, next, start, oldEnd, end);
  operations += patches.length / 2;
  patches.length = 0;
}

function place(shown: Shown, old: Row[], next: Row[], start: number, oldEnd: number, end: number): void {
  const at = new Map<number, number>();
  for (let i = start; i < oldEnd; i++) at.set(old[i].key, i);
  const from = new Array<number>(end - start);
  let moved = false;
  let last = -1;
  for (let i = start; i < end; i++) {
    const found = at.get(next[i].key);
    if (found === undefined) {
      from[i - start] = -1;
      next[i].num = shown.next;
      shown.next += 2;
      continue;
    }
    at.delete(next[i].key);
    from[i - start] = found;
    patchRow(old[found], next[i]);
    if (found < last) moved = true;
    else last = found;
  }
  const stay = moved ? longestIncreasing(from) : null;
  let s = stay === null ? -1 : stay.length - 1;
  for (let i = end - 1; i >= start; i--) {
    if (from[i - start] === -1) patches.push(next[i].num, next[i]);
    else if (stay !== null) {
      if (s >= 0 && stay[s] === i - start) s--;
      else patches.push(next[i].num, next[i + 1]?.num ?? 0);
    }
  }
  for (const index of at.values()) patches.push(old[index].num, null);
}

/** See bench/contender.ts. */
export const prepare = prepareDiffer<Shown>({
  mount(items) {
    const rows = build(items);
    let next = 1;
    for (const row of rows) {
      row.num = next;
      next += 2;
    }
    return { rows, next };
  },
  patch,
  operations: () => operations,
});
