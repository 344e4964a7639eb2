/**
 * The props of an instance: one stable object whose reads are tracked, name by name (decision D1).
 *
 * A parent's re-run sets what changed by Object.is and nothing else. A function is read as a stable forwarder to the
 * newest one, so a new closure re-runs nobody.
 *
 * @module
 */
import { isTracking, isUntracked, Signal } from "../core/mod.ts";
import { isSignal, type Props } from "../vdom/node.ts";

type AnyFunction = (...args: unknown[]) => unknown;

/** The state behind one props object. */
export class InstanceProps implements ProxyHandler<Props> {
  /** What the component sees. */
  readonly view: Props;
  /** While setup runs: called for a read that would miss later values, unless `untracked()` says that once is meant. */
  onUntracked: ((name: string) => void) | null = null;
  #raw: Props;
  #signals: Map<string, Signal<unknown>> | null = null;
  /** The names that were passed, for who spreads props or asks with `in`; made when somebody does. */
  #names: Signal<string> | null = null;
  #forwarders: Map<string, AnyFunction> | null = null;

  /** Wraps the first props. */
  constructor(raw: Props) {
    this.#raw = raw;
    this.view = new Proxy<Props>({}, this);
  }

  /** Takes over new props: what differs is set, and marks whoever read it. */
  update(next: Props): void {
    const old = this.#raw;
    if (old === next) return;
    this.#raw = next;
    if (this.#names !== null) this.#names.value = namesOf(next);
    if (this.#signals === null) return;
    for (const [name, signal] of this.#signals) {
      const value = next[name];
      if (Object.is(old[name], value)) continue;
      signal.value = this.#seen(name, value);
    }
  }

  /** A value as the component sees it. */
  #seen(name: string, value: unknown): unknown {
    if (typeof value !== "function" || "setup" in value) return value;
    let forwarder = this.#forwarders?.get(name);
    // How many arguments a handler takes is on the wire: a forwarder must not hide that it changed.
    if (forwarder === undefined || (forwarder.length === 0) !== (value.length === 0)) {
      forwarder = (...args: unknown[]): unknown => (this.#raw[name] as AnyFunction)(...args);
      Object.defineProperty(forwarder, "length", { value: value.length });
      (this.#forwarders ??= new Map()).set(name, forwarder);
    }
    return forwarder;
  }

  /** Reads a prop. */
  get(_target: Props, name: string | symbol): unknown {
    if (typeof name === "symbol") return undefined;
    let signal = this.#signals?.get(name);
    if (signal === undefined) {
      const value = this.#seen(name, this.#raw[name]);
      if (this.onUntracked !== null && !isTracking()) {
        const isMeant = typeof value === "function" || isSignal(value) || value === undefined ||
          isUntracked();
        if (!isMeant) this.onUntracked(name);
        return value;
      }
      signal = new Signal<unknown>(value);
      (this.#signals ??= new Map()).set(name, signal);
    }
    return signal.value;
  }

  /** Whether a prop was passed. */
  has(_target: Props, name: string | symbol): boolean {
    this.#followNames();
    return name in this.#raw;
  }

  /** The names of the props that were passed. */
  ownKeys(): ArrayLike<string | symbol> {
    this.#followNames();
    return Object.keys(this.#raw);
  }

  #followNames(): void {
    if (isTracking()) void (this.#names ??= new Signal(namesOf(this.#raw))).value;
  }

  /** Makes spreads and Object.keys work. */
  getOwnPropertyDescriptor(_target: Props, name: string | symbol): PropertyDescriptor | undefined {
    if (typeof name === "symbol" || !Object.hasOwn(this.#raw, name)) return undefined;
    return { value: this.get(_target, name), enumerable: true, configurable: true };
  }

  /** Props belong to the parent. */
  set(_target: Props, name: string | symbol): boolean {
    throw refused("set", name);
  }

  /** Props belong to the parent. */
  deleteProperty(_target: Props, name: string | symbol): boolean {
    throw refused("delete", name);
  }

  /** Props belong to the parent. */
  defineProperty(_target: Props, name: string | symbol): boolean {
    throw refused("define", name);
  }
}

function namesOf(props: Props): string {
  return Object.keys(props).join("\0");
}

function refused(what: string, name: string | symbol): TypeError {
  return new TypeError(
    `Cannot ${what} the prop ${String(name)}: props belong to the parent; keep a signal instead`,
  );
}
