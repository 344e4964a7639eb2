/**
 * What events carry: payloads, read from the DOM event and written at once.
 *
 * A family whose payload is plain members is a line of the table: a letter for how a member is written, and its name. `z`
 * whole number that may be negative, `s` string, `b` byte or boolean, `f` double, `M` the modifier keys.
 *
 * @module
 */
import type { Client } from "./state.ts";
import { type Bytes, putFloat, putInt, putText, putUint } from "./wire.ts";

/** The members of a mouse event. */
export const MOUSE = "zclientX zclientY zpageX zpageY zoffsetX zoffsetY bbutton bbuttons M";

const FAMILIES: Record<string, string | undefined> = {
  m: MOUSE,
  k: "skey scode M brepeat blocation",
};

type Members = Record<string, unknown>;

/** Writes members of an object. */
export function putMembers(out: Bytes, members: string, source: object): void {
  for (const member of members.split(" ")) {
    const value = (source as Members)[member.slice(1)];
    const kind = member[0];
    if (kind === "z") putInt(out, value as number);
    else if (kind === "s") putText(out, String(value ?? ""));
    else if (kind === "f") putFloat(out, value as number);
    else if (kind === "b") out.push(Number(value) & 255);
    else {
      const { ctrlKey, shiftKey, altKey, metaKey } = source as KeyboardEvent;
      out.push(+ctrlKey | +shiftKey << 1 | +altKey << 2 | +metaKey << 3);
    }
  }
}

/** The payload of an event for a handler of a family; undefined when the second script must be asked. */
export function payload(c: Client, family: string, event: Event, element: Element): Bytes | undefined {
  const out: Bytes = [];
  const members = FAMILIES[family];
  if (members) putMembers(out, members, event);
  else if (family === "v") putControl(out, event.target as HTMLInputElement);
  else if (family === "f") putForm(c, out, event as SubmitEvent);
  else if (!c.rare?.put(out, family, event, element)) return undefined;
  return out;
}

function putControl(out: Bytes, control: HTMLInputElement): void {
  const number = control.valueAsNumber;
  const finite = number - 0 === number;
  const values = [...control.files ?? []].map((file) => file.name).concat(
    control.multiple && control.localName === "select"
      ? [...(control as unknown as HTMLSelectElement).selectedOptions].map((option) => option.value)
      : [],
  );
  out.push(+!!control.checked | +finite << 1 | +!!values[0] << 2);
  putText(out, control.isContentEditable ? control.textContent! : control.value ?? "");
  if (finite) putFloat(out, number);
  if (values[0]) putTexts(out, values);
}

/** Writes a list of strings. */
export function putTexts(out: Bytes, texts: string[]): void {
  putUint(out, texts.length);
  for (const text of texts) putText(out, text);
}

function putForm(c: Client, out: Bytes, event: SubmitEvent): void {
  const data = new c.win.FormData(event.target as HTMLFormElement, event.submitter);
  // The framework's own fields are for posts without a script.
  const fields = [...data].filter(([name]) => !name.startsWith("_vango"));
  putUint(out, fields.length);
  for (const [name, value] of fields) {
    putText(out, name);
    putText(out, typeof value === "string" ? value : value.name);
  }
}
