/**
 * Rendering in pieces: the same bytes as in one string, made as they are asked for.
 *
 * The walk keeps its own stack, so that it can stop between any two nodes; nothing is rendered ahead of the reader.
 *
 *     pull ──► step until 16 Ki characters are there ──► encode ──► one chunk
 *
 * @module
 */
import { Kind, type VNode } from "../vdom/node.ts";
import { HtmlWriter, type RenderOptions, type WriterState } from "./writer.ts";

/** About how many UTF-16 units are in a chunk. */
export const CHUNK_SIZE = 16384;

interface Frame extends WriterState {
  /** The item whose content this is; null for the root list. */
  owner: VNode | null;
  items: readonly VNode[];
  next: number;
  /** Which region of a template instance this is. */
  region: number;
}

/** A walk over a tree that can stop between two nodes. */
export class HtmlCursor {
  readonly #writer: HtmlWriter;
  readonly #stack: Frame[];

  /** Makes a walk over a root list. */
  constructor(items: readonly VNode[], options: RenderOptions = {}) {
    this.#writer = new HtmlWriter(options);
    this.#stack = [{ owner: null, items, next: 0, region: 0, ...stateOf(this.#writer) }];
  }

  /** Goes on until there are `size` UTF-16 units or the end is reached, and takes what is there. */
  read(size: number): string {
    const writer = this.#writer;
    const stack = this.#stack;
    while (stack.length > 0 && writer.out.length < size) {
      const frame = stack[stack.length - 1];
      if (frame.next === frame.items.length) {
        if (!this.#goOn(frame)) stack.pop();
        continue;
      }
      const item = frame.items[frame.next++];
      const before = stateOf(writer);
      writer.path?.enter(item);
      const inner = writer.open(item);
      if (inner !== null) {
        stack.push({ owner: item, items: inner, next: 0, region: 0, ...before });
        if (item.kind === Kind.Template) writer.path?.enter(item.children![0]);
      } else writer.path?.leave();
    }
    const out = writer.out;
    writer.out = "";
    return out;
  }

  /** Ends the content of an item; of a template instance goes to its next region, if there is one. */
  #goOn(frame: Frame): boolean {
    const writer = this.#writer;
    const { owner } = frame;
    if (owner === null) return false;
    writer.close(owner, frame);
    if (owner.kind === Kind.Template) {
      const regions = owner.children!;
      writer.path?.leave();
      const items = writer.openRegion(owner, ++frame.region);
      if (items !== null) {
        frame.items = items;
        frame.next = 0;
        writer.path?.enter(regions[frame.region]);
        return true;
      }
    }
    writer.path?.leave();
    return false;
  }

  /** Whether the end is reached. */
  get done(): boolean {
    return this.#stack.length === 0;
  }
}

function stateOf({ space, values, form }: WriterState): WriterState {
  return { space, values, form };
}

/** What stands around a tree in a stream. */
export interface StreamFrame {
  /** What goes first. */
  before?: string;
  /** What goes last; called when the tree is written. */
  after?: () => string;
}

/**
 * A stream of a tree's HTML in UTF-8, in chunks of about 16 KB. Nothing is rendered before it is asked for; after a
 * cancellation nothing more is. The tree must not change until the stream ends. Lone surrogates become U+FFFD.
 *
 * The stream fails with what {@linkcode renderToString} would throw.
 */
export function renderToStream(
  items: readonly VNode[],
  options: RenderOptions = {},
  { before = "", after = () => "" }: StreamFrame = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let cursor: HtmlCursor | null = new HtmlCursor(items, options);
  let rest = before;
  return new ReadableStream({
    pull(controller) {
      if (rest.length < CHUNK_SIZE && cursor !== null) {
        rest += cursor.read(CHUNK_SIZE - rest.length);
        if (cursor.done) {
          cursor = null;
          rest += after();
        }
      }
      const end = splitAt(rest, CHUNK_SIZE);
      if (end > 0) controller.enqueue(encoder.encode(rest.slice(0, end)));
      rest = rest.slice(end);
      if (cursor === null && rest === "") controller.close();
    },
    cancel() {
      cursor = null;
      rest = "";
    },
  }, { highWaterMark: 0 });
}

/** The largest index up to `size` at which no surrogate pair is cut. */
function splitAt(text: string, size: number): number {
  if (text.length <= size) return text.length;
  const c = text.charCodeAt(size - 1);
  return c >= 0xd800 && c < 0xdc00 ? size - 1 : size;
}
