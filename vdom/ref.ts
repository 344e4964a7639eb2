/**
 * A reference to an element: what a handler or effect may do to it in the browser.
 *
 * Focus, scroll and dispatch are events, not state: they are sent in order, after the patches of the same frame (decision D6).
 *
 * @module
 */
import { coded } from "./coded.ts";
import type { VNode } from "./node.ts";
import { Op, type Patch } from "./patch.ts";

/** Where instructions go. */
export interface RefHost {
  /** Queues an instruction for the browser. */
  instruct?(patch: Patch): void;
}

/** A reference that an element's `ref` prop fills. */
export class ElementRef {
  #node: VNode | null = null;
  #host: RefHost | null = null;

  /** Whether the element is in the tree now. */
  get mounted(): boolean {
    return this.#node !== null;
  }

  /** Called when the element is mounted, or its node is a newer one. Not for applications. */
  set(node: VNode, host: RefHost): void {
    this.#node = node;
    this.#host = host;
  }

  /** Called when the element is gone. Not for applications. */
  clear(node: VNode): void {
    if (this.#node === node) this.#node = null;
  }

  /** Focuses the element. Nothing happens while it is not in the tree or no browser is connected. */
  focus(): void {
    this.#instruct((num) => ({ op: Op.Focus, num }));
  }

  /** Takes the focus from the element. */
  blur(): void {
    this.#instruct((num) => ({ op: Op.Blur, num }));
  }

  /** Scrolls inside the element to `x`, `y` in CSS pixels. */
  scrollTo(x: number, y: number, options: { smooth?: boolean } = {}): void {
    const smooth = options.smooth ?? false;
    this.#instruct((num) => ({ op: Op.ScrollTo, num, x: Math.round(x), y: Math.round(y), smooth }));
  }

  /**
   * Dispatches a CustomEvent on the element; it bubbles.
   *
   * @throws {TypeError} When JSON cannot carry `detail`.
   */
  dispatch(name: string, detail: unknown = null): void {
    const json = JSON.stringify(detail);
    if (json === undefined) {
      throw coded("E056", new TypeError(`Cannot dispatch ${name}: JSON cannot carry its detail`));
    }
    this.#instruct((num) => ({ op: Op.Dispatch, num, name, detail: json }));
  }

  #instruct(make: (num: number) => Patch): void {
    const num = this.#node?.num ?? 0;
    if (num > 0) this.#host?.instruct?.(make(num));
  }
}

/**
 * Makes a reference; pass it as the `ref` prop of an element.
 *
 * ```ts
 * import { component, createRef } from "@vango/core";
 * import { button, div, input } from "@vango/core/elements";
 *
 * const Search = component(() => {
 *   const field = createRef();
 *   return () => div(input({ ref: field, name: "q" }), button({ onClick: () => field.focus() }, "Search"));
 * });
 * ```
 */
export function createRef(): ElementRef {
  return new ElementRef();
}
