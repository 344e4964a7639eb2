/**
 * From an event frame to the handler that takes it: finds the node and the prop, notes what controls show, and makes the
 * event that the handler gets.
 *
 * @module
 */
import type { EventFrame, WirePayload } from "../protocol/mod.ts";
import { eventName, familyOf, handlerOf, isEventProp } from "../vdom/attrs.ts";
import { CUSTOM_EVENT, EVENTS, HOOK_EVENT } from "../vdom/event_table.ts";
import type { BaseEvent, SubmitEventPayload, ValueEventPayload } from "../vdom/events.ts";
import { HOOK, takesNothing } from "../vdom/hook.ts";
import { domText, isSignal, Kind, textOf, type VNode } from "../vdom/node.ts";
import type { ElementState } from "../vdom/element_state.ts";
import { itemsOf } from "../vdom/template_live.ts";
import type { Tree } from "../vdom/tree.ts";

const NAME_BY_CODE: ReadonlyMap<number, string> = new Map(EVENTS.map(([name, code]) => [code, name]));

/** A handler as a session calls it. */
export type Handler = (event: BaseEvent) => unknown;

/** Names that have a code of their own: no custom event has them. */
const CODED: ReadonlySet<string> = new Set([...NAME_BY_CODE.values(), HOOK]);

/** The DOM name of an event; null when the code is nobody's, or another one is that of its name. */
export function nameOfEvent(code: number, payload: WirePayload | null): string | null {
  if (code === CUSTOM_EVENT) {
    return payload !== null && "name" in payload && !CODED.has(payload.name) ? payload.name : null;
  }
  return code === HOOK_EVENT ? HOOK : NAME_BY_CODE.get(code) ?? null;
}

/** The handler of a node for an event, or null. */
export function findHandler(node: VNode, event: string): Handler | null {
  const props = node.props;
  for (const prop in props) {
    if (isEventProp(prop) && eventName(prop) === event) {
      const handler = handlerOf(props[prop]);
      if (handler !== null && handler !== takesNothing) return handler as Handler;
    }
  }
  return null;
}

/** The longest name of a hook's event, in UTF-16 units. */
const MAX_NAME = 64;

/** What an event lacks that the types promise to its handler; null when it has all. */
export function lackOf({ code, payload }: EventFrame, type: string, handler: Handler): string | null {
  if (code === HOOK_EVENT) {
    const name = payload !== null && "name" in payload ? payload.name : "";
    return name.length > 0 && name.length <= MAX_NAME ? null : "The event of a hook came without its name";
  }
  // The types promise a payload to a handler that takes one.
  const lacks = payload === null && handler.length > 0 && familyOf(code) !== "-";
  return lacks ? `The ${type} came without its data` : null;
}

/** What the handler gets: the payload, its type, and for a submit the means to read its fields. */
export function eventOf(type: string, payload: WirePayload | null): BaseEvent {
  if (payload === null) return { type };
  if (type === "submit" && "fields" in payload) return submitEvent(payload.fields);
  if (type === HOOK) return { ...payload, type: "hook" };
  if ("detail" in payload) return { type, detail: parseDetail(payload.detail) } as BaseEvent;
  return { type, ...payload };
}

/** The detail of a custom event; null when it is no JSON. */
function parseDetail(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** A submit event of fields. */
export function submitEvent(fields: [name: string, value: string][]): SubmitEventPayload {
  return {
    type: "submit",
    fields,
    get: (name) => fields.find((field) => field[0] === name)?.[1] ?? "",
    getAll: (name) => fields.filter((field) => field[0] === name).map((field) => field[1]),
    has: (name) => fields.some((field) => field[0] === name),
  };
}

/**
 * The element that an input or change event is about: that of the handler, or the one with a number below it; null for none. It is
 * no part of a template: controls never are.
 */
export function targetOf(page: readonly VNode[], node: VNode, target: number): VNode | null {
  return target === 0 ? node : elementsOf(itemsOf(page, node)).find((item) => item.num === target) ?? null;
}

/**
 * Notes what the control of an input or change event shows now, so that a handler's refusal yields a patch (D7). Gives the
 * states of all elements that the event is about: of a radio button those of its group among the items of the page, of a
 * select those of its options.
 */
export function noteValue(
  tree: Tree,
  page: readonly VNode[],
  node: VNode,
  payload: WirePayload,
): ElementState[] {
  const { value, values, checked } = payload as Omit<ValueEventPayload, "type">;
  const { states, note } = noter(tree);
  switch (node.type) {
    case "input":
      note(node, "value", value);
      note(node, "checked", checked ? "" : null);
      if (checked && propOf(node, "type") === "radio") {
        for (const other of radioGroup(page, node)) note(other, "checked", null);
      }
      break;
    case "textarea":
      note(node, "value", value);
      break;
    case "select": {
      // Where nothing is chosen there are no values, and "" is no value.
      const multiple = values.length > 0 || Boolean(propOf(node, "multiple"));
      noteSelect(note, node, multiple ? values : [value], multiple);
      break;
    }
    default: {
      // contenteditable: its one run of text is what the user made of it.
      const run = node.children?.length === 1 ? node.children[0] : null;
      if (run?.kind === Kind.Text) run.text = domText(value);
    }
  }
  return [...states];
}

/**
 * Notes what a submit says that the controls of its form show, for what its handler does not take over (D7): a field that was
 * never heard of can be cleared. Gives the states of the controls. Of texts whose name is not sent once for each of its
 * controls (one is disabled, or of a kind of its own) nothing is known.
 */
export function noteFields(tree: Tree, form: VNode, fields: SubmitEventPayload["fields"]): ElementState[] {
  const { states, note } = noter(tree);
  // A submit that bubbled says nothing of the other forms below.
  if (form.type !== "form") return [];
  const sent = new Lists<string>();
  for (const [name, value] of fields) sent.add(name, value);
  const chosen = new Map<unknown, Set<string>>();
  const texts = new Lists<VNode>();
  for (const control of controlsOf(form)) {
    const name = propOf(control, "name");
    const type = control.type === "input" ? propOf(control, "type") : null;
    if (type === "checkbox" || type === "radio") {
      let values = chosen.get(name);
      if (values === undefined) chosen.set(name, values = new Set(sent.of(name)));
      note(control, "checked", values.has(textOf(propOf(control, "value") ?? "on")) ? "" : null);
    } else if (control.type === "select" && propOf(control, "multiple")) {
      noteSelect(note, control, sent.of(name), true);
    } else if (!WITHOUT_TEXT.has(type)) texts.add(name, control);
  }
  for (const [name, controls] of texts) {
    const values = sent.of(name);
    if (values.length !== controls.length) continue;
    controls.forEach((control, i) => {
      if (control.type === "select") noteSelect(note, control, [values[i]], false);
      else note(control, "value", values[i]);
    });
  }
  return [...states];
}

/** Inputs that send none, or as many fields as they like. */
const WITHOUT_TEXT: ReadonlySet<unknown> = new Set(["submit", "button", "reset", "image", "file"]);

/** Lists by name. They grow in place: a browser may send a hundred thousand fields of one name. */
class Lists<T> extends Map<unknown, T[]> {
  add(name: unknown, item: T): void {
    const list = this.get(name);
    if (list === undefined) this.set(name, [item]);
    else list.push(item);
  }

  of(name: unknown): readonly T[] {
    return this.get(name) ?? [];
  }
}

type Note = (node: VNode, name: string, shown: string | null) => void;

/** Notes what controls show, and gathers their states. */
function noter(tree: Tree): { states: Set<ElementState>; note: Note } {
  const states = new Set<ElementState>();
  return {
    states,
    note(node, name, shown) {
      const state = node.aux as ElementState | null;
      if (state === null) return;
      tree.noteLive(state, name, shown);
      states.add(state);
    },
  };
}

function noteSelect(note: Note, node: VNode, chosen: readonly string[], multiple: boolean): void {
  note(node, "value", multiple ? chosen.map((v) => `${v}\0`).join("") : chosen[0]);
  const values = new Set(chosen);
  for (const option of optionsOf(node)) {
    note(option, "selected", values.has(valueOf(option)) ? "" : null);
  }
}

/** The controls with a name below a form. */
function* controlsOf(node: VNode): Generator<VNode> {
  for (const item of node.nested ?? []) {
    if (item.type !== "input" && item.type !== "textarea" && item.type !== "select") yield* controlsOf(item);
    else if ((propOf(item, "name") ?? "") !== "") yield item;
  }
}

/** The other radio buttons of a group: same name, same form (HTML, radio button group). */
function radioGroup(page: readonly VNode[], node: VNode): VNode[] {
  const name = propOf(node, "name");
  if ((name ?? "") === "") return [];
  const radios = [...radiosOf(page, name, null)];
  const form = radios.find(([radio]) => radio === node)?.[1];
  return radios.flatMap(([radio, its]) => radio !== node && its === form ? [radio] : []);
}

/** Radio buttons of a name, each with its form: the element around it, or the id that its `form` attribute gives. */
function* radiosOf(items: readonly VNode[], name: unknown, form: unknown): Generator<[VNode, form: unknown]> {
  for (const item of items) {
    if (item.type === "input" && propOf(item, "type") === "radio" && propOf(item, "name") === name) {
      yield [item, propOf(item, "form") ?? form];
    } else if (item.nested !== null) {
      yield* radiosOf(item.nested, name, item.type === "form" ? item : form);
    }
  }
}

/** The elements below, in document order. */
function* elementsOf(items: readonly VNode[]): Generator<VNode> {
  for (const item of items) {
    if (item.kind === Kind.Element) yield item;
    if (item.nested !== null) yield* elementsOf(item.nested);
  }
}

function propOf(node: VNode, name: string): unknown {
  const value = node.props?.[name];
  return isSignal(value) ? value.peek() : value;
}

/** The options below a select. */
function* optionsOf(node: VNode): Generator<VNode> {
  for (const item of node.nested ?? []) {
    if (item.type === "option") yield item;
    else yield* optionsOf(item);
  }
}

/** What an option stands for: its value, else its text without the spaces around it (HTML, the option element). */
function valueOf(option: VNode): string {
  return textOf(propOf(option, "value") ?? (option.children?.[0]?.text ?? "").trim().replace(/\s+/g, " "));
}
