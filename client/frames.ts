/**
 * What the server sends, in order: one frame is applied before the next is looked at, even while the second script loads.
 *
 * @module
 */
import { noteReceived } from "./input.ts";
import { numberOf } from "./nodes.ts";
import { applyPatches, readPatches } from "./patches.ts";
import { fail } from "./queue.ts";
import {
  begin,
  connectIn,
  loadRare,
  lost,
  noteApplied,
  quit,
  reload,
  requestResync,
  resume,
  send,
} from "./socket.ts";
import type { Client } from "./state.ts";
import { needRare } from "./build.ts";
import { Cursor } from "./wire.ts";

/** Takes a frame from the socket. */
export function receive(c: Client, bytes: Uint8Array): void {
  c.alive = true;
  c.seen = Date.now();
  if (c.frames.push(bytes) === 1) drain(c);
}

/** Applies what came. */
function drain(c: Client): void {
  while (c.frames[0]) {
    const { next } = c;
    c.wants = false;
    try {
      read(c, c.frames[0]);
    } catch (error) {
      if (c.wants) {
        c.next = next;
        loadRare(c).then(() => drain(c), () => reload(c));
        return;
      }
      console.error(error);
      requestResync(c, 3);
    }
    c.frames.shift();
  }
}

function read(c: Client, bytes: Uint8Array): void {
  const from = new Cursor(bytes);
  const type = bytes[0] & 15;
  if (type === 0) hello(c, from);
  else if (type === 2) patches(c, from, bytes[0] >> 4);
  else if (type === 3) control(c, from);
  else {
    const [code, seq, fatal, message] = [from.uint(), from.uint(), from.uint(), from.string()];
    fail(c, code, seq, message);
    if (fatal && code === 5) reload(c);
  }
}

function hello(c: Client, from: Cursor): void {
  const status = from.uint();
  if (status) {
    const retry = from.uint();
    // Busy, internal error, limit exceeded: later. Anything else is wrong with this page.
    // A regular expression makes a string of what it tests.
    if (/[489]/.test(status as unknown as string)) lost(c, retry || undefined);
    else reload(c);
    return;
  }
  const action = from.uint();
  c.session = from.string();
  c.key = from.string();
  from.string();
  // There is no frame 0, and no number for the one before it.
  c.last = (from.uint() || 1) - 1;
  c.intent = 1;
  noteReceived(c, from.uint());
  const heartbeat = from.uint();
  c.max = from.uint();
  begin(c, heartbeat);
  // Events wait for the frame that has the nodes numbered anew: before it their numbers are of an older rendering.
  if (action === 2) {
    c.stale = true;
    c.sound = false;
  } else if (!action) resume(c);
  for (const element of c.mend ?? []) {
    send(c, [3, 0x14], numberOf(c, element));
  }
}

function patches(c: Client, from: Cursor, flags: number): void {
  const seq = from.uint();
  if (seq <= c.last) return;
  // Until the Resync that was announced is here, a frame may still define templates which that one uses.
  const late = c.stale && !c.sound;
  if (!late && seq > c.last + 1) return requestResync(c, 0);
  const received = flags & 1 ? from.uint() : 0;
  const settled = new Set<number>();
  let below = received + 1;
  if (flags & 2) {
    below = received - from.uint();
    let event = below;
    from.list(() => settled.add(event += from.uint()));
  }
  const list = readPatches(c, from);
  if (late) return;
  if (c.stale) resume(c);
  noteReceived(c, received);
  c.rare?.unwind();
  try {
    applyPatches(c, list);
    noteApplied(c, seq, from.bytes.length);
  } catch (error) {
    console.error(error);
    requestResync(c, 1);
  }
  c.rare?.rewind((event) => event < below || settled.has(event));
}

function control(c: Client, from: Cursor): void {
  const type = from.uint();
  if (type === 0x12) {
    const rare = needRare(c);
    const seq = from.uint();
    noteReceived(c, from.uint());
    try {
      rare.resync(from);
    } catch (error) {
      console.error(error);
      return reload(c);
    }
    noteApplied(c, seq, from.bytes.length);
    return resume(c);
  }
  const value = from.uint();
  if (type === 1) send(c, [3, 2], value);
  else if (type === 0x13) {
    needRare(c).renumber();
    noteApplied(c, value, 0);
    resume(c);
  } else if (type === 0x20) {
    if (value === 2) reload(c);
    else if (value === 5) quit(c);
  } else if (type === 0x21) connectIn(c, value);
  else if (type === 0x22) c.sealed = from.chunk();
}
