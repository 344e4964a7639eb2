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
  switchOn,
  valueOf,
} from "./controls.ts";
import { HOOK } from "../vdom/hook.ts";
import type { DomNode } from "./dom_node.ts";
import type { Dispatched } from "./events.ts";
import { chosenValues, mustBeAble, untaken } from "./guards.ts";
import { shortTag } from "./html.ts";
import { codeOf, readKeys } from "./keys.ts";
import type { EventInit } from "./payloads.ts";
import { labelled } from "./roles.ts";
import type { Action } from "./stage.ts";
import { invalidControls } from "./validity.ts";

/** What points at an element, in the order of a browser. */
export const HOVER = ["pointerover", "pointerenter", "mouseover", "mouseenter"] as const;

/** What controls showed before the user changed them: when they lose the focus a change event is due, if it is something else. */
const uncommitted: WeakMap<DomNode, string> = new WeakMap();

/** A page whose events and defaults the kit makes itself. */
export interface Actor {
  /** Whether the client runs: events go to handlers, and forms are not posted by themselves. */
  readonly scripted: boolean;
  /** The element that has the focus. */
  focusedNode: DomNode | null;
  /** Whether a node is in the document. */
  has(node: DomNode): boolean;
  /** Dispatches an event. */
  dispatch(target: DomNode, type: string, init?: EventInit): Dispatched;
  /** Goes to another page, as a link or a form would. */
  follow(request: Follow): void;
}

/** Where a link or a form leads. */
export interface Follow {
  /** The address. */
  readonly url: string;
  /** The link; none for a form. */
  readonly link?: DomNode;
  /** The click on the link. */
  readonly click?: EventInit;
  /** The fields of a form. */
  readonly fields?: [name: string, value: string][];
  /** Whether they are posted. */
  readonly post?: boolean;
}

/** Does one thing. @throws {Error} When a user could not. */
export function perform(stage: Actor, node: DomNode, action: Action): void {
  mustBeAble(node, action);
  switch (action.type) {
    case "click":
      return click(stage, node, action.init);
    case "fill":
      return fill(stage, node, action.text);
    case "type":
      return type(stage, node, action.text);
    case "press":
      return press(stage, node, action.key);
    case "check":
      return check(stage, node, action.on);
    case "select":
      return choose(stage, node, action.values);
    case "hover":
      for (const type of HOVER) stage.dispatch(node, type);
      return;
    case "focus":
      return focus(stage, node);
    case "blur":
      return blur(stage, node);
    case "dispatch":
      return dispatch(stage, node, action.event, action.payload);
    case "push":
      return dispatch(stage, node, HOOK, { name: action.name, data: action.data });
    case "set":
      return void (node.live.value = action.value);
    case "send":
      return send(stage, node, null);
  }
}

/** Clicks an element. */
function click(stage: Actor, node: DomNode, init: EventInit = {}): void {
  mustBeAble(node, { type: "click", init });
  const focusable = node.closest((at) => isFocusable(at) || at.name === "label");
  if (focusable === null) { if (stage.focusedNode !== null) blur(stage, stage.focusedNode); }
  else if (focusable.name !== "label") focus(stage, focusable);
  const before = isCheckable(node) ? isOn(node) : null;
  if (before !== null) switchOn(node, inputType(node) === "radio" || !before);
  const { handled, prevented } = stage.dispatch(node, "click", init);
  if (prevented) {
    if (before !== null) switchOn(node, before);
    return;
  }
  if (!defaultClick(stage, node, before, init) && !handled) {
    throw untaken(node, "click", "mousedown", "pointerdown");
  }
}

/** What a browser does of itself when an element is clicked; false when that is nothing. */
function defaultClick(stage: Actor, node: DomNode, before: boolean | null, init: EventInit): boolean {
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
      if (href !== null) stage.follow({ url: href, link: actor, click: init });
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
function send(stage: Actor, form: DomNode, submitter: DomNode | null): void {
  if (!form.attrs.has("novalidate") && submitter?.attrs.has("formnovalidate") !== true) {
    const invalid = invalidControls(form);
    for (const control of invalid) stage.dispatch(control, "invalid");
    if (invalid.length > 0) return focus(stage, invalid[0]);
  }
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
function fill(stage: Actor, node: DomNode, text: string): void {
  focus(stage, node);
  change(stage, node, text);
  blur(stage, node);
}

/** Changes what a control shows, as the user's doing. */
function change(stage: Actor, node: DomNode, text: string): void {
  if (!uncommitted.has(node)) uncommitted.set(node, valueOf(node));
  setText(node, text);
  stage.dispatch(node, "input");
}

/** Puts characters behind what a control shows, unless a handler or its maxlength says no. */
function insert(stage: Actor, node: DomNode, data: string): void {
  if (stage.dispatch(node, "beforeinput", { data }).prevented) return;
  const text = valueOf(node) + data;
  if (text.length <= Number(node.attr("maxlength") ?? Infinity)) change(stage, node, text);
}

function setText(node: DomNode, text: string): void {
  if (node.name === "input" || node.name === "textarea") node.live.value = text;
  else node.textContent = text;
}

/** Types characters into a control. */
function type(stage: Actor, node: DomNode, text: string): void {
  focus(stage, node);
  for (const char of text) {
    const key = { key: char, code: codeOf(char) };
    if (
      !stage.dispatch(node, "keydown", key).prevented && !stage.dispatch(node, "keypress", key).prevented
    ) insert(stage, node, char);
    stage.dispatch(node, "keyup", key);
  }
}

/** Presses a key. */
function press(stage: Actor, node: DomNode, combination: string): void {
  const init = readKeys(combination);
  focus(stage, node);
  const down = stage.dispatch(node, "keydown", init);
  let acted = false;
  if (!down.prevented && !init.ctrlKey && !init.altKey && !init.metaKey) {
    const writes = init.key === "Enter" || [...init.key].length === 1;
    const pressed = writes && stage.has(node) ? stage.dispatch(node, "keypress", init) : null;
    if (!pressed?.prevented) acted = defaultKey(stage, node, init.key);
    acted ||= pressed?.handled ?? false;
  }
  const up = stage.dispatch(node, "keyup", init);
  if (!down.handled && !up.handled && !acted) throw untaken(node, "keydown", "keyup", "keypress");
}

/** What a browser does of itself when a key is pressed; false when that is nothing. */
function defaultKey(stage: Actor, node: DomNode, key: string): boolean {
  if (key === "Tab") {
    blur(stage, node);
    return true;
  }
  if (key === "Enter" && node.name === "input" && !isCheckable(node)) {
    commit(stage, node);
    const form = formOf(node);
    if (form === null) return false;
    const button = controlsOf(form).find((control) => isSubmitter(control));
    if (button === undefined) {
      // Of several fields none says that the form is done.
      if (controlsOf(form).filter(isField).length < 2) send(stage, form, null);
    } else if (!isDisabled(button)) click(stage, button);
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
  if (!isEditable(node) || node.attrs.has("readonly")) return false;
  if (key === "Backspace") change(stage, node, [...valueOf(node)].slice(0, -1).join(""));
  else if (key === "Enter") insert(stage, node, "\n");
  else if ([...key].length === 1) insert(stage, node, key);
  else return false;
  return true;
}

/** Whether it is a control in which Enter would submit. */
function isField(node: DomNode): boolean {
  return node.name === "input" && isEditable(node) && !/^(color|range)$/.test(inputType(node));
}

/** Switches a checkbox or radio. */
function check(stage: Actor, node: DomNode, on: boolean): void {
  if (isOn(node) === on) return;
  click(stage, node);
}

/** Chooses options of a select, by value or by text. */
function choose(stage: Actor, node: DomNode, wanted: readonly string[]): void {
  const values = chosenValues(node, wanted);
  focus(stage, node);
  chooseValues(node, values);
  stage.dispatch(node, "input");
  stage.dispatch(node, "change");
}

/** Gives an element the focus; what lost it tells of its change. */
function focus(stage: Actor, node: DomNode): void {
  const before = stage.focusedNode;
  if (before === node) return;
  if (before !== null && stage.has(before)) blur(stage, before);
  stage.focusedNode = node;
  stage.dispatch(node, "focus");
  stage.dispatch(node, "focusin");
}

/** Takes the focus from an element. */
function blur(stage: Actor, node: DomNode): void {
  if (stage.focusedNode !== node) return;
  commit(stage, node);
  stage.focusedNode = null;
  stage.dispatch(node, "blur");
  stage.dispatch(node, "focusout");
}

function commit(stage: Actor, node: DomNode): void {
  const before = uncommitted.get(node);
  if (uncommitted.delete(node) && valueOf(node) !== before) stage.dispatch(node, "change");
}

/** Dispatches any event. */
function dispatch(stage: Actor, node: DomNode, event: string, payload: EventInit): void {
  if (!stage.dispatch(node, event, payload).handled) throw untaken(node, event);
}

function isFocusable(node: DomNode): boolean {
  return /^(button|input|select|textarea|summary)$/.test(node.name) || node.attrs.has("tabindex") ||
    node.name === "a" && node.attrs.has("href");
}
