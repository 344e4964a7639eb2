/**
 * The whole tree for a client, numbered anew: the templates that it needs first, then the tree, then what markup does not
 * carry. And what waits for the client while that happens: instructions, which name elements by numbers.
 *
 * @module
 */
import { encodeControlDown, encodePatches } from "../protocol/mod.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Kind, type VNode } from "../vdom/node.ts";
import { Op, type Patch } from "../vdom/patch.ts";
import { liveOf } from "../vdom/template_live.ts";
import type { Outbox } from "./outbox.ts";

/** A tree on its way. */
export interface TreeFrames {
  /** The frames, in order; the outbox has them. */
  readonly frames: readonly Uint8Array[];
  /** The number of the frame that holds the tree. */
  readonly seq: number;
  /** The instructions by the new numbers. */
  readonly instructions: Patch[];
}

/** Whose tree it is. */
export interface TreeOwner {
  /** The tree. */
  readonly runtime: Runtime;
  /** Where its frames are kept. */
  readonly outbox: Outbox;
  /** The number of the last event that it was computed after. */
  readonly received: number;
}

/** Numbers the tree in document order and makes its frames; what the outbox had is forgotten. */
export function treeFrames(of: TreeOwner, instructions: readonly Patch[]): TreeFrames {
  const { runtime, outbox, received } = of;
  const targets = instructions.map((patch) => targetOf(runtime.root, patch));
  runtime.renumber();
  outbox.forget();
  const frames: Uint8Array[] = [];
  const send = (frame: Uint8Array) => {
    outbox.push(outbox.nextSeq, frame);
    frames.push(frame);
  };
  const sendPatches = (patches: Patch[]) => {
    if (patches.length === 0) return;
    send(encodePatches({ seq: outbox.nextSeq, received: null, settled: null, patches }));
  };
  sendPatches(runtime.tree.untold(runtime.root));
  const seq = outbox.nextSeq;
  send(encodeControlDown({ type: 0x12, seq, received, nodes: runtime.root }));
  // At once: what the next flush makes of the controls is newer.
  sendPatches(runtime.tree.livePatches(runtime.root));
  const renamed = instructions.flatMap((patch, i) => {
    const target = targets[i];
    return target === null ? [] : "num" in target ? [{ ...patch, num: target.num } as Patch] : [patch];
  });
  return { frames, seq, instructions: renamed };
}

/** The instructions whose elements are still there: an unknown number would cost the client a resync. */
export function reachable(root: readonly VNode[], instructions: readonly Patch[]): Patch[] {
  return instructions.filter((patch) => targetOf(root, patch) !== null);
}

/** Adds instructions to the patches of a frame: where the browser is goes before what is there, everything else after it. */
export function instructed(patches: Patch[], instructions: readonly Patch[]): void {
  patches.unshift(...instructions.filter(isPlace));
  for (const patch of instructions) if (!isPlace(patch)) patches.push(patch);
}

/** Whether an instruction says where the browser is. */
export function isPlace({ op }: Patch): boolean {
  return op === Op.NavPush || op === Op.NavReplace;
}

const DOCUMENT = {};

/** The element that an instruction names, or DOCUMENT; null when it is gone. */
function targetOf(root: readonly VNode[], patch: Patch): VNode | typeof DOCUMENT | null {
  return "num" in patch && patch.num > 0 ? findElement(root, patch.num) : DOCUMENT;
}

/** The live element of a number, or null. Of a template's elements those live that take part in anything. */
function findElement(items: readonly VNode[], num: number): VNode | null {
  for (const item of items) {
    if (item.kind === Kind.Element && item.num === num) return item;
    const own = item.kind === Kind.Template && item.aux !== null ? liveOf(item) : [];
    const found = own.find((element) => element.num === num) ??
      (item.nested === null ? null : findElement(item.nested, num));
    if (found !== null) return found;
  }
  return null;
}
