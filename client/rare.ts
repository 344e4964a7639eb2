/**
 * The second script: what few pages need. It is loaded when the first one meets something that it does not know, and works
 * with what the first one lends it.
 *
 * @module
 */
import { createControls } from "./controls.ts";
import type { Core } from "./core.ts";
import { locateFaults } from "./locate.ts";
import { morphList, type MorphTools } from "./morph.ts";
import { keepSelection } from "./move.ts";
import { createOverlays } from "./optimistic.ts";
import { createOperations } from "./rare_ops.ts";
import { putRare } from "./rare_values.ts";
import type { Client, Live, Rare } from "./state.ts";
import { createTemplates } from "./template.ts";
import { createTiming } from "./timing.ts";
import { sendUnsent } from "./unsent.ts";
import { watchElements } from "./watch.ts";
import type { Cursor } from "./wire.ts";

/** Makes the second script's part of a client. */
export function createRare(c: Client, core: Core): Rare {
  const overlays = createOverlays(c, core);
  const timing = createTiming(c);
  const controls = createControls(c, core, timing.flush);
  const templates = createTemplates(c, core);
  const look = watchElements(c, core);
  const settle = keepSelection(c);
  const tools: MorphTools = { c, core, controls };
  Object.assign(c.ops, createOperations(core, controls), {
    0x40: templates.define,
    0x42: [
      (c: Client, from: Cursor, num: number) => {
        const { next } = c;
        const old = [...c.nodes];
        c.next = from.uint();
        const nodes = core.readNodes(c, from, num, true);
        // What is in a template had numbers for a while that others have.
        c.nodes = c.nodes.map((node, n) => n < c.next ? node : old[n]);
        c.next = Math.max(next, c.next);
        return [nodes];
      },
      (c: Client, element: Element, nodes: Node) => {
        c.mend = c.mend?.filter((other) => other !== element) ?? null;
        morphList(
          tools,
          { parent: element, first: element.firstChild, end: null },
          [...nodes.childNodes],
          () => true,
        );
      },
    ],
  });
  return {
    ...timing,
    buildRare: templates.buildRare,
    putRare: (out, family, event, element) => putRare(core, out, family, event, element),
    sendUnsent: () => sendUnsent(c, core),
    locate: () => locateFaults(c, core),
    renumber() {
      // Nodes that an optimistic text stands for count, and it does not.
      overlays.unwind();
      renumber(c, core);
      overlays.rewind();
    },
    predict: overlays.predict,
    unwind: overlays.unwind,
    rewind(over) {
      settle();
      overlays.rewind(over);
      controls.release(over);
      look();
    },
    supersede: controls.supersede,
    resync(from) {
      // What is told again must come after the word that this frame was applied.
      c.ready = false;
      overlays.unwind();
      overlays.rewind(() => true);
      controls.reset();
      resync(tools, from);
      look();
    },
  };
}

/** Numbers again, from 1, the nodes that have numbers: others (of scripts and of extensions) are no concern of the server. */
function renumber(c: Client, { number }: Core): void {
  const old = c.nodes;
  c.nodes = [c.end];
  c.next = 1;
  const walker = c.doc.createTreeWalker(c.end.parentNode!, 1 + 4 + 128);
  while (walker.nextNode()) {
    const node: Live = walker.currentNode;
    if (node.vango && old[node.vango] === node) number(c, node);
  }
}

function resync(tools: MorphTools, from: Cursor): void {
  const { c, core } = tools;
  // A wrong patch took the script with it: there is no place for the tree any more, but there is one in the page loaded anew.
  if (!c.end.isConnected) throw new RangeError();
  const old = c.nodes;
  const mending = !!c.mend?.length;
  c.nodes = [c.end];
  c.next = 1;
  // Made apart, so that nothing loads, plays or runs before it is known to be new.
  const maker = c.doc.implementation.createHTMLDocument("");
  const into = maker.createDocumentFragment();
  core.buildNodes(c, { from, maker, into, space: null });
  // While content is asked for again, its nodes have no numbers.
  const ours = (node: Live) => mending || node.vango !== undefined && old[node.vango] === node;
  morphList(
    tools,
    { parent: c.end.parentNode!, first: core.firstNode(c), end: c.end },
    [...into.childNodes],
    ours,
  );
  c.sound = true;
  c.mend = null;
  refuseQueued(tools);
  sendUnsent(c, core);
}

/** After a resync an event that was not sent is given up, unless an id says that its element is still the one it happened to. */
function refuseQueued({ c, core }: MorphTools): void {
  for (const event of c.queue) {
    if (event.sent || event.node === c.end) continue;
    // What was typed is told by the controls themselves.
    if (/^(input|change)$/.test(event.type)) c.queue = c.queue.filter((other) => other !== event);
    else if (!(event.node as Element).id || core.numberOf(c, event.node) < 0) core.drop(c, event, 0x03);
  }
}
