/**
 * The entries of the history that this document has made: each has a place and an id in its state, `{ vango: [place, id] }`.
 *
 * Places of one document follow each other, so they tell how far a step through the history went; ids are what positions are
 * kept by. The rest of an entry's state is that of the page's scripts.
 *
 * @module
 */
import type { Page } from "./state.ts";

/** An entry. */
export type Entry = readonly [place: number, id: string];

/** The entries of a document. */
export interface Entries {
  /** The one at which the browser is. */
  readonly current: Entry;
  /** The browser is at another one of ours. */
  move(to: Entry): void;
  /** The browser is at a new one, `places` further. */
  add(places: number): void;
  /** Gives the entry its state again, after something has replaced it; false when nothing has. */
  mark(): boolean;
  /** Goes to the fragment of the location in this very entry: scrolls, makes it the `:target`, and Tab goes on from there. */
  place(url?: string): void;
  /** Whether that is what goes on. */
  readonly placing: boolean;
}

/** The entry of a state of the history, if it is ours. */
export function entryOf(state: { vango?: Entry } | null): Entry | undefined {
  return state?.vango;
}

/** Makes the entries, from the one at which the browser is. */
export function createEntries({ history, location }: Page): Entries {
  let current: Entry = entryOf(history.state) ?? [-1, ""];
  let placing = false;
  const write = () => history.replaceState({ ...history.state, vango: current }, "");
  const add = (places: number) => {
    current = [current[0] + places, Math.random().toString(36).slice(2)];
    write();
  };
  if (!current[1]) add(1);
  return {
    get current() {
      return current;
    },
    get placing() {
      return placing;
    },
    move: (to) => current = to,
    add,
    mark() {
      const lost = !entryOf(history.state);
      if (lost) write();
      return lost;
    },
    place(url = location.hash) {
      placing = true;
      // No other way of changing the address does this; it takes the state away.
      location.replace(url);
      write();
      placing = false;
    },
  };
}
