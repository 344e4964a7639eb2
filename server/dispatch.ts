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
import { domText, Kind, type VNode } from "../vdom/node.ts";
import type { Tree } from "../vdom/tree.ts";

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

/** Notes what the control of an input or change event shows now, so that a handler's refusal yields a patch (D7). */
export function noteValue(tree: Tree, node: VNode, payload: WirePayload): void {
  const shown = payload as Omit<ValueEventPayload, "type">;
  switch (node.type) {
    case "input":
      tree.noteLive(node, "value", shown.value);
      tree.noteLive(node, "checked", shown.checked ? "" : null);
      break;
    case "textarea":
      tree.noteLive(node, "value", shown.value);
      break;
    case "select":
      tree.noteLive(
        node,
        "value",
        shown.values.length > 0 ? shown.values.map((v) => `${v}\0`).join("") : shown.value,
      );
      break;
    default: {
      // contenteditable: its one run of text is what the user made of it.
      const run = node.children?.length === 1 ? node.children[0] : null;
      if (run?.kind === Kind.Text) run.text = domText(shown.value);
    }
  }
}
