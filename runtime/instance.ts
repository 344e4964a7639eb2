/**
 * One instance of a component: its owner, its props, its view and what the view made last.
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import { Owner, Reaction, runWithOwner, type Scope, whenRejected } from "../core/mod.ts";
import { listOf, type VNode } from "../vdom/node.ts";
import type { Component } from "./component.ts";
import type { BoundaryState } from "./errors.ts";
import { InstanceProps, type PropsHost } from "./props.ts";

/** What an instance needs of its runtime. */
export interface InstanceHost extends Scope {
  /** Has the view run in the next flush. */
  mark(instance: Instance): void;
  /** Tells of a prop that setup read without following it. */
  warnUntracked(instance: Instance, prop: string): void;
  /** Tells of a mistake, once per component and kind of mistake. */
  warn(instance: Instance, kind: string, message: string): void;
  /** Whether mistakes are warned of. */
  readonly dev: boolean;
}

/** An arrow function without a block: it cannot have forgotten to return, `() => props.children` gives what there is. */
const EXPRESSION = /^\s*\(\s*\)\s*=>\s*[^\s{]/;

/** A living component. */
export class Instance extends Owner implements PropsHost {
  /** The node that stands for it in its parent's newest view. */
  node: VNode;
  /** Its place: see vdom/segment.ts. */
  readonly path: string;
  /** How many components are above it. */
  readonly depth: number;
  /** How many slots its newest list had. */
  slots = 0;
  /** Whether its view waits to run. */
  dirty = false;
  /** What it keeps as an error boundary; null of every other component. */
  boundary: BoundaryState | null = null;
  /** Its props, once somebody follows one. */
  props: InstanceProps | null = null;
  /** What setup returned. */
  protected view: (() => unknown) | null = null;
  #reaction: Reaction | null = null;

  /** Makes the instance of a node; {@linkcode setup} runs the component. */
  constructor(host: InstanceHost, parent: Owner | null, node: VNode, path: string) {
    super(parent, host, (node.type as Component<object>).displayName || "(unnamed)");
    this.node = node;
    this.path = path;
    this.depth = parent instanceof Instance ? parent.depth + 1 : 0;
  }

  /**
   * Runs the component's setup.
   *
   * @throws {TypeError} When it returned no view; whatever setup throws.
   */
  setup(host: InstanceHost): void {
    const props = new InstanceProps(this);
    if (host.dev) props.onUntracked = (prop) => host.warnUntracked(this, prop);
    try {
      const { setup } = this.node.type as Component<object>;
      const view = this.run(() => setup(props.view()));
      if (typeof view !== "function") {
        whenRejected(view, () => {}); // An async setup: what is told is that there can be none.
        const what = (view as unknown) instanceof Promise
          ? "its setup is async, and returned a promise instead of a view; load data by resource()"
          : "its setup returned no view; return () => …";
        throw coded("E002", new TypeError(`Cannot mount ${this.name}: ${what}`));
      }
      this.view = view;
    } finally {
      props.onUntracked = null;
    }
  }

  /** Runs the view, following what it reads; gives the items of its list. */
  render(host: InstanceHost): VNode[] {
    const { view } = this;
    this.dirty = false;
    if (view === null) return listOf(null);
    const reaction = this.#reaction ??= new Reaction(this);
    let result: unknown;
    try {
      result = reaction.track(() => runWithOwner(this, view));
    } finally {
      // Many views only pass signals on, and will be marked by none: 80 bytes less. A view that threw follows what it had read.
      if (!reaction.follows) this.#reaction = null;
    }
    if (result === undefined && host.dev && !EXPRESSION.test(String(view))) {
      const { name } = this;
      host.warn(this, "nothing", `The view of ${name} returned nothing: return what it shows, or null`);
    }
    this.slots = Array.isArray(result) ? result.length : 1;
    return listOf(result);
  }

  /** What its view read has changed. */
  mark(): void {
    (this.scope as InstanceHost).mark(this);
  }

  /** Gives it the props of a newer node. */
  update(next: VNode): void {
    const { props } = this.node;
    this.node = next;
    this.props?.update(props);
  }

  /** Ends it: cleanups run, nothing of it runs again. */
  override dispose(): void {
    this.#reaction?.dispose();
    this.dirty = false;
    super.dispose();
  }
}
