/**
 * The Patches frame: what changes, after which client event.
 *
 *     12  05  03  16 07 07 01 02 32      TextRange of node 7 at 7, one unit, "2"; received: event 3
 *     |   |   received
 *     |   seq
 *     type 2, flag 1
 *
 * @module
 */
import type { Patch, TemplateHole } from "../vdom/patch.ts";
import type { VNode } from "../vdom/node.ts";
import { beginFrame, openFrame, type Reader, type Writer } from "./bytes.ts";
import type { Limits } from "./limits.ts";
import { ATTRS } from "./names.ts";
import { ATTR_INDEX, decodeNodes, encodeNodes, type WireNode } from "./nodes.ts";

/** Which client events have settled: their handlers are done, and what they changed is in this frame or before it. */
export interface Settled {
  /** Every event below this number. */
  below: number;
  /** Events from `below` on, ascending. */
  list: number[];
}

/** A Patches frame. `N` is what new nodes are. */
export interface PatchFrame<N = VNode> {
  /** The number of the frame, from 1. */
  seq: number;
  /** The last client event that the frame was computed after (all before it too); null: nothing new to tell. */
  received: number | null;
  /** The events that have settled; null: every event up to `received`, or, without that, nothing new to tell. */
  settled: Settled | null;
  /** The patches, in order. */
  patches: Patch<N>[];
}

/** Writes a Patches frame. */
export function encodePatches(frame: PatchFrame<VNode>): Uint8Array<ArrayBuffer> {
  const { seq, received, settled } = frame;
  const partly = received !== null && settled !== null && settled.below <= received;
  const w = beginFrame(2, received === null ? 0 : partly ? 3 : 1);
  w.uvarint(seq);
  if (received !== null) w.uvarint(received);
  if (partly) {
    w.uvarint(received - settled.below);
    let last = settled.below;
    w.list(settled.list, (w, event) => {
      w.uvarint(event - last);
      last = event;
    });
  }
  for (const patch of frame.patches) encodePatch(w, patch);
  return w.finish();
}

function encodePatch(w: Writer, patch: Patch): void {
  w.u8(patch.op);
  // Below 0x30 every patch is about a node.
  if (patch.op < 0x30 || patch.op === 0x42) w.uvarint((patch as { num: number }).num);
  switch (patch.op) {
    case 0x01:
    case 0x35:
      return w.string(patch.text);
    case 0x02:
      w.name(ATTR_INDEX, patch.name);
      return w.string(patch.value);
    case 0x03:
      return w.name(ATTR_INDEX, patch.name);
    case 0x04:
    case 0x07:
    case 0x0e:
    case 0x0f:
      return encodeNodes(w, patch.nodes);
    case 0x06:
      return w.uvarint(patch.before);
    case 0x08:
      return w.string(patch.value);
    case 0x09:
    case 0x0a:
      return w.bool(patch.on);
    case 0x0d:
      w.svarint(patch.x);
      w.svarint(patch.y);
      return w.bool(patch.smooth);
    case 0x10:
    case 0x11:
    case 0x12:
    case 0x14:
      return w.string(patch.name);
    case 0x13:
    case 0x15:
      w.string(patch.name);
      return w.string(patch.value);
    case 0x16:
      w.uvarint(patch.offset);
      w.uvarint(patch.count);
      return w.string(patch.text);
    case 0x17:
      w.string(patch.name);
      return w.bool(patch.on);
    case 0x18:
      return w.string(patch.spec);
    case 0x1a:
      return w.uvarint(patch.parent);
    case 0x1b:
      return w.uvarint(patch.after);
    case 0x20:
      w.string(patch.name);
      return w.string(patch.detail);
    case 0x30:
    case 0x31:
      return w.pairs(patch.pairs);
    case 0x32:
    case 0x33:
      return w.string(patch.path);
    case 0x34:
      w.string(patch.url);
      return w.bool(patch.replace);
    case 0x36:
      w.string(patch.name);
      return w.optional(patch.content);
    case 0x40:
      w.uvarint(patch.id);
      encodeNodes(w, patch.nodes);
      return w.list(patch.holes, encodeHole);
    case 0x42:
      w.uvarint(patch.first);
      return encodeNodes(w, patch.nodes);
  }
}

function encodeHole(w: Writer, hole: TemplateHole): void {
  w.uvarint(hole.offset);
  w.name(ATTR_INDEX, hole.name);
  if (hole.name === "") w.list(hole.statics, (w, s) => w.string(s));
}

/**
 * Reads a Patches frame.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodePatches(bytes: Uint8Array, limits?: Limits): PatchFrame<WireNode> {
  const r: Reader = openFrame(bytes, 2, 3, limits);
  const seq = r.uvarint();
  let settled: Settled | null = null;
  const received = r.flags & 1 ? r.uvarint() : null;
  if (r.flags & 2) {
    if (received === null) r.fail(0x01, 0);
    const at = r.pos;
    const below = received - r.uvarint();
    if (below < 0) r.fail(0x01, at);
    let last = below;
    settled = { below, list: r.list((r) => last += r.uvarint()) };
  }
  const patches: Patch<WireNode>[] = [];
  while (r.left > 0) patches.push(decodePatch(r));
  return { seq, received, settled, patches };
}

function decodePatch(r: Reader): Patch<WireNode> {
  const at = r.pos;
  const op = r.u8();
  const num = op < 0x30 || op === 0x42 ? r.uvarint() : 0;
  switch (op) {
    case 0x01:
      return { op, num, text: r.string() };
    case 0x02:
      return { op, num, name: r.name(ATTRS), value: r.string() };
    case 0x03:
      return { op, num, name: r.name(ATTRS) };
    case 0x04:
    case 0x07:
    case 0x0e:
    case 0x0f:
      return { op, num, nodes: decodeNodes(r) };
    case 0x05:
    case 0x0b:
    case 0x0c:
      return { op, num };
    case 0x06:
      return { op, num, before: r.uvarint() };
    case 0x08:
      return { op, num, value: r.string() };
    case 0x09:
    case 0x0a:
      return { op, num, on: r.bool() };
    case 0x0d:
      return { op, num, x: r.svarint(), y: r.svarint(), smooth: r.bool() };
    case 0x10:
    case 0x11:
    case 0x12:
    case 0x14:
      return { op, num, name: r.string() };
    case 0x13:
    case 0x15:
      return { op, num, name: r.string(), value: r.string() };
    case 0x16:
      return { op, num, offset: r.uvarint(), count: r.uvarint(), text: r.string() };
    case 0x17:
      return { op, num, name: r.string(), on: r.bool() };
    case 0x18:
      return { op, num, spec: r.string() };
    case 0x1a:
      return { op, num, parent: r.uvarint() };
    case 0x1b:
      return { op, num, after: r.uvarint() };
    case 0x20:
      return { op, num, name: r.string(), detail: r.string() };
    case 0x30:
    case 0x31:
      return { op, pairs: r.pairs() };
    case 0x32:
    case 0x33:
      return { op, path: r.string() };
    case 0x34:
      return { op, url: r.string(), replace: r.bool() };
    case 0x35:
      return { op, text: r.string() };
    case 0x36:
      return { op, name: r.string(), content: r.optional() };
    case 0x40:
      return { op, id: r.uvarint(), nodes: decodeNodes(r), holes: r.list(decodeHole) };
    case 0x42:
      return { op, num, first: r.uvarint(), nodes: decodeNodes(r) };
  }
  r.fail(0x16, at);
}

function decodeHole(r: Reader): TemplateHole {
  const offset = r.uvarint();
  const name = r.name(ATTRS);
  return { offset, name, statics: name === "" ? r.list((r) => r.string()) : [] };
}
