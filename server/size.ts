/**
 * Owns the answer to how many bytes of heap a session takes: counted quantities times what each takes in V8.
 *
 * The tree is walked: nodes, lists, props, bindings, instances and the values of their signals; then what waits to be
 * sent. The sizes are those of V8 on 64 bits without pointer compression, read off heap snapshots (bench/README.md
 * explains those of a counter byte by byte); tests/memory/size_test.ts holds the sum against the heap that sessions take.
 * What the application keeps elsewhere (in closures, in transient signals) is not seen. Text counts in full, although the
 * constants of a program are there once.
 *
 * @module
 */
import { Instance } from "../runtime/instance.ts";
import { Kind, type VNode } from "../vdom/node.ts";
import { MANY } from "../vdom/node_table.ts";
import { slotsOf } from "../vdom/template_slots.ts";
import { SMALL } from "../vdom/vnode.ts";
import type { ElementState } from "../vdom/element_state.ts";
import type { Session } from "./session.ts";
import { isShared } from "./shared_texts.ts";

/** The session's own objects: session, mailbox, outbox, context, runtime, work, tree, root, ids, places in registries. */
const SESSION = 1150;
/** Its socket: Deno's objects, those of the loop that reads it, listeners, ours. */
const CONNECTION = 2050;
/** The async context that the socket's loop is in from the first event on. */
const ASYNC_CONTEXT = 410;
const NODE = 96;
const ARRAY = 48;
const OBJECT = 24;
const WORD = 8;
const CLOSURE = 56;
/** An instance with its reaction, one signal that it follows, its view and what that closes over. */
const INSTANCE = 200 + 80 + 88 + 2 * CLOSURE;
/** A binding with its reaction. */
const BINDING = 88 + 80;
/** What is known of a bound attribute in the DOM: a list of pairs, usually one. */
const RECORD = 120;
/** What links a reaction to a signal that it follows. */
const LINK = 88;
const SIGNAL = 96;
const ELEMENT_STATE = 64;
/** An effect, resource, cleanup or context of an instance: its task, reaction and function. */
const HELD = 350;
/** A prop that is followed: its signal, the link to it, its name. */
const PROP = SIGNAL + LINK + 2 * WORD;
/** What an error boundary keeps besides: its state, a signal, functions. */
const BOUNDARY = 450;
/** What is said of the document: the list of it; each entry besides its text. */
const HEAD = 600;
const HEAD_ENTRY = 50;
/** Who asked for pages ahead: the list of them, the allowance, places in tables. */
const AHEAD = 500;
/** A frame in the outbox: a view of a buffer of its own. */
const FRAME = 220;
/** An instruction that waits. */
const INSTRUCTION = 160;
const NUMBER = 16;
const STRING = 20;
/** An entry of a Map whose table is full, and of a Set. Tables are powers of two. */
const MAP_ENTRY = 28;
const SET_ENTRY = 20;
const TABLE = 72;
const SMALL_INTEGER = 2 ** 31;
/** How deep values are looked into. */
const MAX_DEPTH = 256;

/** Bytes of heap that a session takes now. Walks the whole page: for when it is parked or put away, not for each event. */
export function sessionBytes(session: Session): number {
  const { runtime, outbox, wire, restored, ctx, queued, received } = session;
  const values = new ValueSizes();
  let bytes = SESSION + ownTextBytes(ctx.packed) + values.of(ctx.ownData) + values.of(restored);
  bytes += routedBytes(session, values);
  if (wire !== null) bytes += CONNECTION + (received > 0 ? ASYNC_CONTEXT : 0);
  bytes += outbox.unackedBytes + outbox.size * FRAME + queued * INSTRUCTION;
  const { size } = runtime.tree.interactive;
  bytes += size < 2 ? 0 : size < MANY ? ARRAY + size * WORD : tableBytes(size, MAP_ENTRY);
  return bytes + listBytes(runtime.root, values);
}

/** What a session holds that goes from page to page. */
function routedBytes({ ctx, loadedAhead }: Session, values: ValueSizes): number {
  let bytes = ctx.headSize === null ? 0 : HEAD + ctx.headSize * HEAD_ENTRY;
  if (loadedAhead !== null) bytes += AHEAD + values.of(loadedAhead);
  return bytes;
}

function listBytes(items: readonly VNode[] | null, values: ValueSizes): number {
  if (items === null) return 0;
  let bytes = ARRAY + items.length * WORD;
  for (const item of items) bytes += nodeBytes(item, values);
  return bytes;
}

function nodeBytes(node: VNode, values: ValueSizes): number {
  switch (node.kind) {
    case Kind.Text:
    case Kind.Raw:
      return NODE + runBytes(node);
    case Kind.Element:
      return NODE + propsBytes(node.props) + stateBytes(node.aux as ElementState | null) +
        (typeof node.content === "string" ? textBytes(node.content) : listBytes(node.children, values));
    case Kind.Template:
      return NODE + slotsBytes(node) + listBytes(node.aux as VNode[] | null, values) +
        listBytes(node.children, values);
    default:
      return NODE + propsBytes(node.props) + listBytes(node.children, values) +
        (node.aux instanceof Instance ? instanceBytes(node.aux, values) : 0);
  }
}

function textBytes(text: string): number {
  return text.length > 1 ? stringBytes(text) : 0;
}

function runBytes({ text, parts }: VNode): number {
  const bytes = textBytes(text);
  if (parts === null) return bytes;
  const signals = parts.reduce((count, part) => count + (typeof part === "string" ? 0 : 1), 0);
  return bytes + ARRAY + parts.length * WORD + BINDING + signals * LINK;
}

/** The slots of a template instance. The nodes among them stand in its regions, its handlers in its live elements. */
function slotsBytes(node: VNode): number {
  const slots = slotsOf(node);
  let bytes = slots.length > SMALL ? ARRAY + slots.length * WORD : (SMALL - 1) * WORD;
  for (const slot of slots) if (typeof slot === "string" && slot.length > 1) bytes += stringBytes(slot);
  return bytes;
}

function propsBytes(props: VNode["props"]): number {
  if (props === null) return 0;
  let bytes = OBJECT;
  for (const name in props) {
    const value = props[name];
    // A handler closes over the component's variables, which its view does already.
    if (typeof value === "function") bytes += WORD + CLOSURE;
    else bytes += WORD + (typeof value === "string" && value.length > 1 ? stringBytes(value) : 0);
  }
  return bytes;
}

function stateBytes(state: ElementState | null): number {
  if (state === null) return 0;
  let bytes = ELEMENT_STATE;
  if (state.live !== null) bytes += tableBytes(state.live.size, MAP_ENTRY);
  if (state.binding !== null) {
    const { size } = state.binding.records;
    bytes += BINDING + size * (LINK + RECORD) + tableBytes(size, MAP_ENTRY);
  }
  return bytes;
}

function instanceBytes(instance: Instance, values: ValueSizes): number {
  let bytes = INSTANCE + stringBytes(instance.path) + instance.held * HELD;
  if (instance.props !== null) bytes += ARRAY + instance.props.followed * PROP;
  if (instance.boundary !== null && instance.depth > 0) bytes += BOUNDARY;
  let count = 0;
  instance.snapshot((_key, value) => {
    count++;
    bytes += SIGNAL + values.of(value);
  });
  // Pairs of key and signal.
  return count === 0 ? bytes : bytes + ARRAY + count * 2 * WORD;
}

/** Of texts that no other session has: those that many share count for none. */
function ownTextBytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (text === "" || isShared(text) ? 0 : stringBytes(text)), 0);
}

/** Of strings of Latin-1 a byte for each character, of others two. */
function stringBytes(text: string): number {
  // deno-lint-ignore no-control-regex
  return STRING + (/[^\x00-\xff]/.test(text) ? 2 * text.length : text.length);
}

/** A Map or Set: at least four places. */
function tableBytes(size: number, entry: number): number {
  return TABLE + entry * Math.max(4, 2 ** Math.ceil(Math.log2(Math.max(1, size))));
}

/** Sizes of values of one session: an object that is there twice counts once. */
class ValueSizes {
  readonly #seen: Set<object> = new Set();
  #depth = 0;

  /** Bytes that a value takes besides the word that refers to it. */
  of(value: unknown): number {
    switch (typeof value) {
      case "string":
        return value.length > 1 ? stringBytes(value) : 0;
      case "number":
        return Number.isInteger(value) && Math.abs(value) < SMALL_INTEGER ? 0 : NUMBER;
      case "bigint":
        return NUMBER + value.toString(16).length / 2;
      case "function":
        return CLOSURE;
      case "object":
        break;
      default:
        return 0;
    }
    if (value === null || this.#seen.has(value) || this.#depth >= MAX_DEPTH) return 0;
    this.#seen.add(value);
    this.#depth++;
    try {
      return this.#ofObject(value);
    } catch {
      // A getter of the application's that fails: to count bytes must not cost the session.
      return OBJECT;
    } finally {
      this.#depth--;
    }
  }

  #ofObject(value: object): number {
    let bytes = 0;
    if (Array.isArray(value)) {
      for (const item of value) bytes += this.of(item);
      return bytes + ARRAY + value.length * WORD;
    }
    if (value instanceof Map) {
      for (const [key, item] of value) bytes += this.of(key) + this.of(item);
      return bytes + tableBytes(value.size, MAP_ENTRY);
    }
    if (value instanceof Set) {
      for (const item of value) bytes += this.of(item);
      return bytes + tableBytes(value.size, SET_ENTRY);
    }
    if (ArrayBuffer.isView(value)) return FRAME + value.byteLength;
    if (value instanceof ArrayBuffer) return FRAME + value.byteLength;
    if (value instanceof Date) return 2 * ARRAY;
    let members = 0;
    for (const name of Object.keys(value)) {
      members++;
      bytes += this.of((value as Record<string, unknown>)[name]);
    }
    return bytes + OBJECT + members * WORD;
  }
}
