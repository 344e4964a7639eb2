/**
 * What happens to the text fields of a page, in order: keys, edits, and every value that a script sets, each with the text and
 * the selection as they are at that moment.
 *
 *     key ArrowLeft  "AB|"        the caret moves           (the user's)
 *     edit insertText "c"  "A|B"  the edit begins
 *     input          "Ac|B"       it is done
 *     write "ACB"    "Ac|B"       a script sets the value   (the server's)
 *     key …          "AC|B"
 *
 * Each entry shows the field before what it tells of, so nothing can happen between two entries without being seen.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** A text and its selection, from where it began to where the caret is. */
export type FieldState = [text: string, anchor: number, caret: number];

/** One entry. */
export interface Entry {
  /** The id of the field. */
  id: string;
  /** What it tells of. */
  kind: "key" | "edit" | "input" | "compositionstart" | "compositionend" | "write" | "look";
  /** The field before it (input: after the edit). */
  state: FieldState;
  /** The key, the kind of edit, or the value that is set. */
  what: string;
  /** The text that an edit enters. */
  data: string | null;
  /** Whether Shift is down. */
  shift: boolean;
  /** Whether the field has the focus. */
  focused: boolean;
  /** Whether it comes of the user and the browser, not of a script. */
  trusted: boolean;
}

interface Logging {
  editLog: Entry[];
  stateOf(element: Element): FieldState;
}

/** Notes what happens to the fields of a page from its start; call it before the page is opened. */
export async function logEdits(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Field = HTMLInputElement;
    const log: Entry[] = [];
    const stateOf = (element: Element): FieldState => {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        const { value, selectionStart, selectionEnd, selectionDirection } = element;
        return selectionDirection === "backward"
          ? [value, selectionEnd!, selectionStart!]
          : [value, selectionStart!, selectionEnd!];
      }
      const selection = getSelection()!;
      const offset = (node: Node | null, at: number) => {
        if (!node || !element.contains(node)) return -1;
        const range = document.createRange();
        range.setStart(element, 0);
        range.setEnd(node, at);
        return range.toString().length;
      };
      const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
      return [element.textContent!, offset(anchorNode, anchorOffset), offset(focusNode, focusOffset)];
    };
    const note = (element: Element, kind: Entry["kind"], more: Partial<Entry> = {}) => {
      if (!element.id || element === document.body) return;
      log.push({
        id: element.id,
        kind,
        state: stateOf(element),
        what: "",
        data: null,
        shift: false,
        focused: document.activeElement === element,
        trusted: kind !== "write",
        ...more,
      } as Entry);
    };
    Object.assign(window, { editLog: log, stateOf });
    const on = (type: string, run: (event: InputEvent & KeyboardEvent) => void) =>
      addEventListener(type, (event) => run(event as InputEvent & KeyboardEvent), true);
    on(
      "keydown",
      (e) => note(e.target as Field, "key", { what: e.ctrlKey ? `Ctrl+${e.key}` : e.key, shift: e.shiftKey }),
    );
    on("keyup", (e) => note(e.target as Field, "look"));
    on("beforeinput", (e) => note(e.target as Field, "edit", { what: e.inputType, data: e.data }));
    on("input", (e) => note(e.target as Field, "input", { trusted: e.isTrusted }));
    on("compositionstart", (e) => note(e.target as Field, "compositionstart"));
    on("compositionend", (e) => note(e.target as Field, "compositionend"));
    for (const type of [HTMLInputElement, HTMLTextAreaElement]) {
      const { get, set } = Object.getOwnPropertyDescriptor(type.prototype, "value")!;
      Object.defineProperty(type.prototype, "value", {
        get,
        set(value: string) {
          note(this, "write", { what: value });
          set!.call(this, value);
        },
      });
    }
  });
}

/** The log of a page so far. */
export async function editLog(page: Page): Promise<Entry[]> {
  return await page.evaluate(() => (window as unknown as Logging).editLog);
}

/** The texts of some fields as they are now, and how many input events they have had. */
export async function fieldTexts(
  page: Page,
  ids: readonly string[],
): Promise<{ texts: string[]; inputs: number }> {
  return await page.evaluate((ids) => {
    const { editLog, stateOf } = window as unknown as Logging;
    return {
      texts: ids.map((id) => stateOf(document.getElementById(id)!)[0]),
      inputs: editLog.filter(({ kind, id }) => kind === "input" && ids.includes(id)).length,
    };
  }, [...ids]);
}
