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
import { contentOf } from "./attrs.ts";
import { type Binding, TextBinding, type Tracker } from "./binding.ts";
import { type Busy, type ElementState, mayTell, noteBusy, stateOf } from "./element_state.ts";
import { isBorder, isOrdinary, Kind, OPAQUE, TEXT_ONLY, type VNode } from "./node.ts";
import { checkKeys } from "./match.ts";
import { NodeTable } from "./node_table.ts";
import { copyInserted } from "./inserted.ts";
import { checkStatic } from "./opaque.ts";
import { NO_PATCHES, Op, type Patch } from "./patch.ts";
import { mountProps, recordOf, tellIndeterminate } from "./props.ts";
import { ElementRef } from "./ref.ts";
import { pathOf, type Way } from "./segment.ts";
import type { Template } from "./template.ts";
import { Told } from "./told.ts";
import { allPlain, liveOf, mountTemplate } from "./template_live.ts";
import { renumberList } from "./numbers.ts";

/** What the tree needs of its surroundings. */
export interface Host {
  /** Makes the instance of a component node: runs its setup and view, and mounts the view's items into `node.children`. */
  mountComponent(node: VNode): void;
  /** Gives an instance new props; `next` takes the place of `old`. */
  updateComponent(old: VNode, next: VNode): void;
  /** Ends an instance; its items are unmounted already. */
  unmountComponent(node: VNode): void;
  /** Makes a tracker that calls `marked.mark()` when something that it follows has changed. */
  tracker(marked: { mark(): void }): Tracker;
  /** Takes an instruction for the browser. */
  instruct?(patch: Patch): void;
  /** Who mounts or patches right now. */
  owner(): unknown;
  /** Has a binding updated in the next flush. */
  schedule(binding: Binding): void;
  /** Tells, in development, of a list without keys whose number of items changed. */
  listChanged?(from: number, to: number): void;
  /** Tells, in development, of a prop that has another name in HTML; `right` says which. */
  misspelled?(tag: string, name: string, right: string): void;
  /** Whether mistakes that production tolerates are errors. */
  readonly dev: boolean;
}

/** A live tree. One per session. */
export class Tree {
  // Lists and tables are made when something is put into them: a session that rests has none.
  #patches: Patch[] | null = null;
  /** Patches that must follow the insertion of what is being mounted; see {@linkcode Tree.addAfter}. */
  after: Patch[] = NO_PATCHES;
  /** What the client knows of templates. */
  #told: Told | null = null;
  /** The first number given since insertions were copied, and how many patches there were then. */
  #fresh = 1;
  #copied = 0;
  #touched: Set<ElementState> | null = null;
  /** Elements that take events, by number. */
  readonly interactive: NodeTable = new NodeTable();
  #path: Way | null = null;
  /** The next number. */
  next = 1;
  /** Whether something changed since the last flush that no handler did before its first await. */
  late = false;
  /** Whether something was mounted since patches were taken that HTML cannot say all of. */
  unsaid = false;
  /** The surroundings. */
  readonly host: Host;

  /** Makes an empty tree. */
  constructor(host: Host) {
    this.host = host;
  }

  /** Patches since they were last taken. */
  get patches(): Patch[] {
    return this.#patches ??= [];
  }

  /** The place of what is being mounted or patched: see segment.ts. */
  get path(): Way {
    return this.#path ??= [];
  }

  /** Mounting or patching begins at the place of a component; "" when it ends. */
  enter(path: string): void {
    this.#path = path === "" ? null : [path];
  }

  /** What the client knows of templates; made for the first of them. */
  get told(): Told {
    return this.#told ??= new Told();
  }

  /** The path of what is being mounted or patched. */
  get place(): string {
    return pathOf(this.path);
  }

  /** The patches made since the last call; the list is the caller's, who may add to it. */
  takePatches(): Patch[] {
    const taken = this.patches;
    this.dropPatches();
    this.unsaid = false;
    this.#told?.next();
    return taken;
  }

  /**
   * What is mounted at this number is about to change. The patch of that follows the insertion, which must not tell of it too: what
   * waits to be sent is copied.
   */
  keepInserted(num: number): void {
    if (num < this.#fresh || this.#patches === null) return;
    copyInserted(this.#patches, this.#copied);
    this.#fresh = this.next;
    this.#copied = this.#patches.length;
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
    if (node.kind === Kind.Template && (node.type as Template).plan.fills.length === 0) {
      // Nothing below it has a path.
      this.told.tell(node);
      return mountTemplate(this, node);
    }
    // Nor below this, and what its props need has no place.
    if (typeof node.content === "string" && node.kind === Kind.Element) return this.#mountElement(node);
    this.path.push(node);
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
        this.told.tell(node);
        mountTemplate(this, node);
    }
    this.path.pop();
  }

  /** Adds a patch that must follow the insertion of what is being mounted. */
  addAfter(patch: Patch): void {
    if (this.after === NO_PATCHES) this.after = [];
    this.after.push(patch);
  }

  /** The definitions of templates that must go ahead of the patch to come. */
  takeDefinitions(): readonly Patch[] {
    return this.#told?.take() ?? NO_PATCHES;
  }

  /** Drops what was not taken: nobody is there to have it. */
  dropPatches(): void {
    this.#patches = null;
    this.#fresh = this.next;
    this.#copied = 0;
  }

  /** The templates of live items that the client was not told of; from now on it is. */
  untold(items: readonly VNode[]): Patch[] {
    this.#tellAll(items);
    return this.told.take();
  }

  #tellAll(items: readonly VNode[]): void {
    for (const item of items) {
      if (item.kind === Kind.Template) this.told.tell(item);
      if (item.nested !== null) this.#tellAll(item.nested);
    }
  }

  #mountElement(node: VNode): void {
    node.num = this.next++;
    const tag = node.type as string;
    if (node.props !== null) mountProps(this, node, node.props);
    if (typeof node.content === "string") {
      this.next++;
      return;
    }
    const { children } = node;
    if (!isOrdinary(tag) && TEXT_ONLY.has(tag)) this.mountContent(node);
    else if (children !== null) {
      const [first] = children;
      if (children.length === 1 && first.kind === Kind.Text && isOrdinary(tag)) this.mountRun(first, false);
      else if (OPAQUE.has(tag)) {
        allPlain(node.children);
        checkStatic(node, node);
      } else this.mountList(children, false);
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
        this.unmountList(node.nested);
        break;
      case Kind.Component:
        this.unmountList(node.children);
        this.host.unmountComponent(node);
        break;
      default:
        if (node.kind === Kind.Template && node.aux !== null) this.unmountList(liveOf(node));
        this.unmountList(node.children);
    }
  }

  /** Sets the wanted live value of a control; patches when the DOM has another one. */
  setLive(node: VNode, name: string, wanted: string | null): void {
    const state = stateOf(node);
    state.node = node;
    state.live ??= new Map();
    if (state.busy !== null && !mayTell(state.busy, name, wanted, this.late)) return;
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
    noteBusy(state, name, shown);
    live.set(name, shown);
  }

  /**
   * The handler of an event that told what these controls show goes on: until it has settled, nothing that the user made of them is
   * taken back. Gives what {@linkcode checkLive} needs then.
   */
  holdLive(states: readonly ElementState[], event: number): Busy[] {
    const held = states.flatMap(({ busy }) => busy ?? []);
    for (const busy of held) {
      busy.waiting++;
      busy.newest = event;
      busy.newestWaits = true;
    }
    return held;
  }

  /**
   * The handler of an event that told what these controls show has settled; `held`: what {@linkcode holdLive} gave. They are
   * compared in {@linkcode settleLive}.
   */
  checkLive(states: readonly ElementState[], event: number, held: readonly Busy[]): void {
    for (const busy of held) {
      busy.waiting--;
      busy.settled = true;
    }
    for (const state of states) {
      const { busy } = state;
      if (busy !== null && event >= busy.newest) {
        busy.newest = event;
        busy.newestWaits = false;
      }
      (this.#touched ??= new Set()).add(state);
    }
  }

  /** Whether a control waits to be compared. */
  get touched(): boolean {
    return this.#touched !== null;
  }

  /** Patches the controls whose user made of them what their handler did not take over (decision D7). */
  settleLive(): void {
    const touched = this.#touched;
    if (touched === null) return;
    this.#touched = null;
    for (const state of touched) {
      const { node, live, busy } = state;
      if (node === null || live === null) continue;
      if (busy !== null) {
        busy.settled = false;
        if (busy.waiting > 0 && (busy.newestWaits || !busy.held)) continue;
        busy.held = false;
        if (busy.waiting === 0) state.busy = null;
      }
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
        tellIndeterminate(item, into);
      }
      if (item.nested !== null) this.livePatches(item.nested, into);
    }
    return into;
  }

  /** Tells the first client of a page what its HTML could not say. */
  tellUnsaid(items: readonly VNode[]): void {
    if (!this.unsaid) return;
    this.patches.push(...this.livePatches(items).filter((patch) => patch.op === Op.SetProp));
  }

  /** Numbers the tree again, in document order from 1. Patches that were not taken are dropped. */
  renumber(items: readonly VNode[]): void {
    this.next = 1;
    this.after = NO_PATCHES;
    this.#told?.clear();
    this.interactive.clear();
    renumberList(this, items, true);
    this.dropPatches();
  }
}
