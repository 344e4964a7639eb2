/**
 * What is around a tree in the benches: nothing.
 *
 * @module
 */
import type { Tracker } from "../vdom/binding.ts";
import type { Host } from "../vdom/tree.ts";

/** A host without components and signals. */
export class BareHost implements Host {
  readonly dev = false;
  mountComponent(): void {}
  updateComponent(): void {}
  unmountComponent(): void {}
  owner(): unknown {
    return null;
  }
  tracker(): Tracker {
    throw new TypeError("Cannot follow a signal: this host has none");
  }
  schedule(): void {}
}
