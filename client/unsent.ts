/**
 * What the user changed before anyone listened: a control that differs from its default counts as input that was not sent.
 *
 * @module
 */
import { numberOf } from "./nodes.ts";
import type { Client } from "./state.ts";

/** Tells of every control that is not as the server wrote it, as if it had been changed now. */
export function sendUnsent(c: Client): void {
  for (const control of c.doc.querySelectorAll<HTMLInputElement>("input,textarea,select")) {
    if (numberOf(c, control) > 0 && isChanged(control)) {
      for (const type of ["input", "change"]) control.dispatchEvent(new c.win.Event(type, { bubbles: true }));
    }
  }
}

function isChanged(control: HTMLInputElement): boolean {
  const { type, value, defaultValue, checked, defaultChecked } = control;
  if (type === "checkbox") return checked !== defaultChecked;
  // The button that was on before tells nothing: the one that is on does.
  if (type === "radio") return checked && !defaultChecked;
  const { options, selectedIndex } = control as unknown as HTMLSelectElement;
  if (options) {
    const list = [...options];
    return list.some((option) => option.defaultSelected) || type === "select-multiple"
      ? list.some((option) => option.selected !== option.defaultSelected)
      : selectedIndex > 0;
  }
  // A slider and a colour show something where they have no default.
  return value !== defaultValue && !(/^(range|color|number)$/.test(type) && !defaultValue && !value) &&
    !(/^(range|color)$/.test(type) && !defaultValue) && type !== "hidden";
}
