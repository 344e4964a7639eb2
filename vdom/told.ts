/**
 * Which templates the client of one session knows, and by which numbers.
 *
 * Numbers are given again: a client that takes a definition for the newest of its number keeps no more than it must. A template
 * that the patches since the last frame use keeps its number, since they are made into bytes together.
 *
 * @module
 */
import type { VNode } from "./node.ts";
import { NO_PATCHES, Op, type Patch } from "./patch.ts";
import type { Template } from "./template.ts";

/** How many templates a client knows, as long as no single frame needs more. */
export const MAX_TOLD = 256;

interface Entry {
  id: number;
  /** The frame that used it last. */
  frame: number;
}

/** What one client was told. */
export class Told {
  /** Most sessions need none. */
  #known: Map<Template, Entry> | null = null;
  #frame = 1;
  #definitions: Patch[] = NO_PATCHES;
  /** What was told of last: the rows of a list are of one template. */
  #last: Template | null = null;
  #lastId = 0;

  /** Gives an instance the number by which the client knows its template; a client that does not will be told. */
  tell(node: VNode): void {
    const template = node.type as Template;
    if (template === this.#last) {
      node.slots = this.#lastId;
      return;
    }
    let entry = this.#known?.get(template);
    if (entry === undefined) {
      this.#known ??= new Map();
      entry = { id: this.#freeId(this.#known), frame: 0 };
      this.#known.set(template, entry);
      if (this.#definitions === NO_PATCHES) this.#definitions = [];
      this.#definitions.push({ op: Op.TemplateDef, id: entry.id, ...template.definition() });
    }
    entry.frame = this.#frame;
    node.slots = this.#lastId = entry.id;
    this.#last = template;
  }

  #freeId(known: Map<Template, Entry>): number {
    let oldest: Template | null = null;
    let frame = this.#frame;
    if (known.size >= MAX_TOLD) {
      for (const [template, entry] of known) {
        if (entry.frame < frame) [oldest, frame] = [template, entry.frame];
      }
    }
    if (oldest === null) return known.size + 1;
    const { id } = known.get(oldest)!;
    known.delete(oldest);
    return id;
  }

  /** The definitions that must go ahead of what was made since the last call. */
  take(): Patch[] {
    const taken = this.#definitions;
    this.#definitions = NO_PATCHES;
    return taken;
  }

  /** The patches so far are a frame: what they use may make room from now on. */
  next(): void {
    this.#frame++;
    this.#last = null;
  }

  /** The client knows none any more. */
  clear(): void {
    this.#known = this.#last = null;
    this.#definitions = NO_PATCHES;
  }
}
