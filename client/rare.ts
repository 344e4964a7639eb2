/**
 * The second script: what few pages need. It is loaded when the first one meets something that it does not know.
 *
 * @module
 */
import { buildNodes } from "./build.ts";
import { locateFaults } from "./locate.ts";
import { morphList } from "./morph.ts";
import { followLinks } from "./navigation.ts";
import { firstNode, numberOf } from "./nodes.ts";
import { createOverlays } from "./optimistic.ts";
import { drop } from "./queue.ts";
import { putRare, watchSizes } from "./rare_values.ts";
import type { Client, Live, Rare } from "./state.ts";
import { createTemplates } from "./template.ts";
import { sendUnsent } from "./unsent.ts";
import type { Cursor } from "./wire.ts";

/** Makes the second script's part of a client. */
export function createRare(c: Client): Rare {
  const overlays = createOverlays();
  const sizes = watchSizes(c);
  followLinks(c);
  return {
    ...createTemplates(c),
    put: putRare,
    locate: () => locateFaults(c),
    predict: overlays.predict,
    unwind: overlays.unwind,
    rewind(over) {
      overlays.rewind(over);
      sizes();
    },
    subtree(element, nodes) {
      c.mend = c.mend.filter((other) => other !== element);
      morphList(c, { parent: element, first: element.firstChild, end: null }, [...nodes.childNodes], () => true);
    },
    resync: (from) => resync(c, from, overlays),
  };
}

function resync(c: Client, from: Cursor, overlays: { unwind(): void; rewind(over: () => boolean): void }): void {
  overlays.unwind();
  overlays.rewind(() => true);
  const old = c.nodes;
  const mending = c.mend.length > 0;
  c.nodes = [c.end];
  c.next = 1;
  c.held = [];
  // Made apart, so that nothing loads, plays or runs before it is known to be new.
  const maker = c.doc.implementation.createHTMLDocument("");
  const fresh = maker.createDocumentFragment();
  buildNodes(c, { from, maker, into: fresh, space: null });
  const ours = (node: Live) => mending || node.vango !== undefined && old[node.vango] === node;
  morphList(c, { parent: c.end.parentNode!, first: firstNode(c), end: c.end }, [...fresh.childNodes], ours);
  c.sound = true;
  c.mend = [];
  refuseQueued(c);
  sendUnsent(c);
}

/** After a resync an event that was not sent is given up, unless an id says that its element is still the one it happened to. */
function refuseQueued(c: Client): void {
  for (const event of [...c.queue]) {
    if (event.sent || event.node === c.end) continue;
    // Input is told by the controls themselves.
    const input = /^(input|change)$/.test(event.type);
    if (input) c.queue = c.queue.filter((other) => other !== event);
    else if (!(event.node as Element).id || numberOf(c, event.node) < 0) drop(c, event, 0x03);
  }
}
