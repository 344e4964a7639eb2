/**
 * What events carry: payloads, read from the DOM and written at once.
 *
 * A family is a line of member names, which are the DOM's own: `#` is a number that may have a fraction, `&` the modifier
 * keys; how the others are written is told by their values. The source is the DOM event, or what stands in for it.
 *
 * @module
 */
import type { Client } from "./state.ts";
import { type Bytes, putInt, putNumber, putText, putUint } from "./wire.ts";

/** The members of a mouse event. */
export const MOUSE = "clientX clientY pageX pageY offsetX offsetY button buttons &";

const FAMILIES: Record<string, string | undefined> = {
  m: MOUSE,
  k: "key code & repeat location",
  v: "value checked values #valueAsNumber",
  f: "fields",
};

/** Writes members of an object. */
export function putMembers(out: Bytes, members: string, source: object): void {
  for (const member of members.split(" ")) {
    const from = source as Record<string, unknown>;
    if (member === "&") {
      out.push(+!!from.ctrlKey | +!!from.shiftKey << 1 | +!!from.altKey << 2 | +!!from.metaKey << 3);
    } else if (member[0] === "#") putNumber(out, from[member.slice(1)] as number);
    else putValue(out, from[member]);
  }
}

function putValue(out: Bytes, value: unknown): void {
  if (typeof value === "number") putInt(out, value);
  else if (typeof value === "boolean") out.push(+value);
  else if (Array.isArray(value)) {
    putUint(out, value.length);
    for (const item of value) {
      // A pair of a form is two strings; a touch point knows its members.
      if (Array.isArray(item)) item.forEach((part) => putValue(out, part));
      else putValue(out, item);
    }
  } else putText(out, String(value ?? ""));
}

/** The payload of an event for a handler of a family; those of rare families are the second script's. */
export function payload(c: Client, family: string, event: Event, element: Element): Bytes {
  const out: Bytes = [];
  const members = FAMILIES[family];
  if (members) {
    putMembers(
      out,
      members,
      family === "v"
        ? control(event.target as HTMLInputElement)
        : family === "f"
        ? form(c, event as SubmitEvent)
        : event,
    );
  } else c.rare?.putRare(out, family, event, element);
  return out;
}

function control(element: HTMLInputElement): object {
  const { isContentEditable, textContent, value, checked, valueAsNumber, files, type } = element;
  const { selectedOptions } = element as unknown as HTMLSelectElement;
  return {
    value: isContentEditable ? textContent : value,
    checked: !!checked,
    valueAsNumber,
    values: [...files ?? []].map((file) => file.name)
      .concat(type === "select-multiple" ? [...selectedOptions].map((option) => option.value) : []),
  };
}

function form(c: Client, { target, submitter }: SubmitEvent): object {
  // The framework's own fields are for posts without a script.
  return {
    fields: [...new c.win.FormData(target as HTMLFormElement, submitter)]
      .filter(([name]) => !/^_vango/.test(name))
      .map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  };
}
