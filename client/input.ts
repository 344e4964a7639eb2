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
  c.rare?.supersede(received);
  c.queue = c.queue.filter((event) => event.seq > received);
  for (const [control, seq] of c.typed) if (seq <= received) c.typed.delete(control);
}
