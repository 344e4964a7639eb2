/**
 * What components say of the document besides their trees: its title, metas and links. What a component said goes with it; of
 * several the newest counts, so a page's title stands before that of the layout around it.
 *
 * @module
 */
import type { Owner } from "../core/mod.ts";
import { Op, type Patch } from "../vdom/patch.ts";

/** What is said: the title, the content of a meta by its name, the address of a link by its rel. */
export type HeadKey = "title" | `meta ${string}` | `link ${string}`;

interface Entry {
  readonly owner: Owner | null;
  readonly key: HeadKey;
  content: string | null;
}

/** The title, metas and links of one document. */
export class DocumentHead {
  /** What was ever said something of. */
  keys: readonly HeadKey[] = [];
  #entries: Entry[] = [];
  readonly #changed: (key: HeadKey, content: string | null) => void;

  /** `changed` is told of every change, with what counts now; null: nobody says anything. */
  constructor(changed: (key: HeadKey, content: string | null) => void) {
    this.#changed = changed;
  }

  /** How many things are said, whether they count or not. */
  get size(): number {
    return this.#entries.length;
  }

  /** What counts; null when nobody says anything, or the newest says that there is none. */
  get(key: HeadKey): string | null {
    return this.#entries.findLast((entry) => entry.key === key)?.content ?? null;
  }

  /** All that counts, by key. */
  get all(): ReadonlyMap<HeadKey, string> {
    const all = new Map<HeadKey, string>();
    for (const { key, content } of this.#entries) {
      if (content === null) all.delete(key);
      else all.set(key, content);
    }
    return all;
  }

  /** An owner says something, until its end; null as owner: until the next page. */
  set(owner: Owner | null, key: HeadKey, content: string | null): void {
    if (owner?.disposed) return;
    if (!this.keys.includes(key)) this.keys = [...this.keys, key];
    const before = this.get(key);
    const own = this.#entries.find((entry) => entry.owner === owner && entry.key === key);
    if (own !== undefined) own.content = content;
    else {
      if (owner !== null && !this.#entries.some((entry) => entry.owner === owner)) {
        owner.onCleanup(() => this.drop(owner));
      }
      this.#entries.push({ owner, key, content });
    }
    this.#tell(key, before);
  }

  /** Forgets what an owner said. */
  drop(owner: Owner | null): void {
    const gone = this.#entries.filter((entry) => entry.owner === owner);
    if (gone.length === 0) return;
    const before = gone.map(({ key }) => this.get(key));
    this.#entries = this.#entries.filter((entry) => entry.owner !== owner);
    gone.forEach(({ key }, i) => this.#tell(key, before[i]));
  }

  #tell(key: HeadKey, before: string | null): void {
    const content = this.get(key);
    if (content !== before) this.#changed(key, content);
  }
}

/** The instruction that tells a browser; a title that nobody sets is `title`. */
export function headPatch(key: HeadKey, content: string | null, title: string): Patch {
  if (key === "title") return { op: Op.SetTitle, text: content ?? title };
  return { op: key.startsWith("meta") ? Op.SetMeta : Op.SetLink, name: key.slice("meta ".length), content };
}

/** Whether two instructions say something of the same thing: the newer one is enough. */
export function isSameHead(a: Patch, b: Patch): boolean {
  if (a.op !== b.op) return false;
  return a.op === Op.SetTitle ||
    (a.op === Op.SetMeta || a.op === Op.SetLink) && a.name === (b as typeof a).name;
}
