/**
 * Input is never clobbered (decision D7): what the user typed wins over what the server computed before it knew.
 *
 *     user    a(1) ab(2)                         the value that frame "received 1" sets waits
 *     server            A (received 1)           until a frame says "received 2", and is dropped
 *                            AB (received 2)     when a newer one comes with it
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

type Control = HTMLInputElement;

interface Held {
  node: Element;
  what: string;
  run: () => void;
}

/** Changes of the live state of controls. */
export interface Controls {
  /** Whether the server does not know what a control shows. The radio buttons of a group are one control. */
  isAhead(node: Element): boolean;
  /** Makes a change now, or when the server knows what the control shows. `what` names what is changed. */
  change(node: Element, what: string, run: () => void): void;
  /** Makes the changes that need not wait any more. `over` tells which events have settled. */
  release(over?: (seq: number) => boolean): void;
  /**
   * The server has received events. It noted what they carry of their controls and went on from that: what it wanted of
   * these before is not to be made.
   */
  supersede(received: number): void;
  /** Forgets the changes that wait. */
  reset(): void;
  /** Sets the value; the caret stays where it was in the text. Of a multiple select: values that end in NUL. */
  setValue(c: Client, control: Element, value: string): void;
}

/** Makes the controls of a page. `flush` sends what waits for its time. */
export function createControls(c: Client, core: Core, flush: () => void): Controls {
  let held: Held[] = [];
  let composing: EventTarget | null = null;
  // What a refused event carried was not noted.
  const refused = new Set<number>();
  c.doc.addEventListener("vango:error", (event) => refused.add((event as CustomEvent).detail.seq), {
    signal: c.quit.signal,
  });

  // What the controls of forms showed when they were submitted: what is typed after that, no event may ever carry.
  let shown: { seq: number; control: Element; was: string }[] = [];

  const isPartOf = (node: Element, other: unknown) => {
    const control = (node.localName === "option" && node.closest("select") || node) as Control;
    return other === control || control.type === "radio" && (other as Control)?.type === "radio" &&
        (other as Control).name === control.name && (other as Control).form === control.form;
  };

  const isAhead = (node: Element) =>
    isPartOf(node, composing) || [...c.typed.keys()].some((other) => isPartOf(node, other));

  const change = (node: Element, what: string, run: () => void) => {
    held = held.filter((other) => other.node !== node || other.what !== what);
    const mine = shown.filter(({ control }) => isPartOf(node, control));
    if (isAhead(node)) held.push({ node, what, run });
    else if (mine.every(({ control, was }) => look(control) === was)) {
      run();
      for (const it of mine) it.was = look(it.control);
    }
  };

  const release = (over?: (seq: number) => boolean) => {
    for (const { node, what, run } of held) change(node, what, run);
    if (over) shown = shown.filter(({ seq }) => !over(seq));
  };

  // Before any other listener: what is typed counts from now on, though an event may carry it much later, or never.
  const on = (type: string, run: (target: Element) => void) =>
    c.win.addEventListener(type, ({ target }) => run(target as Element), {
      capture: true,
      signal: c.quit.signal,
    });
  const note = (target: Element, types: string[]) => {
    for (let element: Element | null = target; element; element = element.parentElement) {
      const handlers = core.handlersOf(c, element);
      if (types.some((type) => handlers?.has(type))) return c.typed.set(target, Infinity);
    }
  };
  on("input", (target) => note(target, ["input", "change"]));
  on("change", (target) => {
    flush();
    note(target, ["change"]);
  });
  on("click", flush);
  on("submit", (form) => {
    flush();
    const seq = c.seq + 1;
    // A submit before that nothing took has become no event.
    shown = shown.filter((it) => it.seq < seq);
    for (const control of (form as HTMLFormElement).elements) {
      shown.push({ seq, control, was: look(control) });
    }
  });
  on("compositionstart", (target) => composing = target);
  on("compositionend", () => {
    composing = null;
    release();
  });
  on("focusout", (target) => {
    flush();
    // It was left as it was: no event will carry anything.
    if (c.typed.get(target) === Infinity) c.typed.delete(target);
    release();
  });

  return {
    isAhead,
    change,
    setValue,
    release,
    supersede(received) {
      for (const { seq, type, target, carries } of c.queue) {
        if (seq > received || !carries || !/^(input|change)$/.test(type) || refused.delete(seq)) continue;
        // Of other properties the event says nothing.
        held = held.filter(({ node, what }) => what === "indeterminate" || !isPartOf(node, target));
      }
    },
    reset() {
      held = [];
      // After a resync all that was received has settled.
      shown = shown.filter((it) => c.queue.some(({ seq }) => seq === it.seq));
    },
  };
}

/** What a control shows. */
function look(element: Element): string {
  const { value, checked, options } = element as Control & HTMLSelectElement;
  return value + checked + [...options ?? []].map((option) => option.selected);
}

function setValue(c: Client, element: Element, value: string): void {
  const control = element as Control;
  if (control.type === "select-multiple") {
    const values = value.split("\0").slice(0, -1);
    for (const option of (element as HTMLSelectElement).options) {
      option.selected = values.includes(option.value);
    }
    return;
  }
  const old = control.value;
  if (old === value) return;
  const { selectionStart, selectionEnd, selectionDirection } = control;
  control.value = value;
  // Controls without a caret say null, or nothing at all.
  if (c.doc.activeElement !== control || typeof selectionStart !== "number") return;
  let head = 0;
  let tail = 0;
  while (head < old.length && old[head] === value[head]) head++;
  while (tail < Math.min(old.length, value.length) - head && old.at(-1 - tail) === value.at(-1 - tail)) {
    tail++;
  }
  const move = (at: number) =>
    at >= old.length - tail
      ? at + value.length - old.length
      : Math.min(at, Math.max(head, value.length - tail));
  control.setSelectionRange(move(selectionStart), move(selectionEnd!), selectionDirection ?? undefined);
}
