/**
 * Replaces living instances by newer versions of themselves, in place: what hot reload is made of (decision D4).
 *
 * The state of every instance is taken first. Then each instance of a changed component, and every instance below it, is
 * ended and made anew: its setup runs, its signals start with the values that they had, and its view is compared with
 * what the old one had made. So the DOM stays, and only what differs becomes patches.
 *
 *     page ─ Layout ─ Counter (changed) ─ Button          page and Layout stay
 *                     └─ ended, made anew, compared ─┘
 *
 * What is below must be made anew too: it may hold what the old setup provided or passed.
 *
 * A version that throws replaces nothing: {@linkcode swapInstances} gives the error, and who called it puts the old setups
 * back and calls {@linkcode Swap.undo}, which makes the instances anew once more, from the same state.
 *
 * @module
 */
import type { Owner } from "../core/mod.ts";
import type { Binding } from "../vdom/binding.ts";
import type { ElementState } from "../vdom/element_state.ts";
import { Kind, OPAQUE, type VNode } from "../vdom/node.ts";
import { segmentOf } from "../vdom/segment.ts";
import { liveOf } from "../vdom/template_live.ts";
import type { ErrorSource } from "./errors.ts";
import { Instance } from "./instance.ts";
import type { Runtime } from "./runtime.ts";

/** What an instance was before the swap. */
interface Was {
  /** Its place. */
  readonly path: string;
  /** What it was an instance of. */
  readonly type: unknown;
  /** Its name, for messages. */
  readonly name: string;
  /** Its values by key. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The texts of the functions that fetched them, by key. */
  readonly fetchers: ReadonlyMap<string, string>;
  /** The keys whose values went on. */
  readonly used: Set<string>;
  /** Whether an instance of now goes on from it. */
  taken: boolean;
  /** The instance whose it is. */
  instance: Owner;
  /** Whether that has left the page. */
  gone: boolean;
}

/** An error of a newer version, with what was running. */
export interface SwapError {
  /** What was thrown. */
  readonly error: unknown;
  /** The component. */
  readonly component: string;
  /** What was running. */
  readonly source: ErrorSource;
}

/** What became of a swap. */
export interface Swap {
  /** The first error of a newer version; null when all went well. */
  readonly failed: SwapError | null;
  /** How many instances were made anew, or are by the next flush: those whose content had failed. */
  readonly instances: number;
  /** Which state did not go on, and why: a sentence each. */
  readonly lost: readonly string[];
  /** Makes the instances anew once more, after the old setups were put back. */
  undo(): void;
}

/** Makes the instances of changed components, and all below them, anew. Never throws. */
export function swapInstances(runtime: Runtime, changed: ReadonlySet<unknown>): Swap {
  const run = new Run(runtime, changed);
  run.go();
  return run;
}

/** Ends a run at its first error. */
class Stop extends Error {}

class Run implements Swap {
  failed: SwapError | null = null;
  instances = 0;
  lost: string[] = [];
  readonly #runtime: Runtime;
  readonly #changed: ReadonlySet<unknown>;
  /** What there was, in document order. */
  readonly #before: Was[] = [];
  /** What each instance goes on from. */
  readonly #was: Map<Owner, Was> = new Map();
  /** Those that this run made by replacing another. */
  #fresh: Set<Owner> = new Set();
  /** Those that replace none, and have begun with what was elsewhere. */
  #moved: Set<Owner> = new Set();
  /** Where something failed before there was anything to swap, errors are nothing new. */
  #tolerant: boolean;

  constructor(runtime: Runtime, changed: ReadonlySet<unknown>) {
    this.#runtime = runtime;
    this.#changed = changed;
    this.#tolerant = this.#take(runtime.root, "");
  }

  go(): void {
    this.#go();
    for (const was of this.#before) this.#tellLost(was);
  }

  undo(): void {
    const { failed } = this;
    this.failed = null;
    // What worked until now fails: the boundaries have it.
    this.#tolerant = true;
    this.#go();
    this.failed = failed;
  }

  #go(): void {
    this.#fresh = new Set();
    this.#moved = new Set();
    for (const was of this.#before) was.used.clear(), was.taken = false;
    const release = this.#takeOver();
    try {
      this.#visit(this.#runtime.root, "", null);
    } catch (error) {
      if (!(error instanceof Stop)) this.failed ??= { error, component: "page", source: "diff" };
    } finally {
      release();
    }
  }

  /** For as long as the run lasts, what the runtime is asked for and told of comes here: its own methods are covered by others. */
  #takeOver(): () => void {
    const runtime = this.#runtime;
    const { fail, report, unmountComponent } = runtime;
    runtime.restore = (owner, key) => this.#restore(owner, key);
    runtime.fail = (error, owner, source, event) => {
      if (!this.#fails(error, owner, source)) fail.call(runtime, error, owner, source, event);
    };
    runtime.report = (error, owner, source) => {
      if (source === "restore") this.lost.push(error instanceof Error ? error.message : String(error));
      report.call(runtime, error, owner, source);
    };
    runtime.unmountComponent = (node) => {
      const was = this.#was.get(node.aux as Instance);
      if (was !== undefined && was.instance === node.aux) was.gone = true;
      unmountComponent.call(runtime, node);
    };
    // A view that was edited has other lists than before.
    runtime.listChanged = () => {};
    return () => {
      for (const name of ["restore", "fail", "report", "listChanged", "unmountComponent"] as const) {
        Reflect.deleteProperty(runtime, name);
      }
    };
  }

  /** Takes the state of every instance below; true when one of them shows its fallback, which then goes. */
  #take(items: readonly VNode[], prefix: string): boolean {
    let failed = this.#runtime.failed;
    walk(items, prefix, (item, path) => {
      const instance = item.aux;
      if (item.kind !== Kind.Component || !(instance instanceof Instance)) return;
      if (instance.boundary?.shown) {
        failed = true;
        // What failed may be mended: the next flush tries it again.
        instance.boundary.reset();
        this.instances++;
      }
      const values = new Map<string, unknown>();
      const fetchers = new Map<string, string>();
      instance.snapshot((key, value, { made }) => {
        values.set(key, value);
        if (made !== undefined) fetchers.set(key, String(made.by));
      });
      const was: Was = {
        path,
        type: item.type,
        name: instance.name,
        values,
        fetchers,
        used: new Set(),
        taken: false,
        instance,
        gone: false,
      };
      this.#before.push(was);
      this.#was.set(instance, was);
    });
    return failed;
  }

  /** Goes through live items; `above` is the newest instance around them that was made anew, null where none was. */
  #visit(items: readonly VNode[], prefix: string, above: Instance | null): void {
    for (const item of items) {
      if (above !== null) adopt(item, above);
      if (item.kind === Kind.Text || item.nested === null) continue;
      if (item.kind === Kind.Element && OPAQUE.has(item.type as string)) continue;
      const path = placeOf(item, prefix);
      let owner = above;
      if (item.kind === Kind.Component && item.aux instanceof Instance) {
        if (
          this.#fresh.has(item.aux) || above !== null && !this.#was.has(item.aux) || this.#hasMoved(item.aux)
        ) owner = item.aux;
        else if (above !== null || this.#changed.has(item.type)) {
          owner = this.#replace(item, item.aux, above, path);
        }
      }
      this.#visit(item.nested, path, owner);
    }
  }

  /** Whether an instance goes on from one that has left the page; from one that is still there nothing is taken. */
  #hasMoved(instance: Instance): boolean {
    if (!this.#moved.delete(instance)) return false;
    const was = this.#was.get(instance)!;
    if (was.gone) {
      was.instance = instance;
      was.gone = false;
      this.#fresh.add(instance);
      return true;
    }
    this.#was.set(instance, { ...was, values: new Map(), instance });
    return false;
  }

  #replace(node: VNode, old: Instance, above: Instance | null, path: string): Instance {
    const was = this.#was.get(old)!;
    was.taken = true;
    was.gone = false;
    const parent = above ?? old.parent;
    // Its cleanups run before the new setup does, as when one page follows another.
    old.dispose();
    const fresh = new Instance(this.#runtime, parent, node, path);
    fresh.slots = old.slots;
    was.instance = fresh;
    this.#was.set(fresh, was);
    this.#fresh.add(fresh);
    this.instances++;
    try {
      fresh.setup(this.#runtime);
      // What was fetched is shown until the newer fetcher has fetched.
      fresh.snapshot((key, _, { made }) => {
        const before = was.fetchers.get(key);
        if (made !== undefined && before !== undefined && String(made.by) !== before) made.again();
      });
    } catch (error) {
      fresh.dispose();
      this.#runtime.fail(error, fresh, "setup");
    }
    if (this.failed !== null && !this.#tolerant) throw new Stop();
    node.aux = fresh;
    this.#runtime.rerender(fresh);
    if (this.failed !== null && !this.#tolerant) throw new Stop();
    return fresh;
  }

  /** The value of a key of an instance that is made during the swap. */
  #restore(owner: Owner, key: string): { value: unknown } | undefined {
    const was = this.#was.get(owner) ?? this.#find(owner);
    if (!was?.values.has(key)) return undefined;
    was.used.add(key);
    return { value: was.values.get(key) };
  }

  /** What an instance that replaces none goes on from: what was in its place, or else the only one of its component that is gone. */
  #find(owner: Owner): Was | undefined {
    if (!(owner instanceof Instance)) return undefined;
    const { type } = owner.node;
    const alike = this.#before.filter((was) =>
      !was.taken && was.values.size > 0 && (was.type === type || was.name === owner.name)
    );
    const found = alike.find((was) => was.path === owner.path) ?? (alike.length === 1 ? alike[0] : undefined);
    if (found === undefined) return undefined;
    found.taken = true;
    this.#was.set(owner, found);
    this.#moved.add(owner);
    return found;
  }

  /** Takes an error; false where errors are for the boundaries as ever. */
  #fails(error: unknown, owner: Owner | null, source: ErrorSource): boolean {
    this.failed ??= { error, component: owner?.name ?? "page", source };
    return !this.#tolerant;
  }

  #tellLost({ name, values, used, taken, path }: Was): void {
    if (values.size === 0 || !this.#touched(path)) return;
    const gone = [...values.keys()].filter((key) => !used.has(key));
    if (gone.length === 0) return;
    const what = gone.map((key) => key.startsWith("#") ? `its unnamed signal ${key}` : key).join(", ");
    this.lost.push(
      taken
        ? `${name} has no place for ${what} any more: the signal is gone or has another name`
        : `${name} is not where it was: ${what} began anew`,
    );
  }

  /** Whether what was at a place had to be made anew. */
  #touched(path: string): boolean {
    return this.#before.some((was) =>
      this.#changed.has(was.type) && (was.path === path || path.startsWith(`${was.path}.`))
    );
  }
}

/** What is mounted belongs to the instance whose view has it: there its errors go, and there its handlers find contexts. */
function adopt(item: VNode, instance: Instance): void {
  switch (item.kind) {
    case Kind.Text:
      if (item.aux !== null) give(item.aux as Binding, instance);
      return;
    case Kind.Element:
      if (item.aux !== null) giveElement(item.aux as ElementState, instance);
      return;
    case Kind.Template:
      for (const element of (item.aux === null ? [] : liveOf(item))) adopt(element, instance);
  }
}

function giveElement(state: ElementState, instance: Instance): void {
  if (state.owner !== null) state.owner = instance;
  if (state.binding !== null) give(state.binding, instance);
}

function give(binding: Binding, instance: Instance): void {
  (binding as { owner: unknown }).owner = instance;
}

/** Calls back with every item that may hold something, and its path. */
function walk(items: readonly VNode[], prefix: string, visit: (item: VNode, path: string) => void): void {
  for (const item of items) {
    if (item.kind === Kind.Text || item.nested === null) continue;
    if (item.kind === Kind.Element && OPAQUE.has(item.type as string)) continue;
    const path = placeOf(item, prefix);
    visit(item, path);
    walk(item.nested, path, visit);
  }
}

function placeOf(item: VNode, prefix: string): string {
  const segment = segmentOf(item);
  return prefix === "" || segment === "" ? prefix + segment : `${prefix}.${segment}`;
}
