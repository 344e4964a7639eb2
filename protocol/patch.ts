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
import { readBareText } from "./bare.ts";
import type { Limits } from "./limits.ts";
import { readName, writeName } from "./names.ts";
import { decodeNodes, encodeNodes, type WireNode } from "./nodes.ts";
import {
  fail,
  hasMore,
  openAs,
  readBool,
  readFlags,
  readList,
  readOptional,
  readPairs,
  readString,
  readSvarint,
  readU8,
  readUvarint,
} from "./read.ts";
import {
  beginFrame,
  finishFrame,
  writeList,
  writeOptional,
  writeSvarint,
  writeText,
  writeU8,
  writeUvarint,
} from "./write.ts";

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
  beginFrame(2, received === null ? 0 : partly ? 3 : 1);
  writeUvarint(seq);
  if (received !== null) writeUvarint(received);
  if (partly) {
    writeUvarint(received - settled.below);
    let last = settled.below;
    writeList(settled.list, (event) => {
      writeUvarint(event - last);
      last = event;
    });
  }
  for (const patch of frame.patches) writePatch(patch);
  return finishFrame();
}

/** Each kind of patch has its own shape: the engine is quick where one place in the source sees one of them. */
function writePatch(patch: Patch): void {
  const { op } = patch;
  writeU8(op);
  switch (op) {
    case 0x01:
      writeUvarint(patch.num);
      return writeText(patch.text);
    case 0x02:
      writeUvarint(patch.num);
      writeName(patch.name);
      return writeText(patch.value);
    case 0x03:
      writeUvarint(patch.num);
      return writeName(patch.name);
    case 0x04:
    case 0x07:
    case 0x0e:
    case 0x0f:
      writeUvarint(patch.num);
      return encodeNodes(patch.nodes);
    case 0x05:
    case 0x0b:
    case 0x0c:
      return writeUvarint(patch.num);
    case 0x06:
      writeUvarint(patch.num);
      return writeUvarint(patch.before);
    case 0x08:
      writeUvarint(patch.num);
      return writeText(patch.value);
    case 0x09:
    case 0x0a:
      writeUvarint(patch.num);
      return writeU8(patch.on);
    case 0x0d:
      writeUvarint(patch.num);
      writeSvarint(patch.x);
      writeSvarint(patch.y);
      return writeU8(patch.smooth);
    case 0x10:
    case 0x11:
    case 0x12:
    case 0x14:
      writeUvarint(patch.num);
      return writeText(patch.name);
    case 0x13:
    case 0x15:
      writeUvarint(patch.num);
      writeText(patch.name);
      return writeText(patch.value);
    case 0x16:
      writeUvarint(patch.num);
      writeUvarint(patch.offset);
      writeUvarint(patch.count);
      return writeText(patch.text);
    case 0x17:
      writeUvarint(patch.num);
      writeText(patch.name);
      return writeU8(patch.on);
    case 0x18:
      writeUvarint(patch.num);
      return writeText(patch.spec);
    case 0x1a:
      writeUvarint(patch.num);
      return writeUvarint(patch.parent);
    case 0x1b:
      writeUvarint(patch.num);
      return writeUvarint(patch.after);
    case 0x20:
      writeUvarint(patch.num);
      writeText(patch.name);
      return writeText(patch.detail);
    case 0x30:
    case 0x31:
      return writeList(patch.pairs, ([name, value]) => {
        writeText(name);
        writeText(value);
      });
    case 0x32:
    case 0x33:
      return writeText(patch.path);
    case 0x34:
      writeText(patch.url);
      return writeU8(patch.replace);
    case 0x35:
      return writeText(patch.text);
    case 0x36:
    case 0x37:
      writeText(patch.name);
      return writeOptional(patch.content);
    case 0x40:
      writeUvarint(patch.id);
      encodeNodes(patch.nodes);
      return writeList(patch.holes, writeHole);
    case 0x42:
      writeUvarint(patch.num);
      writeUvarint(patch.first);
      return encodeNodes(patch.nodes);
  }
}

function writeHole(hole: TemplateHole): void {
  writeUvarint(hole.offset);
  writeName(hole.name);
  if (hole.name === "") writeList(hole.statics, (s) => writeText(s));
}

/**
 * Reads a Patches frame.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodePatches(bytes: Uint8Array, limits?: Partial<Limits>): PatchFrame<WireNode> {
  const bare = readBareText(bytes, limits);
  if (bare !== null) return bare;
  openAs(2, bytes, limits);
  return readPatches();
}

/** Reads what follows the first byte of a Patches frame. */
export function readPatches(): PatchFrame<WireNode> {
  const flags = readFlags(3);
  const seq = readUvarint();
  let settled: Settled | null = null;
  const received = flags & 1 ? readUvarint() : null;
  if (flags & 2) {
    if (received === null) fail(0x01, 0);
    const below = received - readUvarint();
    if (below < 0) fail(0x01);
    let last = below;
    settled = { below, list: readList(() => (last += readUvarint()) > received ? fail(0x01) : last) };
  }
  // Most frames have one patch: a list that begins with it has room for no other, where an empty one makes room for 17.
  const patches: Patch<WireNode>[] = hasMore() ? [readPatch()] : [];
  while (hasMore()) patches.push(readPatch());
  return { seq, received, settled, patches };
}

function readPatch(): Patch<WireNode> {
  const op = readU8();
  const num = op < 0x30 || op === 0x42 ? readUvarint() : 0;
  switch (op) {
    case 0x01:
      return { op, num, text: readString() };
    case 0x02:
      return { op, num, name: readName(), value: readString() };
    case 0x03:
      return { op, num, name: readName() };
    case 0x04:
    case 0x07:
    case 0x0e:
    case 0x0f:
      return { op, num, nodes: decodeNodes() };
    case 0x05:
    case 0x0b:
    case 0x0c:
      return { op, num };
    case 0x06:
      return { op, num, before: readUvarint() };
    case 0x08:
      return { op, num, value: readString() };
    case 0x09:
    case 0x0a:
      return { op, num, on: readBool() };
    case 0x0d:
      return { op, num, x: readSvarint(), y: readSvarint(), smooth: readBool() };
    case 0x10:
    case 0x11:
    case 0x12:
    case 0x14:
      return { op, num, name: readString() };
    case 0x13:
    case 0x15:
      return { op, num, name: readString(), value: readString() };
    case 0x16:
      return { op, num, offset: readUvarint(), count: readUvarint(), text: readString() };
    case 0x17:
      return { op, num, name: readString(), on: readBool() };
    case 0x18:
      return { op, num, spec: readString() };
    case 0x1a:
      return { op, num, parent: readUvarint() };
    case 0x1b:
      return { op, num, after: readUvarint() };
    case 0x20:
      return { op, num, name: readString(), detail: readString() };
    case 0x30:
    case 0x31:
      return { op, pairs: readPairs() };
    case 0x32:
    case 0x33:
      return { op, path: readString() };
    case 0x34:
      return { op, url: readString(), replace: readBool() };
    case 0x35:
      return { op, text: readString() };
    case 0x36:
    case 0x37:
      return { op, name: readString(), content: readOptional() };
    case 0x40:
      return { op, id: readUvarint(), nodes: decodeNodes(), holes: readList(readHole) };
    case 0x42:
      return { op, num, first: readUvarint(), nodes: decodeNodes() };
  }
  return fail(0x16);
}

function readHole(): TemplateHole {
  const offset = readUvarint();
  const name = readName();
  return { offset, name, statics: name === "" ? readList(readString) : [] };
}
