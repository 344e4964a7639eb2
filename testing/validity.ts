/**
 * What a browser refuses to submit of itself (HTML, "Constraint validation"): the rules that can be told from markup and values.
 *
 * @module
 */
import { controlsOf, groupOf, inputType, isDisabled, isOn, valueOf } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";

/** What a browser takes for an address (HTML, "Valid e-mail address", "Valid URL"). */
const TYPES: Readonly<Record<string, (value: string) => boolean>> = {
  email: (value) => /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(value),
  url: (value) => URL.canParse(value),
};

/** The controls for which a browser would not submit a form. */
export function invalidControls(form: DomNode): DomNode[] {
  return controlsOf(form).filter((node) => !isValid(node));
}

function isValid(node: DomNode): boolean {
  const type = inputType(node);
  if (!/^(input|select|textarea)$/.test(node.name) || isDisabled(node) || node.attrs.has("readonly")) {
    return true;
  }
  if (/^(hidden|submit|button|reset|image)$/.test(type)) return true;
  if (type === "radio") {
    const group = groupOf(node);
    return !group.some((each) => each.attrs.has("required")) || group.some(isOn);
  }
  if (type === "checkbox") return !node.attrs.has("required") || isOn(node);
  const value = valueOf(node);
  if (value === "") return !node.attrs.has("required");
  return node.name !== "input" || fits(node, type, value);
}

function fits(node: DomNode, type: string, value: string): boolean {
  const pattern = node.attr("pattern");
  if (!(TYPES[type]?.(value) ?? true) || pattern !== null && !matches(pattern, value)) return false;
  if (type !== "number") return true;
  const limit = (name: string, fallback: number) => {
    const text = node.attr(name) ?? "";
    return text === "" || Number.isNaN(Number(text)) ? fallback : Number(text);
  };
  return Number(value) >= limit("min", -Infinity) && Number(value) <= limit("max", Infinity);
}

/** Whether all of a value matches. A pattern that is none is no rule. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "v").test(value);
  } catch {
    return true;
  }
}
