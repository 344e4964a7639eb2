/**
 * Unsaved changes: while an element with `data-vango-unsaved` is anywhere in the document, who leaves is asked first.
 *
 * @module
 */
import type { Client } from "./state.ts";

const MESSAGE = "Leave without saving your changes?";

/** The guard of a page. */
export interface Guard {
  /** Whether there is something to lose. */
  blocks(): boolean;
  /** Asks the user, if there is something to lose; true to go on. */
  ask(): boolean;
  /** The document is about to be left, and the user knows. */
  leave(): void;
  /** Looks again whether the browser must ask before the document is left. */
  look(): void;
}

/** Makes the guard. */
export function createGuard({ win, doc, quit: { signal } }: Client): Guard {
  const find = () => doc.querySelector("[data-vango-unsaved]");
  const stop = (event: Event) => {
    event.preventDefault();
    // What some browsers go by.
    event.returnValue = true as never;
  };
  const look = (left?: boolean) => {
    win.removeEventListener("beforeunload", stop);
    // A page with this listener may be kept from the way back, so it is there only while it is needed.
    if (!left && find()) win.addEventListener("beforeunload", stop, { signal });
  };
  return {
    look: () => look(),
    blocks: () => !!find(),
    ask: () => {
      const element = find();
      return !element || win.confirm(element.getAttribute("data-vango-unsaved") || MESSAGE);
    },
    leave() {
      look(true);
      // Not every address takes the place of the document: a download does not.
      win.setTimeout(look, 1_000);
    },
  };
}
