/**
 * A signal that was passed unread, bound to a text run or to attributes of an element (decision D2): when it changes, the
 * patch is made from the binding alone. No view runs, nothing is diffed.
 *
 * @module
 */
import { type AttrRecord, patchRecord, recordOf } from "./props.ts";
import { holdsSignal, isEventProp } from "./attrs.ts";
import { domText, isSignal, type SignalLike, textOf, type VNode } from "./node.ts";
import { Op } from "./patch.ts";
import { textPatch } from "./text.ts";
import type { Tree } from "./tree.ts";

/** Follows what a function reads; made by the host (core's Reaction). */
export interface Tracker {
  /** Runs the function and follows what it reads, instead of what was read before. */
  track<T>(fn: () => T): T;
  /** Follows nothing any more. */
  dispose(): void;
}

/** A run or an element whose signals are followed. */
export abstract class Binding {
  /** Who mounted it: where its errors go. */
  readonly owner: unknown;
  /** The newest node; the differ sets it. */
  node: VNode;
  /** Whether it is marked, and which marked one is behind it: kept by its host, which needs no set for them then. */
  queued = false;
  /** The marked binding behind this one. */
  next: Binding | null = null;
  protected readonly tree: Tree;
  readonly #tracker: Tracker;
  #disposed = false;

  /** Binds a node of a tree. */
  constructor(tree: Tree, node: VNode) {
    this.tree = tree;
    this.node = node;
    this.owner = tree.host.owner();
    this.#tracker = tree.host.tracker(this);
  }

  /** A signal that it follows has changed. */
  mark(): void {
    this.tree.host.schedule(this);
  }

  /** Reads the signals again and pushes the patches to where they are now. Does nothing once it ended: its node is gone. */
  update(): void {
    if (this.node.num !== 0 && !this.#disposed) this.follow(() => this.refresh());
  }

  /** Follows the signals of a node that replaces the bound one; values are compared, patches pushed. */
  rebind(node: VNode): void {
    this.node = node;
    this.update();
  }

  /** Ends it. */
  dispose(): void {
    this.#disposed = true;
    this.#tracker.dispose();
  }

  /** Runs what reads the signals. */
  protected follow(read: () => void): void {
    this.#tracker.track(read);
  }

  protected abstract refresh(): void;
}

/** The text of a run's slots now. */
export function textOfParts(parts: readonly (string | SignalLike)[]): string {
  let text = "";
  for (const part of parts) text += typeof part === "string" ? part : textOf(part.value);
  return text;
}

/** A text run with signals in it, or (`whole`) the one value of a text-only element. */
export class TextBinding extends Binding {
  readonly #whole: boolean;

  /** Binds a run, whose text becomes that of now. Nothing is patched at first: the run may not be in the DOM yet. */
  constructor(tree: Tree, node: VNode, whole: boolean) {
    super(tree, node);
    this.#whole = whole;
    this.follow(() => node.text = textOfParts(node.parts!));
  }

  protected refresh(): void {
    const node = this.node;
    if (node.parts === null) return;
    const text = textOfParts(node.parts);
    if (text === node.text) return;
    this.tree.keepInserted(node.num);
    const patch = this.#whole
      ? { op: Op.SetText, num: node.num, text } as const
      : textPatch(node.num, node.text, text);
    node.text = text;
    this.tree.patches.push(patch);
  }
}

/** The bound attributes of an element. */
export class AttrBinding extends Binding {
  /** What the DOM has, by attribute. */
  readonly records: Map<string, AttrRecord> = new Map();

  /** Binds the attributes of an element that hold signals; nothing is patched at first. */
  constructor(tree: Tree, node: VNode) {
    super(tree, node);
    this.update();
  }

  protected refresh(): void {
    const node = this.node;
    const tag = node.type as string;
    const props = node.props;
    if (props === null) return;
    for (const name in props) {
      const value = props[name];
      if (name === "key" || isEventProp(name) || !holdsSignal(name, value)) continue;
      const next = recordOf(tag, name, value);
      const old = this.records.get(name);
      this.records.set(name, next);
      if (old !== undefined) patchRecord(this.tree, node, name, old, next);
    }
  }
}

/** Whether any attribute of these props is bound. */
export function hasBoundProps(props: Record<string, unknown>): boolean {
  for (const name in props) {
    const value = props[name];
    if (typeof value === "object" && value !== null && !isEventProp(name) && holdsSignal(name, value)) {
      return true;
    }
  }
  return false;
}

/** The text of a bound or plain value now. */
export function currentText(value: unknown): string | null {
  if (typeof value === "object" && value !== null && isSignal(value)) value = value.value;
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? domText(value) : textOf(value);
}
