/**
 * A host for trees without components: signals are followed with signals-core alone.
 *
 * @module
 */
import { effect } from "@preact/signals-core";
import type { Binding, Tracker } from "../../vdom/binding.ts";
import type { Host } from "../../vdom/tree.ts";

/** A host that collects the bindings to update. */
export class PlainHost implements Host {
  readonly dev: boolean;
  listChanged?: (from: number, to: number) => void;
  readonly marked: Set<Binding> = new Set();
  constructor(dev = true) {
    this.dev = dev;
  }
  mountComponent(): void {
    throw new Error("No components here");
  }
  updateComponent(): void {}
  unmountComponent(): void {}
  owner(): unknown {
    return null;
  }
  tracker(marked: { mark(): void }): Tracker {
    let stop: () => void = () => {};
    return {
      track<T>(fn: () => T): T {
        stop();
        let result: T;
        let first = true;
        stop = effect(() => {
          if (first) result = fn();
          else marked.mark();
          first = false;
        });
        return result!;
      },
      dispose: () => stop(),
    };
  }
  schedule(binding: Binding): void {
    this.marked.add(binding);
  }
  /** Updates what is marked. */
  flush(): void {
    for (const binding of this.marked) binding.update();
    this.marked.clear();
  }
}
