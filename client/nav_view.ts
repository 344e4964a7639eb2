/**
 * View transitions, for pages that want them (`data-vt`): a frame that brings another page is applied while the browser shows
 * the old one.
 *
 *     frame ─► read: needs a transition ─► startViewTransition ─► its callback: the frame is read again, applied
 *              later frames wait behind it, as they do for the second script ┘
 *
 * It uses the way in which frames wait for the second script (frames.ts): reading one throws, with `wants` set, and goes on when
 * `loading` settles. So no frame is lost, and none overtakes another.
 *
 * @module
 */
import type { Client } from "./state.ts";

type WithTransitions = Document & {
  startViewTransition?(update: () => unknown): { ready: Promise<unknown> };
};

/** Makes the function that a frame of another page calls when it is read: it throws while the frame must wait. */
export function createTransitions(c: Client): () => void {
  const { win, end } = c;
  const doc = c.doc as WithTransitions;
  let state: "idle" | "waits" | "open" = "idle";
  return () => {
    const still = end.dataset.vt === undefined || !doc.startViewTransition || doc.hidden ||
      win.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (state === "open" || still && state === "idle") return;
    if (state === "idle") {
      state = "waits";
      c.loading = new Promise((open) => {
        const transition = doc.startViewTransition!(async () => {
          state = "open";
          open();
          // The frames that waited are applied in the first turn after that.
          await c.loading;
          state = "idle";
        });
        // One that the browser skips has applied its frame all the same. (The client's own `ready` has another name in the bundle.)
        transition["ready"].catch(() => {});
      });
    }
    throw Error(`${c.wants = true}`);
  };
}
