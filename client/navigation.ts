/**
 * Links and the browser's history: which paths the server is asked for over the socket.
 *
 * A link takes part by the attribute `data-vango-link`. A click that the browser would open elsewhere (another tab, a download,
 * another origin) stays the browser's, and so does every click while there is no connection.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

const NAVIGATE = 0x70;

/** Follows links and the history. */
export function followLinks(c: Client, { push, putText }: Core): void {
  const { doc, win, quit } = c;
  const { signal } = quit;
  const here = () => win.location.pathname + win.location.search;
  let at = here();
  const go = (path: string, replace: boolean) => {
    const body: number[] = [];
    putText(body, path);
    body.push(+replace);
    push(c, c.end, "navigate", { code: NAVIGATE, family: "", options: {} }, body, c.end);
  };
  doc.addEventListener("click", (event) => {
    const { target, button, ctrlKey, shiftKey, altKey, metaKey, defaultPrevented } = event;
    const link = (target as Element).closest<HTMLAnchorElement>("a[data-vango-link]");
    if (!link || !c.ready || defaultPrevented || button || ctrlKey || shiftKey || altKey || metaKey) return;
    const to = new URL(link.href, win.location.href);
    if (
      to.origin !== win.location.origin || link.target && link.target !== "_self" ||
      link.hasAttribute("download")
    ) return;
    at = here();
    // Within the page the browser scrolls.
    if (to.hash && to.pathname + to.search === at) return;
    event.preventDefault();
    go(to.pathname + to.search + to.hash, false);
  }, { signal });
  win.addEventListener("popstate", () => {
    if (here() !== at) go(at = here(), true);
  }, { signal });
}
