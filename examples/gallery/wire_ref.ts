/**
 * A reference that sends any operation of the protocol: for those that no function of the framework makes yet.
 *
 * @module
 */
import { ElementRef, type RefHost, type VNode } from "@vango/core";
import type { Patch } from "../../vdom/patch.ts";

/** Fill it with the `ref` prop. */
export class WireRef extends ElementRef {
  #node: VNode | null = null;
  #host: RefHost | null = null;

  override set(node: VNode, host: RefHost): void {
    super.set(node, host);
    this.#node = node;
    this.#host = host;
  }

  /** Sends what `make` makes of the element's number. */
  send(make: (num: number) => Patch): void {
    if (this.#node !== null) this.#host?.instruct?.(make(this.#node.num));
  }
}
