/**
 * The whole tree for a client, numbered anew: the templates that it needs first, then the tree.
 *
 * @module
 */
import { encodeControlDown, encodePatches } from "../protocol/mod.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Patch } from "../vdom/patch.ts";
import type { Outbox } from "./outbox.ts";

/** A tree on its way. */
export interface TreeFrames {
  /** The frames, in order; the outbox has them. */
  readonly frames: readonly Uint8Array[];
  /** The number of the frame that holds the tree. */
  readonly seq: number;
  /** What must follow: live values of controls, which markup does not carry. */
  readonly after: readonly Patch[];
}

/** Numbers the tree in document order and makes its frames; what the outbox had is forgotten. */
export function treeFrames(runtime: Runtime, outbox: Outbox, received: number): TreeFrames {
  runtime.renumber();
  outbox.forget();
  const frames: Uint8Array[] = [];
  const patches = runtime.tree.untold(runtime.root);
  if (patches.length > 0) {
    const seq = outbox.nextSeq;
    frames.push(encodePatches({ seq, received: null, settled: null, patches }));
    outbox.push(seq, frames[0]);
  }
  const seq = outbox.nextSeq;
  const tree = encodeControlDown({ type: 0x12, seq, received, nodes: runtime.root });
  outbox.push(seq, tree);
  frames.push(tree);
  return { frames, seq, after: runtime.tree.livePatches(runtime.root) };
}
