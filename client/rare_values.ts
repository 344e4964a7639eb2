/**
 * Payloads of the families that few pages need.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Bytes } from "./wire.ts";
import { RARE_FIELDS } from "../protocol/fields.ts";

/** Writes a payload of a rare family. */
export function putRare(
  { MOUSE, putMembers }: Core,
  out: Bytes,
  family: string,
  event: Event,
  element: Element,
): void {
  if (family === "p") putMembers(out, MOUSE, event);
  putMembers(out, RARE_FIELDS[family], source(family, event, element));
}

function source(family: string, event: Event, element: Element): object {
  if (family === "s" || family === "x") return event.target as Element;
  if (family === "r") return element.getBoundingClientRect();
  if (family === "t") return touches(event as TouchEvent);
  if (family === "o") return { name: event.type, detail: detail((event as CustomEvent).detail) };
  if (family === "d" || family === "c") {
    const { clientX, clientY, pageX, pageY, ctrlKey, shiftKey, altKey, metaKey } = event as DragEvent;
    const data = (event as DragEvent).dataTransfer ?? (event as ClipboardEvent).clipboardData;
    return {
      ...{ clientX, clientY, pageX, pageY, ctrlKey, shiftKey, altKey, metaKey },
      // Copy and cut: what will be in the clipboard is not there yet.
      text: event.type[0] === "c" ? selected(event.target as HTMLInputElement) : data?.getData("text/plain"),
      files: [...data?.files ?? []].map((file) => file.name),
    };
  }
  return event;
}

function detail(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return "null";
  }
}

function selected(target: HTMLInputElement): string {
  const { value, selectionStart, selectionEnd } = target;
  return typeof selectionStart === "number"
    ? value.slice(selectionStart, selectionEnd!)
    : `${target.ownerDocument.getSelection()}`;
}

function touches(event: TouchEvent): object {
  const { ctrlKey, shiftKey, altKey, metaKey } = event;
  const points = (list: TouchList) =>
    [...list].map((
      { identifier, clientX, clientY, pageX, pageY },
    ) => [identifier, clientX, clientY, pageX, pageY]);
  return {
    ...{ ctrlKey, shiftKey, altKey, metaKey },
    touches: points(event.touches),
    targetTouches: points(event.targetTouches),
    changedTouches: points(event.changedTouches),
  };
}
