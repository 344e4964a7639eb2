/**
 * The groups of benches: what is compared with what, and which ratios are to be reached.
 *
 * @module
 */
import { CHANGES } from "./diff/cases.ts";

/** A ratio of two contenders. */
export interface Goal {
  /** Whose time is divided. */
  ours: string;
  /** By whose. */
  beside: string;
  /** The most that is wanted, by operation; "" for all others. */
  most: Record<string, number>;
}

/** A group. */
export interface Group {
  /** What it asks. */
  question: string;
  /** What is done. */
  operations: readonly string[];
  /** By whom: their modules. */
  contenders: Record<string, string>;
  /** What is to be reached. */
  goals: readonly Goal[];
  /** What is counted besides time; null for nothing. */
  counts: string | null;
}

const sized = (names: readonly string[], sizes: readonly number[]): string[] =>
  sizes.flatMap((size) => names.map((name) => `${name} ${size}`));

/** The groups by name. */
export const GROUPS: Record<string, Group> = {
  ssr: {
    question: "How long does it take to build a view and write it as HTML?",
    operations: ["card", "table", "buttons"],
    contenders: {
      "by hand": "./ssr/hand.ts",
      "Vango JSX": "./ssr/vango_jsx.tsx",
      "Vango functions": "./ssr/vango_functions.ts",
      "Hono JSX": "./ssr/hono/jsx.tsx",
      "Preact JSX": "./ssr/preact/jsx.tsx",
      "Preact functions": "./ssr/preact/functions.ts",
    },
    goals: [
      { ours: "Vango functions", beside: "Preact functions", most: { "": 0.6, table: 0.9 } },
      { ours: "Vango JSX", beside: "by hand", most: { "": 1.5, buttons: 4 } },
    ],
    counts: null,
  },
  diff: {
    question:
      "How long does it take to build a list of keyed items again and compare it with the one that is shown?",
    operations: sized(Object.keys(CHANGES), [100, 1000]),
    contenders: {
      "by hand": "./diff/hand.ts",
      "Vango JSX": "./diff/vango_jsx.tsx",
      "Vango functions": "./diff/vango_functions.ts",
      "Inferno": "./diff/inferno.ts",
      "Snabbdom": "./diff/snabbdom.ts",
      "Preact": "./diff/preact.ts",
    },
    goals: [
      { ours: "Vango functions", beside: "Inferno", most: { "": 1.2 } },
      { ours: "Vango JSX", beside: "Inferno", most: { "": 0.8 } },
    ],
    counts: "operations on the DOM",
  },
  codec: {
    question: "How long does it take to write and to read a frame?",
    operations: ["a click", "a text patch", "100 patches"].flatMap((
      what,
    ) => [`encode ${what}`, `decode ${what}`]),
    contenders: {
      "by hand": "./codec/hand.ts",
      "Vango": "./codec/vango.ts",
      "JSON": "./codec/json.ts",
      "MessagePack": "./codec/msgpack.ts",
      "Avro": "./codec/avsc.ts",
    },
    goals: [{ ours: "Vango", beside: "by hand", most: { "": 1.25 } }],
    counts: "bytes",
  },
  signals: {
    question: "What do signals cost that have owners, beside signals alone?",
    operations: [
      "write with one effect",
      "write through 50 computeds in a chain",
      "write with 100 effects",
      "a component's life",
    ],
    contenders: {
      "signals-core": "./signals/preact.ts",
      "Vango": "./signals/vango.ts",
      "alien-signals": "./signals/alien.ts",
      "Solid": "./signals/solid.ts",
    },
    goals: [],
    counts: null,
  },
};
