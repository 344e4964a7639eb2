/**
 * What no listener of the document tells: the sizes of elements, and that there are hooks.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

/**
 * Makes `resize` an event of elements, and loads the fourth script when there is the first element with a hook: that its events
 * are listened for tells. The function that is returned looks for new ones.
 */
export function watchElements(c: Client, core: Core): () => void {
  const known = new WeakSet<Element>();
  const met = new WeakSet<Element>();
  let observer: ResizeObserver | undefined;
  let hooks: Promise<void> | undefined;
  const look = () => {
    if (c.heard.has("@hook")) {
      hooks ??= c.load(c.end.getAttribute("src")!.replace("client", "hooks"))
        .then(({ createHooks }) => createHooks(c, core));
    }
    if (!c.heard.has("resize")) return;
    for (const element of c.doc.querySelectorAll('[data-hid*=" resize:"]')) {
      if (known.has(element)) continue;
      known.add(element);
      observer ??= new c.win.ResizeObserver((entries) => {
        // The first report is of the size that the element had when it was met.
        for (const { target } of entries) {
          if (met.delete(target)) continue;
          target.dispatchEvent(new c.win.Event("resize"));
        }
      });
      met.add(element);
      observer.observe(element);
    }
  };
  look();
  return look;
}
