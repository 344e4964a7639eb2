/**
 * Optimistic changes as overlays (decision D8): each belongs to one event, and stands above what the server said.
 *
 *     base  <li class="todo">       patches are applied to this
 *     #7    +done                   until event 7 has settled
 *     #9    text "Saving"           until event 9 has settled
 *
 * Before patches all are taken back, the newest first; after them those that have not settled are shown again, the oldest first. Both
 * happen in one task: nobody sees the page in between.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

/** What the `optimistic` option of a handler may say. */
export interface OptimisticChange {
  /** Class tokens, separated by spaces, by what happens to them. */
  class?: { add?: string; remove?: string; toggle?: string };
  /** The text of the element. */
  text?: string;
  /** Attributes; null removes one. */
  attr?: Record<string, string | null>;
  /** The value of a control. */
  value?: string;
  /** The id of another element. Default: the element. */
  target?: string;
}

/** The optimistic changes of a page. */
export interface Overlays {
  /** Shows the change of an event. */
  predict(seq: number, element: Element, change: string): void;
  /** Takes all back. */
  unwind(): void;
  /** Drops those whose events are over, and shows the others again; all of them where nothing is said. */
  rewind(over?: (seq: number) => boolean): void;
}

interface Overlay {
  seq: number;
  element: HTMLInputElement;
  change: OptimisticChange;
  undo: (() => void)[];
}

/** Makes an empty stack. */
export function createOverlays({ win, quit: { signal } }: Client, { setAttr }: Core): Overlays {
  let overlays: Overlay[] = [];
  // What the user types is theirs, be it the same: it is neither taken back nor covered again.
  const typed = ({ target }: Event) => {
    for (const { element, change } of overlays) if (element === target) delete change.value;
  };
  win.addEventListener("input", typed, { capture: true, signal });
  const show = ({ element, change, undo }: Overlay) => {
    const { classList } = element;
    const plain = element.hasAttribute("class");
    for (const [how, tokens] of Object.entries(change.class ?? {})) {
      for (const token of tokens.split(" ").filter(Boolean)) {
        const had = classList.contains(token);
        classList[how as "add"](token);
        undo.push(() => {
          classList.toggle(token, had);
          if (!plain && !classList.length) element.removeAttribute("class");
        });
      }
    }
    for (const [name, value] of Object.entries(change.attr ?? {})) {
      const had = element.getAttribute(name);
      const put = (value: string | null) =>
        value === null ? element.removeAttribute(name) : setAttr(element, name, value);
      put(value);
      undo.push(() => put(had));
    }
    const { text, value } = change;
    if (text != null) {
      // The nodes keep their numbers: they come back before the next patch.
      const had = [...element.childNodes];
      element.textContent = text;
      undo.push(() => element.replaceChildren(...had));
    }
    if (value != null) {
      const had = element.value;
      element.value = value;
      undo.push(() => {
        if (element.value === change.value) element.value = had;
        else delete change.value;
      });
    }
  };
  return {
    predict(seq, element, change) {
      const parsed: OptimisticChange = JSON.parse(decodeURIComponent(change));
      const found = parsed.target ? element.ownerDocument.getElementById(parsed.target) : element;
      if (!found) return;
      show(
        overlays[overlays.push({ seq, element: found as HTMLInputElement, change: parsed, undo: [] }) - 1],
      );
    },
    unwind() {
      for (const { undo } of [...overlays].reverse()) {
        while (undo.length) undo.pop()!();
      }
    },
    rewind(over) {
      overlays = overlays.filter(({ seq }) => !over?.(seq));
      overlays.forEach(show);
    },
  };
}
