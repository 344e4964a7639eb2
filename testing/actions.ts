/**
 * What a user does to an element, and what a browser does of itself: the events in their order, and the default actions.
 *
 * Each action is refused with a sentence where a user could not do it: a disabled control, a click that nothing takes.
 *
 * @module
 */
import {
  chooseValues,
  controlsOf,
  fieldsOf,
  formOf,
  inputType,
  isCheckable,
  isDisabled,
  isEditable,
  isOn,
  isSubmitter,
  optionsOf,
  optionValue,
  switchOn,
  valueOf,
} from "./controls.ts";
import type { DomNode } from "./dom.ts";
import { takenEvents } from "./events.ts";
import { shortTag, squeeze } from "./html.ts";
import type { EventInit } from "./payloads.ts";
import { labelled } from "./roles.ts";
import type { Stage } from "./stage.ts";

/** Controls whose change event is due when they lose the focus. */
const uncommitted: WeakSet<DomNode> = new WeakSet();

/** Clicks an element. */
export function click(stage: Stage, node: DomNode, init: EventInit = {}): void {
  mustBeUsable(node, "click");
  if (isFocusable(node)) focus(stage, node);
  const before = isCheckable(node) ? isOn(node) : null;
  if (before !== null) switchOn(node, inputType(node) === "radio" || !before);
  const { handled, prevented } = stage.dispatch(node, "click", init);
  if (prevented) {
    if (before !== null) switchOn(node, before);
    return;
  }
  if (!defaultClick(stage, node, before) && !handled) {
    throw deadClick(node, "click", "mousedown", "pointerdown");
  }
}

/** What a browser does of itself when an element is clicked; false when that is nothing. */
function defaultClick(stage: Stage, node: DomNode, before: boolean | null): boolean {
  if (before !== null) {
    if (isOn(node) !== before) {
      stage.dispatch(node, "input");
      stage.dispatch(node, "change");
    }
    return true;
  }
  const actor = node.closest((at) => /^(a|button|input|label|summary|option|select)$/.test(at.name));
  if (actor === null) return false;
  switch (actor.name) {
    case "a": {
      const href = actor.attr("href");
      if (href !== null) stage.follow({ url: href });
      return href !== null;
    }
    case "label": {
      const control = labelled(actor);
      if (control === null || isDisabled(control)) return false;
      if (isCheckable(control) || /^(button|submit)$/.test(inputType(control)) || control.name === "button") {
        click(stage, control);
      } else focus(stage, control);
      return true;
    }
    case "summary": {
      const details = actor.parent;
      if (details?.name !== "details") return false;
      const open = details.attrs.has("open");
      if (open) details.attrs.delete("open");
      else details.attrs.set("open", "");
      stage.dispatch(details, "toggle", {
        oldState: open ? "open" : "closed",
        newState: open ? "closed" : "open",
      });
      return true;
    }
    case "button":
    case "input": {
      if (isDisabled(actor)) {
        throw new Error(`Cannot click ${shortTag(node)}: ${shortTag(actor)} is disabled`);
      }
      const form = formOf(actor);
      if (isEditable(actor)) return true;
      if (form === null) return false;
      if (actor.attr("type")?.toLowerCase() === "reset") {
        if (!stage.dispatch(form, "reset").prevented) resetForm(form);
        return true;
      }
      if (!isSubmitter(actor)) return false;
      // With the client running, a button of the hidden form is its click handler's alone.
      if (stage.scripted && actor.attr("name") === "_vango-do") return false;
      send(stage, form, actor);
      return true;
    }
    default:
      return true;
  }
}

/** Submits a form: its handler takes it, or the browser sends it. */
function send(stage: Stage, form: DomNode, submitter: DomNode | null): void {
  const init = submitter === null ? {} : { submitter };
  if (stage.scripted && stage.dispatch(form, "submit", init).prevented) return;
  const post = (submitter?.attr("formmethod") ?? form.attr("method"))?.toLowerCase() === "post";
  const url = submitter?.attr("formaction") ?? form.attr("action") ?? "";
  stage.follow({ url, fields: fieldsOf(form, submitter), post });
}

function resetForm(form: DomNode): void {
  for (const control of controlsOf(form)) {
    delete control.live.value;
    delete control.live.checked;
    for (const option of optionsOf(control)) delete option.live.selected;
  }
}

/** Replaces what a control shows. */
export function fill(stage: Stage, node: DomNode, text: string): void {
  mustBeUsable(node, "fill");
  if (!isEditable(node)) {
    throw new Error(
      `Cannot fill ${shortTag(node)}: it takes no text` +
        (isCheckable(node) ? "; use check() or uncheck()" : node.name === "select" ? "; use select()" : ""),
    );
  }
  focus(stage, node);
  setText(node, text);
  stage.dispatch(node, "input");
  stage.dispatch(node, "change");
  uncommitted.delete(node);
}

function setText(node: DomNode, text: string): void {
  if (node.name === "input" || node.name === "textarea") node.live.value = text;
  else node.textContent = text;
}

/** Types characters into a control. */
export function type(stage: Stage, node: DomNode, text: string): void {
  mustBeUsable(node, "type into");
  if (!isEditable(node)) throw new Error(`Cannot type into ${shortTag(node)}: it takes no text`);
  focus(stage, node);
  for (const char of text) {
    const key = { key: char, code: codeOf(char) };
    if (!stage.dispatch(node, "keydown", key).prevented) {
      stage.dispatch(node, "keypress", key);
      if (!stage.dispatch(node, "beforeinput", { data: char }).prevented) {
        setText(node, valueOf(node) + char);
        uncommitted.add(node);
        stage.dispatch(node, "input");
      }
    }
    stage.dispatch(node, "keyup", key);
  }
}

function codeOf(char: string): string {
  return /^[a-z]$/i.test(char)
    ? `Key${char.toUpperCase()}`
    : /^\d$/.test(char)
    ? `Digit${char}`
    : char === " "
    ? "Space"
    : "";
}

/** Presses a key. */
export function press(stage: Stage, node: DomNode, combination: string): void {
  mustBeUsable(node, "press a key in");
  const names = combination.length > 1 ? combination.split(/\+(?=.)/) : [combination];
  const key = names.pop() ?? "";
  const has = (name: string) => names.includes(name);
  const init = {
    key: key === "Space" ? " " : key,
    code: key.length === 1 ? codeOf(key) : key,
    ctrlKey: has("Ctrl") || has("Control"),
    shiftKey: has("Shift"),
    altKey: has("Alt"),
    metaKey: has("Meta"),
  };
  focus(stage, node);
  const down = stage.dispatch(node, "keydown", init);
  let acted = false;
  if (!down.prevented && !init.ctrlKey && !init.altKey && !init.metaKey) {
    acted = defaultKey(stage, node, init.key);
  }
  const up = stage.dispatch(node, "keyup", init);
  if (!down.handled && !up.handled && !acted) throw deadClick(node, "keydown", "keyup", "keypress");
}

/** What a browser does of itself when a key is pressed; false when that is nothing. */
function defaultKey(stage: Stage, node: DomNode, key: string): boolean {
  if (key === "Tab") {
    blur(stage, node);
    return true;
  }
  if (key === "Enter" && node.name === "input" && !isCheckable(node)) {
    commit(stage, node);
    const form = formOf(node);
    if (form === null) return false;
    const button = controlsOf(form).find((control) => isSubmitter(control));
    if (button === undefined) send(stage, form, null);
    else if (!isDisabled(button)) click(stage, button);
    return true;
  }
  const isButton = node.name === "button" || node.name === "summary" || isSubmitter(node);
  if (
    isButton && (key === "Enter" || key === " ") || isCheckable(node) && key === " " ||
    node.name === "a" && key === "Enter"
  ) {
    click(stage, node);
    return true;
  }
  if (!isEditable(node)) return false;
  const old = valueOf(node);
  if (key === "Backspace") setText(node, [...old].slice(0, -1).join(""));
  else if (key === "Enter") setText(node, old + "\n");
  else if ([...key].length === 1) setText(node, old + key);
  else return false;
  uncommitted.add(node);
  stage.dispatch(node, "input");
  return true;
}

/** Switches a checkbox or radio. */
export function check(stage: Stage, node: DomNode, on: boolean): void {
  if (!isCheckable(node)) {
    throw new Error(`Cannot check ${shortTag(node)}: it is no checkbox and no radio button`);
  }
  mustBeUsable(node, "check");
  if (isOn(node) === on) return;
  if (!on && inputType(node) === "radio") {
    throw new Error(`Cannot uncheck ${shortTag(node)}: choose another radio button of its group`);
  }
  click(stage, node);
}

/** Chooses options of a select, by value or by text. */
export function choose(stage: Stage, node: DomNode, wanted: readonly string[]): void {
  if (node.name !== "select") throw new Error(`Cannot select in ${shortTag(node)}: it is no select`);
  mustBeUsable(node, "select in");
  if (wanted.length > 1 && !node.attrs.has("multiple")) {
    throw new Error(`Cannot select ${wanted.length} options of ${shortTag(node)}: it takes one`);
  }
  const options = optionsOf(node);
  const values = wanted.map((text) => {
    const option = options.find((at) => optionValue(at) === text) ??
      options.find((at) => squeeze(at.textContent) === squeeze(text));
    if (option === undefined) {
      const all = options.map((at) => JSON.stringify(optionValue(at))).join(", ");
      throw new Error(`Cannot select ${JSON.stringify(text)}: the options are ${all || "none"}`);
    }
    if (isDisabled(option)) throw new Error(`Cannot select ${JSON.stringify(text)}: the option is disabled`);
    return optionValue(option);
  });
  focus(stage, node);
  chooseValues(node, values);
  stage.dispatch(node, "input");
  stage.dispatch(node, "change");
}

/** Fills fields of a form by name, and submits it. */
export function submit(
  stage: Stage,
  node: DomNode,
  fields: Readonly<Record<string, string | boolean | readonly string[]>>,
): void {
  const form = node.name === "form" ? node : formOf(node);
  if (form === null) throw new Error(`Cannot submit ${shortTag(node)}: it is in no form`);
  for (const [name, value] of Object.entries(fields)) setField(stage, form, name, value);
  if (node !== form && isSubmitter(node)) return click(stage, node);
  const button = controlsOf(form).find((control) => isSubmitter(control) && !isDisabled(control));
  if (button !== undefined && button.attr("name") !== "_vango-do") click(stage, button);
  else send(stage, form, null);
}

function setField(
  stage: Stage,
  form: DomNode,
  name: string,
  value: string | boolean | readonly string[],
): void {
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
  if (first.name === "select") return choose(stage, first, values);
  if (inputType(first) === "hidden") return void (first.live.value = values[0] ?? "");
  if (!isCheckable(first)) return fill(stage, first, values[0] ?? "");
  for (const control of controls) {
    const on = typeof value === "boolean" ? value : values.includes(valueOf(control));
    if (on || inputType(control) === "checkbox") check(stage, control, on);
  }
}

/** Gives an element the focus; what lost it tells of its change. */
export function focus(stage: Stage, node: DomNode): void {
  const before = stage.focusedNode;
  if (before === node) return;
  if (before !== null && stage.has(before)) blur(stage, before);
  stage.focusedNode = node;
  stage.dispatch(node, "focus");
  stage.dispatch(node, "focusin");
}

/** Takes the focus from an element. */
export function blur(stage: Stage, node: DomNode): void {
  if (stage.focusedNode !== node) return;
  commit(stage, node);
  stage.focusedNode = null;
  stage.dispatch(node, "blur");
  stage.dispatch(node, "focusout");
}

function commit(stage: Stage, node: DomNode): void {
  if (uncommitted.delete(node)) stage.dispatch(node, "change");
}

/** Dispatches any event. */
export function dispatch(stage: Stage, node: DomNode, event: string, payload: EventInit): void {
  if (!stage.dispatch(node, event, payload).handled) throw deadClick(node, event);
}

function isFocusable(node: DomNode): boolean {
  return /^(button|input|select|textarea|summary)$/.test(node.name) || node.attrs.has("tabindex") ||
    node.name === "a" && node.attrs.has("href");
}

function mustBeUsable(node: DomNode, what: string): void {
  if (isDisabled(node)) throw new Error(`Cannot ${what} ${shortTag(node)}: it is disabled`);
  if (node.attrs.has("readonly") && /^(fill|type)/.test(what)) {
    throw new Error(`Cannot ${what} ${shortTag(node)}: it is read-only`);
  }
}

/** The error of an event that nobody takes. */
function deadClick(node: DomNode, event: string, ...near: string[]): Error {
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
