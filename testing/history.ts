/**
 * The history of a tab: where it has been, which document was there, and the way back (HTML, "Session history").
 *
 *     /          /todos      /todos?done     /about
 *     document 1 ─────────── document 1      document 2      from the last to the third a document is loaded,
 *                                                            from the third to the first only the address changes
 *
 * @module
 */

/** One place in the history. */
export interface Entry {
  /** The address. */
  readonly url: URL;
  /** What `history.state` is there. */
  readonly state: unknown;
  /** The same for all entries of one document. */
  readonly document: object;
}

/** What becomes of the present entry when another address is loaded. */
export type HowLoaded = "push" | "replace" | "reload";

/** The history of one tab. */
export class TabHistory {
  #entries: Entry[] = [];
  #at = -1;

  /** Where the tab is. */
  get current(): Entry | null {
    return this.#entries[this.#at] ?? null;
  }

  /** The entry some steps from here; null when there is none. */
  peek(by: number): Entry | null {
    return this.#entries[this.#at + by] ?? null;
  }

  /** Goes some steps. @throws {Error} When there is nothing there. */
  move(by: number): Entry {
    const entry = this.peek(by);
    if (entry === null) throw new Error(`Cannot go ${by < 0 ? "back" : "forward"}: there is no page there`);
    this.#at += by;
    return entry;
  }

  /** Another document is there; one that is where the last one was takes its place. */
  load(url: URL, how: HowLoaded = "push"): void {
    const { current } = this;
    if (how === "reload" && current !== null) return this.#set({ ...current, url });
    const entry: Entry = { url, state: null, document: {} };
    if (current === null || how === "push" && current.url.href !== url.href) this.#add(entry);
    else this.#set(entry);
  }

  /** The document goes to another address by itself. */
  push(url: URL, state: unknown): void {
    this.#add({ url, state, document: this.current?.document ?? {} });
  }

  /** The document changes its address. */
  replace(url: URL, state: unknown): void {
    this.#set({ url, state, document: this.current?.document ?? {} });
  }

  #add(entry: Entry): void {
    this.#entries.length = ++this.#at;
    this.#entries.push(entry);
  }

  #set(entry: Entry): void {
    this.#at = Math.max(this.#at, 0);
    this.#entries[this.#at] = entry;
  }
}

/** Path and query: what a page is, as far as the server is concerned. */
export function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

/** Whether an address is a place in the page of another one. */
export function isPlace(to: URL, from: URL): boolean {
  return to.href.includes("#") && pathOf(to) === pathOf(from);
}
