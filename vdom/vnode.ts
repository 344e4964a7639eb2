/**
 * The one node class of Vango, and what a child may be. What makes nodes is in node.ts.
 *
 * This module knows signals by their brand alone.
 *
 * @module
 */
import { domText } from "./content.ts";

/** The brand that tells a VNode from every other object. JSON cannot make it; two copies of this package share it. */
export const VNODE: unique symbol = Symbol.for("vango.vnode") as never;

/** The brand that `@preact/signals-core` puts on its signals. */
export const SIGNAL_BRAND: symbol = Symbol.for("preact-signals");

/** What a VNode is. The numbers are the kinds of the wire format, where they occur there. */
export const Kind = {
  /** An element: `type` is its tag, `props` its props, `children` its items. */
  Element: 1,
  /** A text run: `text` is its content, `parts` its slots when one of them is a signal. */
  Text: 2,
  /** A list without an element of its own: `children` are its items. */
  Fragment: 3,
  /** A component: `type` is its definition; `children` are the items of its newest view, set when it is mounted. */
  Component: 4,
  /** Trusted HTML: `text` is the markup. */
  Raw: 5,
  /** A template instance: `type` is its Template, `parts` the values of its slots, `children` its regions. */
  Template: 6,
  /** A region of a template instance, in its `children` alone: `children` are its items, `type` is the way to its list. */
  Region: 9,
} as const;

/** One of the numbers of {@linkcode Kind}. */
export type Kind = typeof Kind[keyof typeof Kind];

/** A value that can be read now and whose changes can be followed: what vdom needs to know of a signal. */
export interface SignalLike<T = unknown> {
  /** The value; reading it inside a view, effect or computed subscribes. */
  readonly value: T;
  /** The value, without subscribing. */
  peek(): T;
}

/** The identity of a child among its siblings: unique in its list, and stable across renders. */
export type Key = string | number;

/** Text-like values. `null`, `undefined` and booleans are absent: empty text. */
export type TextLike = string | number | bigint | boolean | null | undefined;

/** Whatever may stand in a child list. */
export type Child = TextLike | VNode | SignalLike<TextLike> | readonly Child[];

/** The props of a node before they are typed per element. */
export type Props = Record<string, unknown>;

/** What `component()` makes, as vdom sees it: an opaque type with a name for messages. */
export interface ComponentType {
  /** The name for messages, or the place where it is made (`main.ts:12`); empty when unknown. */
  readonly displayName: string;
}

/**
 * A node of a tree. Made by the element functions, JSX and {@linkcode createNode}; users never call the constructor.
 *
 * `num`, `lead` and `aux` belong to the live tree: they are 0 and null until the node is mounted, and a mounted node is
 * never mounted a second time (the differ clones it).
 *
 * There are more nodes than anything else, and each is read again in every render: what no node has both of shares a field.
 */
export class VNode {
  /** Tag, component definition or template, by kind; of a region the way to its list. */
  type: unknown;
  /**
   * Props of an element or component; null when it has none. A run and a template instance keep {@linkcode parts} here, a
   * {@linkcode SmallInstance} the value of its first slot.
   */
  props: Props | null;
  /**
   * The items; the text, of an ordinary element that holds one plain text and nothing else; null when there are none. Such a text
   * is as it was given, not as it is in the DOM; when it is mounted its number is the one after its element's. A run and a raw node
   * keep {@linkcode text} here.
   */
  content: VNode[] | string | null;
  /** The identity among siblings, or null. */
  key: Key | null;
  /** The first slot that this item came from; -1 while it stands in no list. */
  slot: number = -1;
  /**
   * How many slots the child list of this node had. Of a mounted template instance: by which number the client knows its template. Of
   * a run: {@linkcode lead}.
   */
  slots = 0;
  /** The number of the DOM node; for a list (Fragment, Component) 0. Set when mounted. Of a region: {@linkcode lead}. */
  num = 0;
  /** What the live tree hangs here: a component's instance, an element's state, a template instance's live elements. */
  aux: unknown = null;

  /** The brand. Of the class and not of each node: there are many. */
  get [VNODE](): true {
    return true;
  }

  /** Use the element functions, JSX or {@linkcode createNode}. */
  constructor(
    /** What this node is. */
    public kind: Kind,
    type: unknown,
    props: Props | null,
    content: VNode[] | string | null,
    text: string,
    key: Key | null,
  ) {
    this.type = type;
    this.props = props;
    this.content = kind === Kind.Text || kind === Kind.Raw ? text : content;
    this.key = key;
  }

  /** The items; null when there are none. A text that the element keeps itself becomes an item. */
  get children(): VNode[] | null {
    const { content } = this;
    if (typeof content !== "string") return content;
    return this.kind === Kind.Element ? this.content = loneItem(content, this.num) : null;
  }
  set children(items: VNode[] | null) {
    this.content = items;
  }

  /** The items, for walks that look for nodes other than text: null when there are none such. */
  get nested(): VNode[] | null {
    const { content } = this;
    return typeof content === "string" ? null : content;
  }

  /** Text of a run, or markup of a raw node; "" of any other. */
  get text(): string {
    return this.kind === Kind.Text || this.kind === Kind.Raw ? this.content as string : "";
  }
  set text(text: string) {
    this.content = text;
  }

  /**
   * Slots of a run that holds a signal; null when the run is plain text. Of a template instance the values of its slots, if it has more
   * than {@linkcode SMALL}.
   */
  get parts(): (string | SignalLike)[] | null {
    if (this.kind !== Kind.Text && this.kind !== Kind.Template) return null;
    return this.props as unknown as (string | SignalLike)[] | null;
  }
  set parts(parts: readonly unknown[] | null) {
    this.props = parts as unknown as Props | null;
  }

  /** The value of a slot of a template instance. */
  valueAt(slot: number): unknown {
    return (this.props as unknown as readonly unknown[])[slot];
  }

  /** A run's separator comment: its number, or 0. Of a region what it and those before it added to the numbers. Set when mounted. */
  get lead(): number {
    return this.kind === Kind.Text ? this.slots : this.kind === Kind.Region ? this.num : 0;
  }
  set lead(lead: number) {
    if (this.kind === Kind.Text) this.slots = lead;
    else this.num = lead;
  }
}

/**
 * An instance of a template with at most {@linkcode SMALL} slots, as rows of lists are: it keeps their values itself, the first one as
 * `props`. So it takes 120 bytes instead of 176, and what is compared of it stands together.
 *
 * It is a {@linkcode VNode} by its prototype and makes its fields itself: a constructor that calls another one takes twice as long.
 */
export class SmallInstance {
  /** What it is. */
  kind: Kind = Kind.Template;
  /** Its template. */
  type: unknown;
  /** The value of the first slot. */
  props: Props | null;
  /** Its regions. */
  content: VNode[] | string | null;
  /** See {@linkcode VNode.key}. */
  key: Key | null;
  /** See {@linkcode VNode.slot}. */
  slot: number = -1;
  /** See {@linkcode VNode.slots}. */
  slots = 0;
  /** See {@linkcode VNode.num}. */
  num = 0;
  /** See {@linkcode VNode.aux}. */
  aux: unknown = null;
  /** The value of the second slot; undefined when there is none. */
  b: unknown;
  /** The value of the third slot. */
  c: unknown;
  /** The value of the fourth slot. */
  d: unknown;

  /** Made by a template. */
  constructor(
    type: unknown,
    children: VNode[] | null,
    key: Key | null,
    a: unknown,
    b: unknown,
    c: unknown,
    d: unknown,
  ) {
    this.type = type;
    this.props = a as Props | null;
    this.content = children;
    this.key = key;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** The value of a slot. */
  valueAt(slot: number): unknown {
    switch (slot) {
      case 0:
        return this.props;
      case 1:
        return this.b;
      case 2:
        return this.c;
    }
    return this.d;
  }
}
export interface SmallInstance extends VNode {}
Object.setPrototypeOf(SmallInstance.prototype, VNode.prototype);

/** How many slots a {@linkcode SmallInstance} has at most. */
export const SMALL = 4;

/** A node as another one is, around other items; it stands nowhere yet. */
export function copyAround(node: VNode, items: VNode[] | string | null): VNode {
  const { kind, type, props, text, key } = node;
  return kind === Kind.Template && isSmall(node)
    ? new SmallInstance(type, items as VNode[] | null, key, props, node.b, node.c, node.d)
    : new VNode(kind, type, props, items, text, key);
}

/** Whether a node was made as a {@linkcode SmallInstance}, by this copy of the package or by another. */
export function isSmall(node: VNode): node is SmallInstance {
  return "b" in node;
}

function loneItem(text: string, element: number): VNode[] {
  const run = new VNode(Kind.Text, null, null, null, domText(text), null);
  run.slot = 0;
  if (element !== 0) run.num = element + 1;
  return [run];
}

/** Whether a value is a VNode, of this copy of the package or of another. */
export function isVNode(value: unknown): value is VNode {
  return typeof value === "object" && value !== null && (value as VNode)[VNODE] === true;
}

/** Whether a value is a signal or a computed. */
export function isSignal(value: unknown): value is SignalLike {
  return typeof value === "object" && value !== null && (value as { brand?: symbol }).brand === SIGNAL_BRAND;
}

/** Whether a list item is a border: a list in its own right, inside another one. */
export function isBorder(node: VNode): boolean {
  return node.kind === Kind.Fragment || node.kind === Kind.Component || node.kind === Kind.Raw;
}
