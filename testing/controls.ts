/**
 * Controls: what they show, what the user does to them, and what a form makes of them (HTML, "Form control infrastructure").
 *
 * @module
 */
import type { DomNode } from "./dom_node.ts";

/** The type of an input, in lower case. */
export function inputType(node: DomNode): string {
  return node.name === "input" ? node.attr("type")?.toLowerCase() ?? "text" : "";
}

/** Whether it is a checkbox or a radio button. */
export function isCheckable(node: DomNode): boolean {
  return /^(checkbox|radio)$/.test(inputType(node));
}

/** Whether a user can type into it. */
export function isEditable(node: DomNode): boolean {
  if (node.name === "textarea") return true;
  if (node.name === "input") {
    return !/^(checkbox|radio|hidden|submit|button|reset|image|file)$/.test(inputType(node));
  }
  const editable = node.attr("contenteditable");
  return editable !== null && editable !== "false";
}

/** Whether it, or a fieldset around it, is disabled. */
export function isDisabled(node: DomNode): boolean {
  if (!/^(button|input|select|textarea|option|optgroup|fieldset)$/.test(node.name)) return false;
  if (node.attrs.has("disabled")) return true;
  // What is in the first legend of a fieldset stays usable.
  for (let at = node; at.parent !== null; at = at.parent) {
    const { name, attrs, children } = at.parent;
    if (name !== "fieldset" || !attrs.has("disabled")) continue;
    if (children.find((child) => child.name === "legend") !== at) return true;
  }
  return false;
}

/** The options of a select. */
export function optionsOf(select: DomNode): DomNode[] {
  return [...select.elements()].filter((node) => node.name === "option");
}

/** The value of an option: its attribute, or its text. */
export function optionValue(option: DomNode): string {
  return option.attr("value") ?? option.textContent.replace(/\s+/g, " ").trim();
}

/** The options of a select that are chosen. */
export function chosenOptions(select: DomNode): DomNode[] {
  const options = optionsOf(select);
  const on = options.filter((option) => option.live.selected ?? option.attrs.has("selected"));
  if (select.attrs.has("multiple")) return on;
  if (on.length > 0) return on.slice(-1);
  const first = options.find((option) => !isDisabled(option));
  return first === undefined || Number(select.attr("size") ?? 1) > 1 ? [] : [first];
}

/** Chooses the options of a select that have these values. */
export function chooseValues(select: DomNode, values: readonly string[]): void {
  for (const option of optionsOf(select)) option.live.selected = values.includes(optionValue(option));
}

/** What a control shows. Of a checkbox or radio its value attribute; of a contenteditable its text. */
export function valueOf(node: DomNode): string {
  switch (node.name) {
    case "select":
      return chosenOptions(node).map(optionValue)[0] ?? "";
    case "option":
      return optionValue(node);
    case "textarea":
      return node.live.value ?? node.textContent;
    case "input":
      return node.live.value ?? node.attr("value") ?? (isCheckable(node) ? "on" : "");
    default:
      return isEditable(node) ? node.textContent : node.attr("value") ?? "";
  }
}

/** Whether a checkbox, radio or option is on. */
export function isOn(node: DomNode): boolean {
  if (node.name !== "option") return node.live.checked ?? node.attrs.has("checked");
  const select = node.closest((at) => at.name === "select");
  return select === null ? node.attrs.has("selected") : chosenOptions(select).includes(node);
}

/** Switches a checkbox or radio; the others of its group go off. */
export function switchOn(node: DomNode, on: boolean): void {
  node.live.checked = on;
  node.live.indeterminate = false;
  if (!on) return;
  for (const other of groupOf(node)) if (other !== node) other.live.checked = false;
}

/** A control; of an option its select, of a radio button all that are of one group with it. */
export function groupOf(node: DomNode): DomNode[] {
  if (node.name === "option") return [node.closest((at) => at.name === "select") ?? node];
  const name = node.attr("name");
  if (inputType(node) !== "radio" || name === null) return [node];
  const form = formOf(node);
  return [...rootOf(node).elements()].filter((other) =>
    inputType(other) === "radio" && other.attr("name") === name && formOf(other) === form
  );
}

/** The form that a control belongs to. */
export function formOf(node: DomNode): DomNode | null {
  const id = node.attr("form");
  if (id === null) return node.closest((at) => at.name === "form");
  return [...rootOf(node).elements()].find((at) => at.name === "form" && at.attr("id") === id) ?? null;
}

/** Whether a click on it submits its form. */
export function isSubmitter(node: DomNode): boolean {
  if (node.name === "button") return /^(submit|)$/.test(node.attr("type")?.toLowerCase() ?? "");
  return /^(submit|image)$/.test(inputType(node));
}

/** The controls of a form, in tree order. */
export function controlsOf(form: DomNode): DomNode[] {
  return [...rootOf(form).elements()].filter((node) =>
    /^(input|select|textarea|button)$/.test(node.name) && formOf(node) === form
  );
}

/** The fields of a form as it would send them. */
export function fieldsOf(form: DomNode, submitter: DomNode | null): [name: string, value: string][] {
  const fields: [string, string][] = [];
  for (const node of controlsOf(form)) {
    const name = node.attr("name");
    if (name === null || name === "" || isDisabled(node)) continue;
    if (node.name === "button" || /^(submit|image|button|reset)$/.test(inputType(node))) {
      if (node === submitter) fields.push([name, node.attr("value") ?? ""]);
    } else if (isCheckable(node)) {
      if (isOn(node)) fields.push([name, valueOf(node)]);
    } else if (node.name === "select") {
      for (const option of chosenOptions(node)) {
        if (!isDisabled(option)) fields.push([name, optionValue(option)]);
      }
    } else fields.push([name, valueOf(node)]);
  }
  return fields;
}

/** What `valueAsNumber` of an input gives. */
export function numberOf(node: DomNode): number {
  const value = valueOf(node);
  const type = inputType(node);
  if (value === "") return NaN;
  if (type === "number" || type === "range") return Number(value);
  if (type === "date" || type === "datetime-local") return Date.parse(type === "date" ? value : `${value}Z`);
  return NaN;
}

/** The top of the tree that a node is in. */
export function rootOf(node: DomNode): DomNode {
  let at = node;
  while (at.parent !== null) at = at.parent;
  return at;
}
