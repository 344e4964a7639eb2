/**
 * The living tree of one session: instances, their views and effects, and the one flush.
 *
 * A change only marks (decision D10). The flush then runs, until nothing is marked: the marked views, parents first; the
 * bindings; the effects. Patches gather in the tree. Errors go to the nearest boundary; nothing of it leaves the session.
 *
 *     write → mark → requestFlush() → flush(): views → bindings → effects → … → patches
 *
 * @module
 */
import { type EffectTask, type Marked, type Owner, Reaction, type Scope } from "../core/mod.ts";
import { isUnkeyed, patchList } from "../vdom/diff.ts";
import type { Binding, Tracker } from "../vdom/binding.ts";
import { listOf, type VNode } from "../vdom/node.ts";
import { firstNum } from "../vdom/numbers.ts";
import { NO_PATCHES, type Patch } from "../vdom/patch.ts";
import { type Host, Tree } from "../vdom/tree.ts";
import type { ErrorBoundaryProps } from "./boundary.ts";
import { boundaryFor, type ErrorInfo, type ErrorSource } from "./errors.ts";
import { Instance, type InstanceHost } from "./instance.ts";
import { PageRoot } from "./page_root.ts";
import { Restored, type RestoredState } from "./restored.ts";
import { listWarning, misspelledWarning, untrackedWarning } from "./warnings.ts";
import { Work, type WorkHost } from "./work.ts";

export type { ErrorInfo, ErrorSource };

/** Options of a runtime, which keeps the object: a session is its own, and so needs neither it nor its functions. */
export interface RuntimeOptions {
  /** Called when something is marked and no flush is due yet; must call {@linkcode Runtime.flush} later. */
  requestFlush: () => void;
  /** Called with instructions for the browser: focus, scroll, dispatch. */
  instruct?: (patch: Patch) => void;
  /** Called with every error, once. */
  onError: (error: unknown, info: ErrorInfo) => void;
  /** Called with every error first; true: it was no failure, and nothing is to be shown instead of anything. */
  takes?: (error: unknown) => boolean;
  /** Called with warnings of development. */
  onWarning?: (message: string) => void;
  /** Whether mistakes that production tolerates are errors; default false. */
  dev?: boolean;
  /** Restored state: for each path of an instance the values by key. */
  restored?: RestoredState | null;
  /** What `useCtx()` gives. */
  context?: unknown;
}

/** The living tree of one session. */
export class Runtime implements Host, InstanceHost, WorkHost {
  /** The numbers, handlers and patches. */
  readonly tree: Tree;
  /** Whether mistakes are errors. */
  readonly dev: boolean;
  /** What `useCtx()` gives. */
  readonly context: unknown;
  /** Whether the client's DOM can only be mended by a resync: a diff failed half-way. */
  broken = false;
  /** Whether the page as a whole failed, and shows its fallback. */
  failed = false;
  /** Whether a handler runs, up to its first await: what changes is known to be its doing. */
  handling = false;
  /** Whether anything is followed and running; false again after {@linkcode dispose}. */
  disposed = false;
  #root: PageRoot | null = null;
  readonly #options: RuntimeOptions;
  #current: Owner | null = null;
  #live = false;
  #requested = false;
  #flushing = false;
  /** What is marked; null while nothing is. */
  #work: Work | null = null;
  /** What the first rendering waits for. Here and below: made on first need, since an empty set takes 160 bytes. */
  #waits: Set<Promise<unknown>> | null = null;
  #warned: Set<string> | null = null;
  #taken: Restored | null = null;

  /** Makes a runtime without a page. */
  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.dev = options.dev ?? false;
    this.context = options.context;
    this.tree = new Tree(this);
  }

  /** The root list: the page's root alone. */
  get root(): VNode[] {
    return this.#root === null ? [] : [this.#root.node];
  }

  /**
   * Mounts the page: setups and views run, effects wait for {@linkcode start}. Never throws: errors go to boundaries, at
   * last to the one around the page, which shows `fallback` instead of it.
   */
  mount(page: VNode, fallback: ErrorBoundaryProps["fallback"] = () => null): void {
    const root = this.#root = new PageRoot(this, page, fallback);
    this.#current = root;
    this.tree.enter(root.path);
    this.#mountInstance(root);
    this.tree.after = NO_PATCHES;
    this.tree.enter("");
  }

  /**
   * Waits for the resources of the first rendering, running the views that they mark, at most `ms` milliseconds; then
   * numbers the tree in document order. Gives false when it gave up waiting, or was disposed of.
   */
  async settle(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let late = false;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(() => (late = true, resolve()), ms);
    });
    this.#work?.run(false);
    while (this.waits.size > 0 && !late) {
      await Promise.race([Promise.allSettled(this.#waits ?? []), timeout]);
      this.#work?.run(false);
    }
    clearTimeout(timer);
    if (this.disposed) return false;
    this.renumber();
    return !late;
  }

  /** Numbers the tree again in document order, for a resync. */
  renumber(): void {
    this.tree.renumber(this.root);
    this.broken = false;
  }

  /** From now on marks ask for a flush, and effects run. */
  start(): void {
    this.#live = true;
    this.tree.tellUnsaid(this.root);
    if (this.#work?.isDue(true)) this.#request();
  }

  /** Back to only marking: the client is away for long. */
  pause(): void {
    this.#live = false;
  }

  // The flush.

  /** Runs what is marked; gives the patches since the last frame, or leaves them for the next one. */
  flush(take = true): Patch[] {
    this.#requested = false;
    if (this.disposed || this.#flushing) return [];
    this.#flushing = true;
    try {
      this.#work?.run(this.#live);
      if (!this.#work?.isDue(true)) this.#work = null;
      if (!take) return [];
      this.tree.settleLive();
      this.tree.late = false;
    } finally {
      this.#flushing = false;
    }
    return this.tree.takePatches();
  }

  #marks(): Work {
    return this.#work ??= new Work(this);
  }

  /** Runs the view of an instance and patches what differs. Never throws. */
  rerender(instance: Instance): void {
    const { tree } = this;
    const node = instance.node;
    tree.keepInserted(firstNum(node));
    const mark = tree.patches.length;
    const before = instance.slots;
    const above = this.#current;
    this.#current = instance;
    tree.enter(instance.path);
    let items: VNode[];
    try {
      items = instance.render(this);
    } catch (error) {
      this.#current = above;
      this.fail(error, instance, "view");
      return;
    }
    try {
      // A view that is one array; one slot is what every other view has.
      if (this.dev && before !== instance.slots && before > 1 && instance.slots > 1) {
        if (isUnkeyed(node.children!) && isUnkeyed(items)) this.listChanged(before, instance.slots);
      }
      patchList(tree, node.children!, items, -1, before === instance.slots ? before : -1);
      node.children = items;
    } catch (error) {
      // Half a diff: the patches so far would leave the client with half of it too.
      tree.patches.length = Math.min(mark, tree.patches.length);
      this.broken = true;
      tree.unmountList(items);
      tree.unmountList(node.children);
      node.children = listOf(null);
      tree.mountList(node.children, true);
      this.fail(error, instance, "diff");
    } finally {
      this.#current = above;
      tree.enter("");
      tree.after = NO_PATCHES;
    }
  }

  // Host: what the tree asks for.

  /** Makes the instance of a component node and mounts its view. */
  mountComponent(node: VNode): void {
    this.#mountInstance(node.aux = new Instance(this, this.#current, node, this.tree.place));
  }

  #mountInstance(instance: Instance): void {
    const { tree } = this;
    const { node } = instance;
    const above = this.#current;
    const depth = tree.path.length;
    this.#current = instance;
    let items = listOf(null);
    let step: ErrorSource = "setup";
    try {
      instance.setup(this);
      step = "view";
      items = instance.render(this);
    } catch (error) {
      this.fail(error, instance, step);
    }
    try {
      node.children = items;
      tree.mountList(items, true);
    } catch (error) {
      // Half a mount: what it left of its path and of its numbers is nobody's.
      tree.path.length = depth;
      tree.unmountList(items);
      node.children = listOf(null);
      tree.mountList(node.children, true);
      this.broken = true;
      this.fail(error, instance, "diff");
    } finally {
      this.#current = above;
    }
  }

  /** Hands new props to an instance. */
  updateComponent(_old: VNode, next: VNode): void {
    (next.aux as Instance).update(next);
  }

  /** Ends an instance. */
  unmountComponent(node: VNode): void {
    const instance = node.aux as Instance | null;
    if (instance === null) return;
    this.#work?.dropView(instance);
    instance.dispose();
  }

  /** Makes a tracker. */
  tracker(marked: Marked): Tracker {
    return new Reaction(marked);
  }

  /** Takes an instruction of an element's reference. */
  instruct(patch: Patch): void {
    this.#options.instruct?.(patch);
  }

  /** Who mounts or patches right now. */
  owner(): Owner | null {
    return this.#current;
  }

  /** Has a binding updated in the next flush. */
  schedule(binding: Binding): void {
    this.#marks().addBinding(binding);
    this.#request();
  }

  // Scope: what owners and resources ask for.

  /** Has a view run in the next flush. */
  mark(instance: Instance): void {
    if (instance.dirty || instance.disposed) return;
    instance.dirty = true;
    this.#marks().addView(instance);
    this.#request();
  }

  /** Has an effect run in the next flush. */
  effect(task: EffectTask): void {
    this.#marks().addEffect(task);
    this.#request();
  }

  /** What is being fetched: a promise for each, which is never rejected. */
  get waits(): ReadonlySet<Promise<unknown>> {
    return this.#waits ?? new Set();
  }

  /** Makes the first rendering wait for a promise. */
  wait(promise: Promise<unknown>): void {
    const waits = this.#waits ??= new Set();
    waits.add(promise);
    const done = () => void waits.delete(promise);
    promise.then(done, done);
  }

  /** The restored state is another one now: none of it was used. */
  restoreAnew(): void {
    this.#taken = null;
  }

  /** The restored value of a key, if there is one. */
  restore(owner: Owner, key: string): { value: unknown } | undefined {
    const { restored } = this.#options;
    return restored ? (this.#taken ??= new Restored(restored)).take(owner, key) : undefined;
  }

  /** Takes an error that an owner met. */
  report(error: unknown, owner: Owner | null, source: Parameters<Scope["report"]>[2]): void {
    if (source === "restore") {
      this.#options.onWarning?.(error instanceof Error ? error.message : String(error));
    } else if (source === "resource") this.#tell(error, owner, source, true);
    else this.fail(error, owner, source);
  }

  /** Warns, once per component and kind of mistake. */
  warn(instance: Owner, kind: string, message: string): void {
    if (this.#isFirst(instance, kind)) this.#options.onWarning?.(message);
  }

  #isFirst({ name }: Owner, kind: string): boolean {
    const warned = this.#warned ??= new Set();
    return warned.size < warned.add(`${name} ${kind}`).size;
  }

  /** Warns, once per component, of a list without keys whose number of items changed. */
  listChanged(from: number, to: number): void {
    const at = this.#current!;
    this.warn(at, "list", listWarning(at.name, from, to));
  }

  /** Warns, once per component and name, of a prop that has another name in HTML. */
  misspelled(tag: string, name: string, right: string): void {
    const at = this.#current!;
    this.warn(at, name, misspelledWarning(at.name, tag, name, right));
  }

  /** Warns, once per component and prop, of a prop that setup read without following it. */
  warnUntracked(instance: Instance, prop: string): void {
    if (!this.#isFirst(instance, `.${prop}`)) return;
    this.#options.onWarning?.(untrackedWarning(instance.name, prop));
  }

  #request(): void {
    if (!this.handling && !this.#flushing) this.tree.late = true;
    if (!this.#live || this.#requested || this.#flushing || this.disposed) return;
    this.#requested = true;
    this.#options.requestFlush();
  }

  /** Sends an error to the nearest boundary above its owner. A handler's error replaces nothing unless the application has one. */
  fail(error: unknown, owner: Owner | null, source: ErrorSource, event?: number): void {
    if (this.#options.takes?.(error)) return;
    if (this.disposed) return this.#tell(error, owner, source, false, event);
    const at = boundaryFor(owner, source, error);
    const isPage = at?.depth === 0;
    this.#tell(error, owner, source, at !== null && !isPage, event);
    if (at === null) return;
    if (isPage) this.failed = true;
    at.boundary!.fail(error);
  }

  /** Makes a page that failed as a whole anew, in the next flush. */
  resetPage(): void {
    if (!this.failed) return;
    this.failed = false;
    this.#root?.reset();
  }

  /** Shows the page's fallback for an error that is the page's as a whole. */
  failPage(error: unknown): void {
    this.fail(error, this.#root, "view");
  }

  #tell(error: unknown, owner: Owner | null, source: ErrorSource, caught: boolean, event?: number): void {
    const path = owner instanceof Instance ? owner.path : "";
    const info: ErrorInfo = { source, component: owner?.name ?? "page", path, caught };
    this.#options.onError(error, event === undefined ? info : { ...info, event });
  }

  /** Ends every instance; nothing runs again. */
  dispose(): void {
    if (this.disposed) return;
    this.tree.unmountList(this.root);
    this.disposed = true;
    this.#work?.clear();
    this.#waits?.clear();
    this.tree.dropPatches();
  }
}
