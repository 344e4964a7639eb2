/**
 * A typist: scripts of what people do to text fields, made from a seed, and the means to play them by real input.
 *
 * Words with slips that are corrected, walks with the arrows to mend something further back, selections that are written over,
 * pastes, undo, and compositions of an input method that go through candidates.
 *
 * @module
 */
import type { Page } from "playwright-core";
import { type Input, MODIFIERS } from "./input.ts";

/** One thing that a typist does. */
export type Action =
  | { kind: "focus"; id: string }
  | { kind: "key"; key: string; modifiers?: number }
  | { kind: "compose"; text: string }
  | { kind: "commit"; text: string }
  /** Waits until the server has everything. */
  | { kind: "rest" };

/** A source of numbers from 0 to `below - 1`. */
export type Random = (below: number) => number;

/** Makes a source of numbers from a seed: a linear congruential generator, of which the high bits are used. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

const WORDS = "the quick brown fox 12 jumps over 3 lazy dogs and 4567 then waits e x 90 more".split(" ");

/** Candidates of an input method, in the order in which they are shown; the last one is entered. */
const CANDIDATES = [["n", "ni", "你"], ["に", "にほ", "にほん", "日本"], ["k", "ko", "こ"], ["a", "á"]];

/** What every clipboard of these tests holds. */
export const PASTED = "Pasted 42";

/** What a control allows besides keys and compositions. */
export interface Abilities {
  /** Whether undo is tried. */
  undo: boolean;
  /** Whether an input method is used. */
  compose: boolean;
}

/**
 * Makes a script of at least `keys` actions over some controls.
 *
 * @param random Where its choices come from.
 * @param controls What can be done to which control.
 */
export function writeScript(random: Random, keys: number, controls: Record<string, Abilities>): Action[] {
  const script: Action[] = [];
  const ids = Object.keys(controls);
  const key = (key: string, modifiers?: number) => void script.push({ kind: "key", key, modifiers });
  const repeat = (name: string, times: number, modifiers?: number) => {
    for (let i = 0; i < times; i++) key(name, modifiers);
  };
  const word = () => {
    for (const letter of WORDS[random(WORDS.length)]) {
      if (random(12) === 0) {
        key("abcd1"[random(5)]);
        key("Backspace");
      }
      key(letter);
    }
    key(" ");
  };
  const acts: ((id: string) => void)[] = [
    word,
    word,
    word,
    word,
    // Something is mended further back.
    () => {
      repeat("ArrowLeft", 1 + random(4));
      key("abc5"[random(4)]);
      if (random(2)) key("Delete");
      repeat("ArrowRight", random(3));
    },
    () => {
      key("Home");
      key("a");
      key("End");
    },
    // A selection is written over.
    () => {
      repeat("ArrowLeft", 1 + random(4), MODIFIERS.shift);
      key("wz8"[random(3)]);
    },
    () => key("v", MODIFIERS.ctrl),
    (id) => {
      if (!controls[id].undo) return;
      // One history serves all fields of a page, and how many keys are undone at once depends on what else has changed: so one
      // key of this field, after a walk.
      word();
      key("ArrowLeft");
      key("ArrowRight");
      key("q");
      key("z", MODIFIERS.ctrl);
      key("u");
    },
    (id) => {
      if (!controls[id].compose) return;
      const candidates = CANDIDATES[random(CANDIDATES.length)];
      for (const text of candidates) script.push({ kind: "compose", text });
      script.push({ kind: "commit", text: candidates.at(-1)! });
    },
  ];
  while (script.length < keys) {
    const id = ids[random(ids.length)];
    script.push({ kind: "focus", id });
    key("End");
    for (let i = 2 + random(4); i--;) acts[random(acts.length)](id);
    if (random(4) === 0) script.push({ kind: "rest" });
  }
  script.push({ kind: "rest" });
  return script;
}

/** How a script is played. */
export interface Playing {
  /** Called before each action. */
  before?: (index: number) => Promise<void>;
  /** Called at a rest. */
  rest?: () => Promise<void>;
}

/** Plays a script on a page. */
export async function play(
  page: Page,
  input: Input,
  script: readonly Action[],
  how: Playing = {},
): Promise<void> {
  for (const [index, action] of script.entries()) {
    await how.before?.(index);
    if (action.kind === "focus") await page.focus(`#${action.id}`);
    else if (action.kind === "key") await input.press(action.key, action.modifiers);
    else if (action.kind === "compose") await input.compose(action.text);
    else if (action.kind === "commit") await input.commit(action.text);
    else await how.rest?.();
  }
}

/** Fills the clipboard with {@linkcode PASTED}, by copying it from a field of a page. */
export async function fillClipboard(page: Page, input: Input): Promise<void> {
  await page.setContent(`<input id="copy" value="${PASTED}">`);
  await page.focus("#copy");
  await input.press("a", MODIFIERS.ctrl);
  await input.press("c", MODIFIERS.ctrl);
}
