/**
 * The props of an instance: one stable object whose reads are tracked, name by name (decision D1).
 *
 * A parent's re-run sets what changed by Object.is and nothing else. A function is read as a stable forwarder to the
 * newest one, so a new closure re-runs nobody.
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import { isTracking, isUntracked, Signal } from "../core/mod.ts";
import { isSignal, type Props } from "../vdom/node.ts";

type AnyFunction = (...args: unknown[]) => unknown;

/** The target of every props object: nothing is ever in it, the traps answer for it. */
const TARGET: Props = {};

const NO_PROPS: Props = {};

/** Whose props they are: the newest are those of its node. */
export interface PropsHost {
  /** The node that stands for it in its parent's newest view. */
  readonly node: { readonly props: Props | null };
  /** What must be told of newer props; null while nobody follows one. */
  props: InstanceProps | null;
}

/**
 * The state behind one props object. It lives as long as the component keeps that, and its instance knows it only once a
 * prop is followed. Lists by name are flat pairs: few props are read, and a Map takes 184 bytes.
 */
export class InstanceProps implements ProxyHandler<Props> {
  /** While setup runs: called for a read that would miss later values, unless `untracked()` says that once is meant. */
  onUntracked: ((name: string) => void) | null = null;
  readonly #host: PropsHost;
  #signals: (string | Signal<unknown>)[] | null = null;
  /** The names that were passed, for who spreads props or asks with `in`; made when somebody does. */
  #names: Signal<string> | null = null;
  #forwarders: (string | AnyFunction)[] | null = null;

  /** Wraps the props of an instance. */
  constructor(host: PropsHost) {
    this.#host = host;
  }

  /** How many signals there are, for who counts bytes. */
  get followed(): number {
    return (this.#signals?.length ?? 0) / 2 + (this.#names === null ? 0 : 1);
  }

  get #raw(): Props {
    return this.#host.node.props ?? NO_PROPS;
  }

  /** What the component sees: made for its setup, and its alone to keep. */
  view(): Props {
    return new Proxy<Props>(TARGET, this);
  }

  /** The host has newer props than `old`: what differs is set, and marks whoever read it. */
  update(old: Props | null): void {
    const next = this.#raw;
    if (old === next) return;
    if (this.#names !== null) this.#names.value = namesOf(next);
    if (this.#signals === null) return;
    for (let i = 0; i < this.#signals.length; i += 2) {
      const name = this.#signals[i] as string;
      const value = next[name];
      if (Object.is(old?.[name], value)) continue;
      (this.#signals[i + 1] as Signal<unknown>).value = this.#seen(name, value);
    }
  }

  /** A value as the component sees it. */
  #seen(name: string, value: unknown): unknown {
    if (typeof value !== "function" || "setup" in value) return value;
    let forwarder = find(this.#forwarders, name) as AnyFunction | undefined;
    // How many arguments a handler takes is on the wire: a forwarder must not hide that it changed.
    if (forwarder === undefined || (forwarder.length === 0) !== (value.length === 0)) {
      forwarder = (...args: unknown[]): unknown => (this.#raw[name] as AnyFunction)(...args);
      Object.defineProperty(forwarder, "length", { value: value.length });
      this.#forwarders = put(this.#forwarders, name, forwarder);
    }
    return forwarder;
  }

  /** Reads a prop. */
  get(_target: Props, name: string | symbol): unknown {
    if (typeof name === "symbol") return undefined;
    let signal = find(this.#signals, name) as Signal<unknown> | undefined;
    if (signal === undefined) {
      const value = this.#seen(name, this.#raw[name]);
      if (this.onUntracked !== null && !isTracking()) {
        const isMeant = typeof value === "function" || isSignal(value) || value === undefined ||
          isUntracked();
        if (!isMeant) this.onUntracked(name);
        return value;
      }
      signal = new Signal<unknown>(value);
      this.#signals = put(this.#signals, name, signal);
      this.#host.props = this;
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
    if (!isTracking()) return;
    this.#host.props = this;
    void (this.#names ??= new Signal(namesOf(this.#raw))).value;
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
  preventExtensions(): boolean {
    throw coded("E004", new TypeError("Cannot freeze props: they belong to the parent, who may pass others"));
  }

  /** Props belong to the parent. */
  setPrototypeOf(): boolean {
    throw coded("E004", new TypeError("Cannot give props a prototype: they belong to the parent"));
  }

  /** Props belong to the parent. */
  defineProperty(_target: Props, name: string | symbol): boolean {
    throw refused("define", name);
  }
}

/** The value of a name in a list of pairs. */
function find<T>(pairs: readonly (string | T)[] | null, name: string): T | undefined {
  if (pairs === null) return undefined;
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) return pairs[i + 1] as T;
  return undefined;
}

/** A list of pairs in which a name has a value. Made anew, in its size: it happens once per name that is read. */
function put<T>(pairs: (string | T)[] | null, name: string, value: T): (string | T)[] {
  if (pairs === null) return [name, value];
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] !== name) continue;
    pairs[i + 1] = value;
    return pairs;
  }
  return [...pairs, name, value];
}

function namesOf(props: Props): string {
  return Object.keys(props).join("\0");
}

function refused(what: string, name: string | symbol): TypeError {
  return coded(
    "E004",
    new TypeError(
      `Cannot ${what} the prop ${String(name)}: props belong to the parent; keep a signal instead`,
    ),
  );
}
