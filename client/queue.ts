/**
 * Events that the server may not have yet: kept until a frame says that they were received, sent again on the next
 * connection.
 *
 * An event keeps its number for ever and gets its node's number when it is sent, so a tree that is numbered again in between does
 * not matter.
 *
 * @module
 */
import { INPUT } from "./input.ts";
import { numberOf } from "./nodes.ts";
import { sendAck } from "./socket.ts";
import type { Client, Handler, Live, Outgoing } from "./state.ts";
import { type Bytes, putUint } from "./wire.ts";

const MAX_EVENTS = 256;

/** Numbers an event and sends it, now or when there is a connection. */
export function push(
  c: Client,
  node: Live,
  type: string,
  handler: Handler,
  carries: Bytes | null,
  target: Element,
): void {
  const seq = ++c.seq;
  const { code, opts } = handler;
  if (INPUT.test(type)) c.typed.set(target, seq);
  c.queue.push({ seq, node, target, code, type, carries, sent: false });
  if (c.queue.length > MAX_EVENTS) {
    // What the next event of its kind replaces goes first.
    drop(
      c,
      c.queue.find(({ type }) => /move|scroll|wheel|drag(over)?$|update|progress/.test(type)) ?? c.queue[0],
      0x11,
    );
  }
  if (opts.o) c.rare?.predict(seq, node as Element, opts.o);
  flush(c);
}

/** Sends what this connection has not carried. */
export function flush(c: Client): void {
  for (const event of c.ready ? c.queue : []) {
    if (event.sent) continue;
    // A number below the acknowledged one (of a session that was restored) cannot be told as a difference.
    if (c.last < c.acked) sendAck(c);
    const delta = c.last - c.acked;
    const num = numberOf(c, event.node);
    // The control that it is about, where the element that takes it is another one.
    const target = INPUT.test(event.type) ? numberOf(c, event.target) : num;
    const about = target > 0 && target !== num;
    const out: Bytes = [1 | +!!delta << 4 | +!event.carries << 5 | +about << 6];
    if (delta) putUint(out, delta);
    putUint(out, event.seq);
    out.push(event.code);
    putUint(out, num);
    if (about) putUint(out, target);
    const bytes = new Uint8Array(out.concat(event.carries ?? []));
    if (num < 0 || bytes.length > c.max) drop(c, event, num < 0 ? 0x03 : 0x10);
    else {
      event.sent = true;
      c.acked = c.last;
      c.unacked = 0;
      c.ws!.send(bytes);
    }
  }
}

/** Gives an event up, with its optimistic change and its claim on a control, and tells the page. */
export function drop(c: Client, event: Outgoing, code: number): void {
  c.queue = c.queue.filter((other) => other !== event);
  for (const [control, seq] of c.typed) if (seq === event.seq) c.typed.delete(control);
  fail(c, code, event.seq, event.type);
}

/** Takes back the optimistic change of an event that failed, and tells the page of it. */
export function fail(c: Client, code: number, seq: number, message: string): void {
  c.rare?.unwind();
  c.rare?.rewind((other) => other === seq);
  tell(c, "error", { code, seq, message });
  // The server says what it was in development alone.
  if (message) console.error(message);
}

/** Dispatches an event `vango:…` on the document. */
export function tell(c: Client, name: string, detail: unknown): void {
  c.doc.dispatchEvent(new c.win.CustomEvent(`vango:${name}`, { detail }));
}
