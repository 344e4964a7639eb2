/**
 * What the user typed and the server does not know: which event carries it, and until when it is on its way.
 *
 * What comes of it, that patches of values wait, is in controls.ts.
 *
 * @module
 */
import type { Client } from "./state.ts";

/** The types of events that carry what was typed. */
export const INPUT: RegExp = /^(input|change)$/;

/** Events up to this one are received. */
export function noteReceived(c: Client, received: number): void {
  c.queue = c.queue.filter(({ seq, type, node, body }) => {
    if (seq > received) return true;
    // The server notes what the event carries; whatever it wants of the control after that is a new patch.
    if (body && INPUT.test(type)) c.rare?.supersede(node);
  });
  for (const [control, seq] of c.typed) if (seq <= received) c.typed.delete(control);
}
