/**
 * What the user changed before anyone listened: a control that differs from its default counts as input that was not sent.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

/** Tells of every control that is not as the server wrote it, or that it was not told of, as if it had been changed now. */
export function sendUnsent(c: Client, { numberOf }: Core): void {
  const controls = new Set<Element>();
  for (const element of c.doc.querySelectorAll<HTMLInputElement>("input,textarea,option")) {
    const control = element.localName === "option" ? element.closest("select") : element;
    if (control && numberOf(c, control) > 0 && isChanged(element)) controls.add(control);
  }
  // What was typed since may be what the page began with.
  for (const control of c.typed.keys()) if (numberOf(c, control) > 0) controls.add(control);
  for (const control of controls) {
    for (const type of ["input", "change"]) control.dispatchEvent(new c.win.Event(type, { bubbles: true }));
  }
}

function isChanged(element: HTMLInputElement & Partial<HTMLOptionElement>): boolean {
  const { type, value, defaultValue, checked, defaultChecked, index, selected } = element;
  // Where no option is the default, the first one is.
  if (index !== undefined) {
    return element.hasAttribute("selected")
      ? !selected
      : !!selected && (index > 0 || !!element.closest("[multiple]"));
  }
  // Of radio buttons, the one that is on tells.
  if (/^(checkbox|radio)$/.test(type)) return checked !== defaultChecked && (checked || type !== "radio");
  // A slider and a colour show something where they have no default.
  return value !== defaultValue && !/^(range|color)$/.test(type);
}
