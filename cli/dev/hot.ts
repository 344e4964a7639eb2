/**
 * What keeps its identity while its module is evaluated anew: components, signals and contexts that a module declares at its
 * top.
 *
 * A component stays the function that it was first, since everything knows it by that: nodes, importers, route tables. The
 * newer version's setup waits until the whole update is known to work; {@linkcode Hot.commit} then gives it to the component.
 *
 *     v1  const Row = keep("component", "Row", component(a))     Row ─► a
 *     v2  const Row = keep("component", "Row", component(b))     Row ─► a   until commit(), then b
 *
 * A signal keeps its value, if the kind of its first value is the same; a context takes the new default.
 *
 * @module
 */

/** What of a component is replaced. */
interface Version {
  setup: unknown;
  displayName: string;
}

/** A component, as far as it matters here. */
type Replaceable = Version & { (): unknown };

/** What has a name. */
interface Known {
  readonly kind: string;
  readonly value: unknown;
  /** Of a signal: the kind of its first value. */
  readonly first: string;
}

/** What the module that is running may keep things with. */
export interface Keeper {
  /** Gives what the version before had made under this name, or else what was made now. */
  keep<T>(kind: "component" | "signal" | "createContext", name: string, made: T): T;
}

/** The identities of one process. */
export class Hot {
  readonly #known: Map<string, Known> = new Map();
  /** What the update that goes on has put something else in place of. */
  readonly #knownBefore: Map<string, Known> = new Map();
  readonly #kept: WeakSet<object> = new WeakSet();
  /** Newer versions that wait. */
  #staged: Map<Replaceable, Version> = new Map();
  /** What the last commit replaced. */
  #before: Map<Replaceable, Version> = new Map();
  #updating = false;

  /** What the module at a path keeps things with. */
  module(path: string): Keeper {
    return { keep: (kind, name, made) => this.#keep(kind, `${path}#${name}`, made) as typeof made };
  }

  /** Whether a value is the same in every version of its module. */
  isKept(value: unknown): boolean {
    return (typeof value === "function" || typeof value === "object" && value !== null) &&
      this.#kept.has(value);
  }

  #keep(kind: string, id: string, made: unknown): unknown {
    const old = this.#known.get(id);
    const first = kind === "signal" ? kindOf((made as { peek(): unknown }).peek()) : "";
    if (old?.kind !== kind || old.first !== first) {
      if (this.#updating && old !== undefined && !this.#knownBefore.has(id)) this.#knownBefore.set(id, old);
      this.#known.set(id, { kind, value: made, first });
      this.#kept.add(made as object);
      return made;
    }
    if (kind === "component") {
      this.#staged.set(old.value as Replaceable, versionOf(made as Replaceable));
      if (!this.#updating) this.commit();
    } else if (kind === "createContext") {
      (old.value as { defaultValue: unknown }).defaultValue =
        (made as { defaultValue: unknown }).defaultValue;
    }
    return old.value;
  }

  /** An update begins: newer versions wait. */
  begin(): void {
    this.#updating = true;
    this.#staged = new Map();
    this.#knownBefore.clear();
  }

  /** The update does not work: newer versions are dropped. */
  drop(): void {
    this.#updating = false;
    this.#staged = new Map();
    this.#forget();
  }

  /** What the update put in place of something else is not known any more. */
  #forget(): void {
    for (const [id, known] of this.#knownBefore) this.#known.set(id, known);
    this.#knownBefore.clear();
  }

  /** Gives the newer versions to their components; these are what has changed. */
  commit(): ReadonlySet<unknown> {
    const staged = this.#staged;
    this.#updating = false;
    this.#staged = new Map();
    this.#before = new Map();
    for (const [component, version] of staged) {
      this.#before.set(component, versionOf(component));
      replace(component, version);
    }
    return new Set(staged.keys());
  }

  /** Takes the last commit back. */
  undo(): void {
    for (const [component, version] of this.#before) replace(component, version);
    this.#before = new Map();
    this.#forget();
  }
}

function versionOf({ setup, displayName }: Replaceable): Version {
  return { setup, displayName };
}

function replace(component: Replaceable, { setup, displayName }: Version): void {
  Object.defineProperty(component, "setup", { value: setup, configurable: true });
  component.displayName = displayName;
}

/** The kind of a signal's value: it goes on where what the module begins with is of the same one. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
