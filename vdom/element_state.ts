/**
 * What the server keeps of one element besides its node: bound attributes, and what its browser shows of live props.
 *
 * @module
 */
import type { AttrBinding } from "./binding.ts";
import type { VNode } from "./node.ts";

/** What an element node carries in `aux`. */
export interface ElementState {
  /** Its bound attributes. */
  binding: AttrBinding | null;
  /** What the DOM has of live props (value, checked, selected): text, or "" and null for on and off. */
  live: Map<string, string | null> | null;
  /** Who mounted it: where errors of its handlers go. Known of elements that take events. */
  owner: unknown;
  /** The newest node; null when the element is gone. Known of elements with live props. */
  node: VNode | null;
  /** What its user did, while handlers of that have not settled. */
  busy: Busy | null;
}

/** A control whose input is being handled. */
export interface Busy {
  /** How many handlers still wait. */
  waiting: number;
  /** The number of the newest event. */
  newest: number;
  /** Whether the handler of the newest event still waits. */
  newestWaits: boolean;
  /** Whether a handler has settled since the last flush. */
  settled: boolean;
  /** Whether a value is kept back for the handler of the newest event. */
  held: boolean;
  /** What the user made of its live props meanwhile, as "name=text": the newest of it. */
  shown: Set<string>;
  /** How long that is, in UTF-16 units. */
  shownUnits: number;
  /** What the views want of them, as far as they were told. */
  wanted: Map<string, string | null>;
}

/** How much is remembered of what one control showed, in UTF-16 units: who types on and on while handlers wait must not fill the memory. */
const MAX_SHOWN = 65_536;

/** A control whose user made something of a live prop: `shown`. */
export function noteBusy(state: ElementState, name: string, shown: string | null): void {
  const busy = state.busy ??= {
    waiting: 0,
    newest: 0,
    newestWaits: false,
    settled: false,
    held: false,
    shown: new Set(),
    shownUnits: 0,
    wanted: new Map(),
  };
  if (!busy.wanted.has(name)) busy.wanted.set(name, state.live!.get(name)!);
  const text = `${name}=${shown}`;
  if (busy.shown.has(text)) return;
  busy.shown.add(text);
  busy.shownUnits += text.length;
  for (const oldest of busy.shown) {
    if (busy.shownUnits <= MAX_SHOWN || busy.shown.size === 1) break;
    busy.shown.delete(oldest);
    busy.shownUnits -= oldest.length;
  }
}

/** The state of an element, made on first need. */
export function stateOf(node: VNode): ElementState {
  return (node.aux ??= { binding: null, live: null, owner: null, node: null, busy: null }) as ElementState;
}

/**
 * Whether the browser is told now what a view wants of a control while its user's input is being handled. What came late may
 * be the answer to older input: it waits for the answer to the newest.
 *
 *     input 1 "a"  …………… await …………… text = "A"       the control shows "ab": not "A" now,
 *     input 2       "ab" …………………… await ………………… text = "AB"        but "AB" then
 *
 * @param late Whether something changed since the last flush that no handler did before its first await.
 */
export function mayTell(busy: Busy, name: string, wanted: string | null, late: boolean): boolean {
  const others = busy.waiting > 1 || busy.settled;
  if (!busy.newestWaits || !others || !late) return isNews(busy, name, wanted);
  busy.held = true;
  return false;
}

/**
 * Whether the browser must be told what a view wants of a control while its user's input is being handled. What was wanted
 * before, and what the user had typed on the way to what is there now, is no news: it would take newer input back.
 */
function isNews(busy: Busy, name: string, wanted: string | null): boolean {
  if (busy.waiting === 0) return true;
  const same = busy.wanted.get(name) === wanted;
  busy.wanted.set(name, wanted);
  return !same && !busy.shown.has(`${name}=${wanted}`);
}
