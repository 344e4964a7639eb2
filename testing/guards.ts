/**
 * What a user cannot do is refused with a sentence, the same in every kind of page: a disabled control, an option that is
 * not there, a click that nothing takes.
 *
 * @module
 */
import {
  controlsOf,
  formOf,
  inputType,
  isCheckable,
  isDisabled,
  isEditable,
  isOn,
  isSubmitter,
  optionsOf,
  optionValue,
  valueOf,
} from "./controls.ts";
import { HOOK } from "../vdom/hook.ts";
import type { DomNode } from "./dom_node.ts";
import { takenEvents } from "./events.ts";
import { shortTag, squeeze } from "./html.ts";
import type { Action, Fields } from "./stage.ts";

/** Refuses what cannot be done to an element. @throws {Error} Says why. */
export function mustBeAble(node: DomNode, action: Action): void {
  switch (action.type) {
    case "click":
      return mustBeUsable(node, "click");
    case "fill":
    case "type": {
      const what = action.type === "fill" ? "fill" : "type into";
      mustBeUsable(node, what);
      if (isEditable(node)) return;
      const hint = isCheckable(node)
        ? "; use check() or uncheck()"
        : node.name === "select"
        ? "; use select()"
        : "";
      throw new Error(`Cannot ${what} ${shortTag(node)}: it takes no text${hint}`);
    }
    case "press":
      return mustBeUsable(node, "press a key in");
    case "check":
      if (!isCheckable(node)) {
        throw new Error(`Cannot check ${shortTag(node)}: it is no checkbox and no radio button`);
      }
      mustBeUsable(node, "check");
      if (!action.on && inputType(node) === "radio" && isOn(node)) {
        throw new Error(`Cannot uncheck ${shortTag(node)}: choose another radio button of its group`);
      }
      return;
    case "select":
      return void chosenValues(node, action.values);
  }
}

function mustBeUsable(node: DomNode, what: string): void {
  if (isDisabled(node)) throw new Error(`Cannot ${what} ${shortTag(node)}: it is disabled`);
  const around = node.closest((at) => at.name === "button" && isDisabled(at));
  if (around !== null) {
    throw new Error(`Cannot ${what} ${shortTag(node)}: ${shortTag(around)} around it is disabled`);
  }
  if (node.attrs.has("readonly") && /^(fill|type)/.test(what)) {
    throw new Error(`Cannot ${what} ${shortTag(node)}: it is read-only`);
  }
}

/** The values of options that are named by value or by text. @throws {Error} When there is no such option. */
export function chosenValues(node: DomNode, wanted: readonly string[]): string[] {
  if (node.name !== "select") throw new Error(`Cannot select in ${shortTag(node)}: it is no select`);
  mustBeUsable(node, "select in");
  if (wanted.length > 1 && !node.attrs.has("multiple")) {
    throw new Error(`Cannot select ${wanted.length} options of ${shortTag(node)}: it takes one`);
  }
  const options = optionsOf(node);
  return wanted.map((text) => {
    const option = options.find((at) => optionValue(at) === text) ??
      options.find((at) => squeeze(at.textContent) === squeeze(text));
    if (option === undefined) {
      const all = options.map((at) => JSON.stringify(optionValue(at))).join(", ");
      throw new Error(`Cannot select ${JSON.stringify(text)}: the options are ${all || "none"}`);
    }
    if (isDisabled(option)) throw new Error(`Cannot select ${JSON.stringify(text)}: the option is disabled`);
    return optionValue(option);
  });
}

/** What filling a form's fields by name and submitting it means, step by step. @throws {Error} When there is no such form or field. */
export function planSubmit(node: DomNode, fields: Fields): (readonly [DomNode, Action])[] {
  const form = node.name === "form" ? node : formOf(node);
  if (form === null) throw new Error(`Cannot submit ${shortTag(node)}: it is in no form`);
  const steps = Object.entries(fields).flatMap(([name, value]) => planField(form, name, value));
  const click = (button: DomNode) => [...steps, [button, { type: "click", init: {} }] as const];
  if (node !== form && isSubmitter(node)) return click(node);
  const button = controlsOf(form).find((control) => isSubmitter(control) && !isDisabled(control));
  if (button !== undefined && button.attr("name") !== "_vango-do") return click(button);
  return [...steps, [form, { type: "send" }]];
}

function planField(
  form: DomNode,
  name: string,
  value: string | boolean | readonly string[],
): (readonly [DomNode, Action])[] {
  const controls = controlsOf(form).filter((control) => control.attr("name") === name);
  if (controls.length === 0) {
    const all = controlsOf(form).map((control) => control.attr("name") ?? "");
    const names = [...new Set(all)].filter((name) => name !== "" && !name.startsWith("_vango"));
    throw new Error(
      `Cannot fill the field ${JSON.stringify(name)}: the form has ${names.join(", ") || "no fields"}`,
    );
  }
  const [first] = controls;
  const values = typeof value === "boolean" ? [] : typeof value === "string" ? [value] : value;
  if (first.name === "select") return [[first, { type: "select", values }]];
  if (inputType(first) === "hidden") return [[first, { type: "set", value: values[0] ?? "" }]];
  if (!isCheckable(first)) return [[first, { type: "fill", text: values[0] ?? "" }]];
  return controls.flatMap((control): (readonly [DomNode, Action])[] => {
    const on = typeof value === "boolean" ? value : values.includes(valueOf(control));
    return on || inputType(control) === "checkbox" ? [[control, { type: "check", on }]] : [];
  });
}

/** Refuses an event that neither a handler nor the browser would take. @throws {Error} Says which events are taken. */
export function mustBeTaken(node: DomNode, action: Action): void {
  if (action.type === "push") {
    if (!takenEvents(node).includes(HOOK)) throw untaken(node, HOOK);
    return;
  }
  // What a script fills has listeners that nobody sees.
  if (node.closest((at) => at.name.includes("-")) !== null) return;
  const takes = (...events: string[]) =>
    node.closest((at) => takenEvents(at).some((event) => events.includes(event))) !== null;
  if (action.type === "click") {
    if (!takes("click") && !hasDefault(node)) throw untaken(node, "click", "mousedown", "pointerdown");
  } else if (action.type === "dispatch") {
    if (!takes(action.event)) throw untaken(node, action.event);
  } else if (action.type === "press") {
    const keys = takes("keydown", "keyup", "keypress") || isEditable(node) || isCheckable(node);
    if (!keys && !hasDefault(node)) throw untaken(node, "keydown", "keyup", "keypress");
  }
}

/** Whether a browser does something of itself when an element is clicked. */
function hasDefault(node: DomNode): boolean {
  return node.closest((at) =>
    at.name === "a" && at.attrs.has("href") ||
    /^(label|summary|select|option|textarea|input)$/.test(at.name) ||
    at.name === "button" && formOf(at) !== null && at.attr("type") !== "button"
  ) !== null;
}

/** The error of an event that nobody takes. */
export function untaken(node: DomNode, event: string, ...near: string[]): Error {
  const taken: string[] = [];
  for (let at: DomNode | null = node; at !== null; at = at.parent) {
    const events = takenEvents(at);
    if (events.length > 0) taken.push(`  ${shortTag(at)} takes ${events.join(", ")}`);
  }
  const hint = near.find((name) => taken.some((line) => line.includes(name)));
  return new Error(
    `Nothing takes the ${event} of ${shortTag(node)}` +
      (taken.length === 0
        ? ": neither it nor an element around it takes any event"
        : `:\n${taken.join("\n")}`) +
      (hint !== undefined && hint !== event ? `\nUse dispatch(${JSON.stringify(hint)}) for that one.` : ""),
  );
}
