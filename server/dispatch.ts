/**
 * From an event frame to the handler that takes it: finds the node and the prop, notes what controls show, and makes the
 * event that the handler gets.
 *
 * @module
 */
import type { WirePayload } from "../protocol/mod.ts";
import { eventName, handlerOf, isEventProp } from "../vdom/attrs.ts";
import { CUSTOM_EVENT, EVENTS } from "../vdom/event_table.ts";
import type { BaseEvent, SubmitEventPayload, ValueEventPayload } from "../vdom/events.ts";
import { domText, isSignal, Kind, textOf, type VNode } from "../vdom/node.ts";
import type { ElementState, Tree } from "../vdom/tree.ts";

const NAME_BY_CODE: ReadonlyMap<number, string> = new Map(EVENTS.map(([name, code]) => [code, name]));

/** A handler as a session calls it. */
export type Handler = (event: BaseEvent) => unknown;

/** The DOM name of an event; null when the code is nobody's. */
export function nameOfEvent(code: number, payload: WirePayload | null): string | null {
  if (code === CUSTOM_EVENT) return payload !== null && "name" in payload ? String(payload.name) : null;
  return NAME_BY_CODE.get(code) ?? null;
}

/** The handler of a node for an event, or null. */
export function findHandler(node: VNode, event: string): Handler | null {
  const props = node.props;
  for (const prop in props) {
    if (isEventProp(prop) && eventName(prop) === event) {
      const handler = handlerOf(props[prop]);
      if (handler !== null) return handler as Handler;
    }
  }
  return null;
}

/** What the handler gets: the payload, its type, and for a submit the means to read its fields. */
export function eventOf(type: string, payload: WirePayload | null): BaseEvent {
  if (payload === null) return { type };
  if (type === "submit" && "fields" in payload) return submitEvent(payload.fields);
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
 * Notes what the control of an input or change event shows now, so that a handler's refusal yields a patch (D7). Gives the
 * states of all elements that the event is about: of a radio button those of its group, of a select those of its options.
 */
export function noteValue(tree: Tree, node: VNode, payload: WirePayload): ElementState[] {
  const { value, values, checked } = payload as Omit<ValueEventPayload, "type">;
  const states: ElementState[] = [];
  const note = (node: VNode, name: string, shown: string | null) => {
    const state = node.aux as ElementState | null;
    if (state === null) return;
    tree.noteLive(state, name, shown);
    states.push(state);
  };
  switch (node.type) {
    case "input":
      note(node, "value", value);
      note(node, "checked", checked ? "" : null);
      if (checked && propOf(node, "type") === "radio") {
        const name = propOf(node, "name");
        for (const other of tree.interactive.values()) {
          const isSame = other !== node && other.type === "input" && propOf(other, "type") === "radio";
          if (isSame && propOf(other, "name") === name) note(other, "checked", null);
        }
      }
      break;
    case "textarea":
      note(node, "value", value);
      break;
    case "select": {
      const multiple = values.length > 0;
      note(node, "value", multiple ? values.map((v) => `${v}\0`).join("") : value);
      const chosen = multiple ? values : [value];
      for (const option of optionsOf(node)) {
        note(option, "selected", chosen.includes(valueOf(option)) ? "" : null);
      }
      break;
    }
    default: {
      // contenteditable: its one run of text is what the user made of it.
      const run = node.children?.length === 1 ? node.children[0] : null;
      if (run?.kind === Kind.Text) run.text = domText(value);
    }
  }
  return [...new Set(states)];
}

function propOf(node: VNode, name: string): unknown {
  const value = node.props?.[name];
  return isSignal(value) ? value.peek() : value;
}

/** The options below a select. */
function* optionsOf(node: VNode): Generator<VNode> {
  for (const item of node.children ?? []) {
    if (item.type === "option") yield item;
    else yield* optionsOf(item);
  }
}

/** What an option stands for: its value, else its text without the spaces around it (HTML, the option element). */
function valueOf(option: VNode): string {
  return textOf(propOf(option, "value") ?? (option.children?.[0]?.text ?? "").trim().replace(/\s+/g, " "));
}
