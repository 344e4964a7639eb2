/**
 * Input is never clobbered (decision D7): what the user typed wins over what the server computed before it knew.
 *
 *     user    a(1) ab(2)                    the value that frame "received 1" sets waits
 *     server            A (received 1)      until a frame says "received 2", and is dropped
 *                            AB (received 2)    when a newer one comes with it
 *
 * @module
 */
import type { Client } from "./state.ts";

type Control = HTMLInputElement;

/** Notes that the user changed a control. Until an event carries it (Infinity) and that is received, values wait. */
export function noteTyped(c: Client, control: Element, seq: number): void {
  c.typed.set(control, seq);
}

/** Whether the server does not know what a control shows. The radio buttons of a group are one control. */
export function isAhead(c: Client, node: Element): boolean {
  const control = (node.localName === "option" && node.closest("select") || node) as Control;
  if (c.composing === control) return true;
  for (const other of c.typed.keys() as Iterable<Control>) {
    if (
      other === control ||
      control.type === "radio" && other.type === "radio" && other.name === control.name && other.form === control.form
    ) return true;
  }
  return false;
}

/** Changes the live state of a control, now or when the server knows what it shows. */
export function changeControl(c: Client, node: Element, op: number, run: () => void): void {
  c.held = c.held.filter((held) => held.node !== node || held.op !== op);
  if (isAhead(c, node)) c.held.push({ node, op, run });
  else run();
}

/** Events up to this one are received. */
export function noteReceived(c: Client, received: number): void {
  c.received = Math.max(c.received, received);
  c.queue = c.queue.filter((event) => event.seq > c.received);
  for (const [control, seq] of c.typed) if (seq <= c.received) c.typed.delete(control);
}

/** Makes the changes that need not wait any more. */
export function releaseHeld(c: Client): void {
  const held = c.held;
  c.held = [];
  for (const { node, op, run } of held) changeControl(c, node, op, run);
}

/** Sets the value of a control; the caret stays where it was in the text. Of a multiple select: values that end in NUL. */
export function setValue(c: Client, control: Control, value: string): void {
  if (control.type === "select-multiple") {
    const values = value.split("\0").slice(0, -1);
    for (const option of (control as unknown as HTMLSelectElement).options) {
      option.selected = values.includes(option.value);
    }
    return;
  }
  const old = control.value;
  if (old === value) return;
  const focused = c.doc.activeElement === control;
  const { selectionStart, selectionEnd, selectionDirection } = control;
  control.value = value;
  // Controls without a caret say null.
  if (!focused || selectionStart === null) return;
  let head = 0;
  let tail = 0;
  while (head < old.length && old[head] === value[head]) head++;
  while (tail < old.length - head && tail < value.length - head && old.at(-1 - tail) === value.at(-1 - tail)) tail++;
  const move = (at: number) =>
    at >= old.length - tail ? at + value.length - old.length : Math.min(at, Math.max(head, value.length - tail));
  control.setSelectionRange(move(selectionStart), move(selectionEnd!), selectionDirection!);
}
