/**
 * State that instances begin with, each value once: what is made anew later begins anew.
 *
 * @module
 */
import type { Owner } from "../core/mod.ts";
import { Instance } from "./instance.ts";

/** For each path of an instance the values by key. */
export type RestoredState = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** Gives away the values of a state. */
export class Restored {
  readonly #state: RestoredState;
  readonly #taken: Set<string> = new Set();

  /** Nothing was given away yet. */
  constructor(state: RestoredState) {
    this.#state = state;
  }

  /** The value of an owner's key, if there is one that nobody had yet. */
  take(owner: Owner, key: string): { value: unknown } | undefined {
    const path = owner instanceof Instance ? owner.path : "";
    const values = this.#state.get(path);
    const id = `${path} ${key}`;
    if (!values?.has(key) || this.#taken.has(id)) return undefined;
    this.#taken.add(id);
    return { value: values.get(key) };
  }
}
