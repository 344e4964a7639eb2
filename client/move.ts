/**
 * The selection of a node that is moved: even moveBefore ends it, though it keeps all else.
 *
 * To ask where the selection is has a browser lay out the page: it is asked once, before the first move of a frame, and set once,
 * after the last patch.
 *
 * @module
 */
import type { Client } from "./state.ts";

/** Has moves remember the selection. The function that is returned sets it again where a move has ended it. */
export function keepSelection({ doc, ops }: Client): () => void {
  let kept: [Node, number, Node, number] | null = null;
  let ended = false;
  // Move, MoveEnd, MoveAfter
  for (const op of [0x06, 0x1a, 0x1b]) {
    const [carries, apply] = ops[op];
    ops[op] = [carries, (c, node, num) => {
      if (!kept) {
        const { anchorNode, anchorOffset, focusNode, focusOffset } = doc.getSelection()!;
        kept = [anchorNode!, anchorOffset, focusNode!, focusOffset];
      }
      ended ||= node.contains(kept[0]) || node.contains(kept[2]);
      apply(c, node, num);
    }];
  }
  return () => {
    // That of a control is the control's own.
    if (ended && !/^(input|textarea)$/.test(doc.activeElement!.localName)) {
      try {
        doc.getSelection()!.setBaseAndExtent(...kept!);
      } catch {
        // A later patch of the frame made the text shorter: there is no such place any more.
      }
    }
    kept = null;
    ended = false;
  };
}
