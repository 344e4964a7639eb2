/**
 * The rows of the table that the wire is measured on, and what is done to them.
 *
 * @module
 */

/** A row. */
export interface Row {
  /** Its key, and what its first cell shows. */
  id: number;
  /** Three words. */
  label: string;
}

/** What a row does when its links are clicked. */
export interface RowActions {
  /** Of the label. */
  choose(id: number): void;
  /** Of the "x". */
  remove(id: number): void;
}

const SIZES = [
  "pretty",
  "large",
  "big",
  "small",
  "tall",
  "short",
  "long",
  "handsome",
  "plain",
  "quaint",
  "clean",
];
const COLOURS = ["red", "yellow", "blue", "green", "pink", "brown", "purple", "white", "black", "orange"];
const THINGS = [
  "table",
  "chair",
  "house",
  "bbq",
  "desk",
  "car",
  "pony",
  "cookie",
  "sandwich",
  "burger",
  "pizza",
];

/** Rows from one id to another, the last not included; their labels come in another order than their ids. */
export function makeRows(from: number, to: number): Row[] {
  return Array.from({ length: to - from }, (_, i) => {
    const id = from + i;
    const label = [SIZES[id * 7 % 11], COLOURS[id * 3 % 10], THINGS[(id * 5 + (id / 11 | 0)) % 11]].join(" ");
    return { id, label };
  });
}

/** A step of the measurement, as the rows after it. */
export const STEPS: Record<string, (rows: Row[]) => Row[]> = {
  'every 10th label grows by " !!!"': (rows) =>
    rows.map((row, i) => i % 10 === 0 ? { ...row, label: `${row.label} !!!` } : row),
  "rows 2 and 999 change places": (rows) => {
    const next = [...rows];
    [next[1], next[998]] = [next[998], next[1]];
    return next;
  },
  "1,000 rows more": (rows) => [...rows, ...makeRows(rows.length + 1, rows.length + 1001)],
};
