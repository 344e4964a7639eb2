/**
 * A live tree: who has which number, who takes events, and the patches since the last frame.
 *
 * One walk mounts: it numbers nodes in document order, registers what takes events, binds signals and has the host make
 * component instances. The rules of numbering are decision D3's; docs/protocol.md states them for a client.
 *
 * This module knows components and signals through {@linkcode Host} alone.
 *
 * @module
 */
import { contentOf, eventSpec, nameOf } from "./attrs.ts";
import { type AttrBinding, type Binding, TextBinding, type Tracker } from "./binding.ts";
import { isBorder, isSignal, Kind, OPAQUE, TEXT_ONLY, type VNode } from "./node.ts";
import { checkKeys } from "./match.ts";
import { Op, type Patch } from "./patch.ts";
import { mountProps, recordOf } from "./props.ts";
import { ElementRef } from "./ref.ts";
import { segmentOf } from "./segment.ts";
import type { Template } from "./template.ts";

/** What the tree needs of its surroundings. */
export interface Host {
  /** Makes the instance of a component node: runs its setup and view, and mounts the view's items into `node.children`. */
  mountComponent(node: VNode): void;
  /** Gives an instance new props; `next` takes the place of `old`. */
  updateComponent(old: VNode, next: VNode): void;
  /** Ends an instance; its items are unmounted already. */
  unmountComponent(node: VNode): void;
  /** Makes a tracker whose `mark` is called when something that it follows changed. */
  tracker(mark: () => void): Tracker;
  /** Takes an instruction for the browser. */
  instruct?(patch: Patch): void;
  /** Who mounts or patches right now. */
  owner(): unknown;
  /** Has a binding updated in the next flush. */
  schedule(binding: Binding): void;
  /** Tells, in development, of a list without keys whose number of items changed. */
  listChanged?(from: number, to: number): void;
  /** Whether mistakes that production tolerates are errors. */
  readonly dev: boolean;
}

/** What an element node carries in `aux`. */
export interface ElementState {
  /** Its bound attributes. */
  binding: AttrBinding | null;
  /** What the DOM has of live props (value, checked, selected): text, or "" and null for on and off. */
  live: Map<string, string | null> | null;
  /** Who mounted it: where errors of its handlers go. Known of elements that take events. */
  owner: unknown;
  /** The newest node; null when the element is gone. Known of elements with live props. */
  node: VNode | null;
  /** What its user did, while handlers of that have not settled. */
  busy: Busy | null;
}

/** A control whose input is being handled. */
interface Busy {
  /** How many handlers still wait. */
  waiting: number;
  /** What the user made of its live props meanwhile, as "name=text". */
  shown: Set<string>;
  /** What the views want of them, as far as they were told. */
  wanted: Map<string, string | null>;
}

/** The state of an element, made on first need. */
export function stateOf(node: VNode): ElementState {
  return (node.aux ??= { binding: null, live: null, owner: null, node: null, busy: null }) as ElementState;
}

/** A live tree. One per session. */
export class Tree {
  /** Patches since they were last taken. */
  patches: Patch[] = [];
  /** Patches that must follow the insertion of what is being mounted. */
  after: Patch[] = [];
  /** Definitions of templates that must go ahead of the insertion of what is being mounted. */
  definitions: Patch[] = [];
  /** Templates that the client knows. */
  readonly told: Set<Template> = new Set();
  readonly #touched: Set<ElementState> = new Set();
  /** Elements that take events, by number. */
  readonly interactive: Map<number, VNode> = new Map();
  /** The place of what is being mounted or patched: see segment.ts. */
  readonly path: string[] = [];
  /** The next number. */
  next = 1;
  /** The surroundings. */
  readonly host: Host;

  /** Makes an empty tree. */
  constructor(host: Host) {
    this.host = host;
  }

  /** The patches made since the last call; the list is the caller's, who may add to it. */
  takePatches(): Patch[] {
    const taken = this.patches;
    this.patches = [];
    return taken;
  }

  /**
   * Mounts the items of a list: numbers them in document order. `border`: the list is not an element's own.
   *
   * @throws {TypeError} When two items have the same key, in development.
   */
  mountList(items: readonly VNode[], border: boolean): void {
    if (this.host.dev) checkKeys(items);
    let separate = border;
    for (const item of items) {
      if (item.kind === Kind.Text) {
        this.mountRun(item, separate);
        separate = false;
      } else {
        this.mountNode(item);
        separate = isBorder(item);
      }
    }
  }

  /** Mounts a text run, after a separator comment where one is due. */
  mountRun(run: VNode, separate: boolean): void {
    run.lead = separate ? this.next++ : 0;
    run.num = this.next++;
    if (run.parts !== null) run.aux = new TextBinding(this, run, false);
  }

  /** Mounts any item but a run. */
  mountNode(node: VNode): void {
    this.path.push(segmentOf(node));
    switch (node.kind) {
      case Kind.Element:
        this.#mountElement(node);
        break;
      case Kind.Fragment:
        this.mountList(node.children ?? [], true);
        break;
      case Kind.Component:
        this.host.mountComponent(node);
        break;
      case Kind.Raw:
        node.num = this.next++;
        break;
      default:
        this.#mountTemplate(node);
    }
    this.path.pop();
  }

  #mountTemplate(node: VNode): void {
    const template = node.type as Template;
    node.num = this.next;
    this.next += template.count;
    if (this.told.has(template)) return;
    this.told.add(template);
    this.definitions.push(template.definition());
  }

  /** The templates of live items that the client was not told of; from now on it is. */
  untold(items: readonly VNode[], into: Patch[] = []): Patch[] {
    for (const item of items) {
      if (item.kind === Kind.Template) {
        const template = item.type as Template;
        if (!this.told.has(template)) {
          this.told.add(template);
          into.push(template.definition());
        }
      } else if (item.children !== null) this.untold(item.children, into);
    }
    return into;
  }

  #mountElement(node: VNode): void {
    node.num = this.next++;
    const tag = node.type as string;
    if (node.props !== null) mountProps(this, node, node.props);
    if (TEXT_ONLY.has(tag)) this.mountContent(node);
    else if (node.children !== null) {
      if (OPAQUE.has(tag)) checkStatic(node, node);
      else this.mountList(node.children, false);
    }
  }

  /** Binds the content of a text-only element; its run shares the element's number. */
  mountContent(node: VNode): void {
    contentOf(node);
    const run = node.children?.[0];
    if (run === undefined) return;
    run.num = node.num;
    if (run.parts !== null) run.aux = new TextBinding(this, run, true);
  }

  /** Ends everything below the items, and the items: handlers, bindings, instances. No patch is made. */
  unmountList(items: readonly VNode[] | null): void {
    if (items !== null) { for (const item of items) this.unmountNode(item); }
  }

  /** Ends one item and everything below. */
  unmountNode(node: VNode): void {
    switch (node.kind) {
      case Kind.Text:
        (node.aux as Binding | null)?.dispose();
        break;
      case Kind.Element:
        this.interactive.delete(node.num);
        if (node.props?.ref instanceof ElementRef) node.props.ref.clear(node);
        if (node.aux !== null) {
          const state = node.aux as ElementState;
          state.binding?.dispose();
          state.node = null;
        }
        this.unmountList(node.children);
        break;
      case Kind.Component:
        this.unmountList(node.children);
        this.host.unmountComponent(node);
        break;
      default:
        this.unmountList(node.children);
    }
  }

  /** Sets the wanted live value of a control; patches when the DOM has another one. */
  setLive(node: VNode, name: string, wanted: string | null): void {
    const state = stateOf(node);
    state.node = node;
    state.live ??= new Map();
    if (state.busy !== null && !isNews(state.busy, name, wanted)) return;
    const has = state.live.get(name);
    if (has === wanted || (has === undefined && wanted === null)) return;
    state.live.set(name, wanted);
    const num = node.num;
    if (name === "value") {
      if (wanted !== null) this.patches.push({ op: Op.SetValue, num, value: wanted });
      else state.live.delete(name);
    } else {
      this.patches.push({
        op: name === "checked" ? Op.SetChecked : Op.SetSelected,
        num,
        on: wanted !== null,
      });
    }
  }

  /** Notes what a control shows since the user changed it, so that a refusal of it is a patch (decision D7). */
  noteLive(state: ElementState, name: string, shown: string | null): void {
    const { live } = state;
    if (live === null || !live.has(name)) return;
    const busy = state.busy ??= { waiting: 0, shown: new Set(), wanted: new Map() };
    if (!busy.wanted.has(name)) busy.wanted.set(name, live.get(name)!);
    busy.shown.add(`${name}=${shown}`);
    live.set(name, shown);
  }

  /** A handler of what these controls show goes on: until it has settled, nothing that the user made of them is taken back. */
  holdLive(states: readonly ElementState[]): void {
    for (const { busy } of states) if (busy !== null) busy.waiting++;
  }

  /** A handler of what these controls show has settled; `held`: after {@linkcode holdLive}. They are compared in {@linkcode settleLive}. */
  checkLive(states: readonly ElementState[], held: boolean): void {
    for (const state of states) {
      if (held && state.busy !== null) state.busy.waiting--;
      this.#touched.add(state);
    }
  }

  /** Whether a control waits to be compared. */
  get touched(): boolean {
    return this.#touched.size > 0;
  }

  /** Patches the controls whose user made of them what their handler did not take over (decision D7). */
  settleLive(): void {
    if (this.#touched.size === 0) return;
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const state of touched) {
      const { node, live, busy } = state;
      if (node === null || live === null || busy !== null && busy.waiting > 0) continue;
      state.busy = null;
      for (const name of [...live.keys()]) {
        const wanted = recordOf(node.type as string, name, node.props?.[name]);
        if (!Array.isArray(wanted)) this.setLive(node, name, wanted);
      }
    }
  }

  /** The patches that set the live values of all controls below the items, for a client that got them anew. */
  livePatches(items: readonly VNode[], into: Patch[] = []): Patch[] {
    for (const item of items) {
      if (item.kind === Kind.Element) {
        for (const [name, value] of (item.aux as ElementState | null)?.live ?? []) {
          if (name === "checked") into.push({ op: Op.SetChecked, num: item.num, on: value !== null });
          else if (name === "selected") into.push({ op: Op.SetSelected, num: item.num, on: value !== null });
          else if (value !== null) into.push({ op: Op.SetValue, num: item.num, value });
        }
      }
      if (item.kind !== Kind.Template && item.children !== null) this.livePatches(item.children, into);
    }
    return into;
  }

  /** Numbers the tree again, in document order from 1. Patches that were not taken are dropped. */
  renumber(items: readonly VNode[]): void {
    this.next = 1;
    this.patches = [];
    this.after = [];
    this.definitions = [];
    this.told.clear();
    this.interactive.clear();
    this.#renumberList(items, true);
  }

  #renumberList(items: readonly VNode[], border: boolean): void {
    let separate = border;
    for (const item of items) {
      if (item.kind === Kind.Text) {
        item.lead = separate ? this.next++ : 0;
        item.num = this.next++;
        separate = false;
        continue;
      }
      if (item.kind === Kind.Element) {
        const tag = item.type as string;
        item.num = this.next++;
        if (item.props !== null && eventSpec(item) !== "") this.interactive.set(item.num, item);
        if (TEXT_ONLY.has(tag)) { for (const run of item.children ?? []) run.num = item.num; }
        else if (item.children !== null && !OPAQUE.has(tag)) this.#renumberList(item.children, false);
      } else if (item.kind === Kind.Raw) {
        item.num = this.next++;
      } else if (item.kind === Kind.Template) {
        item.num = this.next;
        this.next += (item.type as Template).count;
      } else {
        this.#renumberList(item.children ?? [], true);
      }
      separate = isBorder(item);
    }
  }
}

/**
 * Whether the browser must be told what a view wants of a control while its user's input is being handled. What was wanted
 * before, and what the user had typed on the way to what is there now, is no news: it would take newer input back.
 */
function isNews(busy: Busy, name: string, wanted: string | null): boolean {
  if (busy.waiting === 0) return true;
  const same = busy.wanted.get(name) === wanted;
  busy.wanted.set(name, wanted);
  return !same && !busy.shown.has(`${name}=${wanted}`);
}

/** Content that the server does not own once it is in the page cannot change: it holds markup alone. */
function checkStatic(root: VNode, node: VNode): void {
  for (const item of node.children ?? []) {
    const bound = item.parts !== null || Object.values(item.props ?? {}).some(isSignal);
    if (item.kind === Kind.Component || bound || (item.kind === Kind.Element && eventSpec(item) !== "")) {
      throw new TypeError(
        `Cannot put ${nameOf(item)}${
          bound ? " with a signal" : ""
        } into <${root.type}>: its content is not live`,
      );
    }
    checkStatic(root, item);
  }
}

/** The first number that an item has in the DOM. */
export function firstNum(node: VNode): number {
  while (isBorder(node) && node.kind !== Kind.Raw) node = node.children![0];
  return node.kind === Kind.Text && node.lead !== 0 ? node.lead : node.num;
}

/** The last number that an item has at its top level in the DOM. */
export function lastNum(node: VNode): number {
  while (isBorder(node) && node.kind !== Kind.Raw) node = node.children![node.children!.length - 1];
  return node.num;
}

/** Adds the numbers that an item has at its top level in the DOM, in order. */
export function rootNums(node: VNode, into: number[]): void {
  if (isBorder(node) && node.kind !== Kind.Raw) {
    for (const item of node.children!) rootNums(item, into);
  } else {
    if (node.kind === Kind.Text && node.lead !== 0) into.push(node.lead);
    into.push(node.num);
  }
}
