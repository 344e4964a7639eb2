/**
 * The groups of benches: what is compared with what, and which ratios are to be reached.
 *
 * @module
 */
import { CHANGES } from "./diff/cases.ts";
import { OPERATIONS as ROUTER_OPERATIONS } from "./router/cases.ts";

/** A ratio of two contenders. */
export interface Goal {
  /** Whose time is divided. */
  ours: string;
  /** By whose; of several by that of the fastest. */
  beside: string | readonly string[];
  /** The most that is wanted, by operation; "" for all others. Null when nothing was promised. */
  most: Record<string, number> | null;
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
  /** Which operations the gate looks at: see gate.ts. */
  gate: readonly string[];
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
    gate: ["card", "table", "buttons"],
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
    gate: ["same 1000", "shuffle 1000", "append 1000"],
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
    gate: ["encode a click", "encode 100 patches", "decode 100 patches"],
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
    goals: [{ ours: "Vango", beside: "signals-core", most: null }],
    counts: null,
    gate: ["write with one effect", "a component's life"],
  },
  router: {
    question: "How long does it take to find the route of a path, with its params decoded?",
    operations: ROUTER_OPERATIONS,
    contenders: {
      "Vango": "./router/vango.ts",
      "Vango's tree": "./router/tree.ts",
      "Memoirist": "./router/memoirist.ts",
      "rou3": "./router/rou3.ts",
      "rou3 compiled": "./router/rou3_compiled.ts",
      "find-my-way": "./router/find_my_way.ts",
      "Hono": "./router/hono.ts",
    },
    goals: [{
      ours: "Vango",
      beside: ["Memoirist", "rou3", "rou3 compiled", "find-my-way", "Hono"],
      most: Object.fromEntries(ROUTER_OPERATIONS.map((operation) => [
        operation,
        operation.startsWith("static") ? 1.1 : operation.startsWith("miss") ? 1 : 0.8,
      ])),
    }],
    counts: null,
    gate: ["static, hot 100", "param, fresh 100", "catch-all, fresh 100"],
  },
};

/** Those beside whom a goal is. */
export function besideOf({ beside }: Pick<Goal, "beside">): readonly string[] {
  return typeof beside === "string" ? [beside] : beside;
}

/** What the ratio of a goal is called. */
export function nameOfGoal({ ours, beside }: Goal): string {
  return `${ours} / ${typeof beside === "string" ? beside : `best of ${beside.length}`}`;
}
