/**
 * The root of a page: shows the page, and once the page failed as a whole, its fallback.
 *
 * An error boundary as ErrorBoundary is, and the owner of everything else; but every session has one, and hardly any of
 * them ever fails. So it holds no signal, no props and no function until then.
 *
 * @module
 */
import { componentNode, type ComponentType, listOf, type VNode } from "../vdom/node.ts";
import type { ErrorBoundaryProps } from "./boundary.ts";
import type { BoundaryState } from "./errors.ts";
import { Instance, type InstanceHost } from "./instance.ts";

const TYPE: ComponentType = { displayName: "page" };

/** The instance at depth 0. */
export class PageRoot extends Instance implements BoundaryState {
  /** Whether its newest view is the fallback. */
  shown = false;
  readonly #page: VNode;
  readonly #fallback: ErrorBoundaryProps["fallback"];
  #failed = false;

  /** Makes the root of a page; it stands for its own node. */
  constructor(host: InstanceHost, page: VNode, fallback: ErrorBoundaryProps["fallback"]) {
    const node = componentNode(TYPE, null);
    node.slot = 0;
    super(host, null, node, "0");
    node.aux = this;
    this.boundary = this;
    this.#page = page;
    this.#fallback = fallback;
  }

  /** It has none: it is no component of the application. */
  override setup(): void {}

  /** Gives the page, or what its fallback makes. */
  override render(host: InstanceHost): VNode[] {
    this.shown = this.#failed;
    if (this.view !== null) return super.render(host);
    this.dirty = false;
    return listOf(this.#page);
  }

  /** Has the fallback shown, for the first of several errors. */
  fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.view = () => this.#fallback(error, () => this.reset()) ?? null;
    this.mark();
  }

  /** Has the page made anew, if it failed. */
  reset(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.view = () => this.#page;
    this.mark();
  }
}
