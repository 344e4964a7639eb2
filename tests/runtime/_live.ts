/**
 * A runtime of a test: flushed by hand, with a model of the client's DOM that must stay in step.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { batch, type Owner, runWithOwner } from "../../core/mod.ts";
import { renderToString } from "../../render/mod.ts";
import { type Component, component, isComponent } from "../../runtime/component.ts";
import { type ErrorInfo, Runtime, type RuntimeOptions } from "../../runtime/runtime.ts";
import { type PageState, takeState } from "../../runtime/snapshot.ts";
import { p } from "../../vdom/elements.ts";
import { type Child, Kind, type VNode } from "../../vdom/node.ts";
import type { Patch } from "../../vdom/patch.ts";
import { ModelDom } from "../support/model_dom.ts";

/** An error that the runtime told of. */
export interface Told extends ErrorInfo {
  message: string;
  error: unknown;
}

/** A page with its runtime. */
export class Live {
  readonly runtime: Runtime;
  readonly errors: Told[] = [];
  readonly warnings: string[] = [];
  /** How often a flush was asked for. */
  requests = 0;
  model!: ModelDom;

  constructor(page: Component<Record<never, never>> | (() => Child), options: Partial<RuntimeOptions> = {}) {
    const Page = isComponent(page)
      ? page as Component<Record<never, never>>
      : component(() => page as () => Child, { name: "page" });
    this.runtime = new Runtime({
      dev: true,
      requestFlush: () => void this.requests++,
      onError: (error, info) =>
        void this.errors.push({
          ...info,
          error,
          message: error instanceof Error ? error.message : String(error),
        }),
      onWarning: (message) => void this.warnings.push(message),
      ...options,
    });
    this.runtime.mount(Page(), (error) => p("page failed: ", String(error)));
  }

  /** Waits for the first rendering, and starts unless it shall stay parked. */
  async ready(options: { parked?: boolean } = {}): Promise<this> {
    await this.runtime.settle(1000);
    this.model = new ModelDom(this.runtime.root);
    if (!options.parked) {
      this.runtime.start();
      this.flush();
    }
    return this;
  }

  /** Flushes as a session does, applies the patches, and checks that the model is in step. */
  flush(): Patch[] {
    const patches = this.runtime.flush();
    if (this.runtime.broken) {
      this.runtime.renumber();
      this.model = new ModelDom(this.runtime.root);
    } else this.model.apply(patches);
    assertEquals(this.model.shape(), new ModelDom(this.runtime.root).shape());
    return patches;
  }

  /** The HTML without what the framework adds. */
  get html(): string {
    return renderToString(this.runtime.root).replace(/ data-hid="[^"]*"/g, "").replace(/<!--.*?-->/g, "");
  }

  /** The state, as a snapshot would have it. */
  get state(): PageState {
    return takeState(this.runtime.root);
  }

  /** Calls the handler of an element with this id, as a session does. */
  fire(id: string, prop = "onClick"): unknown {
    const node = find(this.runtime.root, id);
    const handler = node?.props?.[prop] as (event: unknown) => unknown;
    const owner = (node?.aux as { owner?: Owner } | null)?.owner ?? null;
    const failed = (error: unknown) => this.runtime.fail(error, owner, "handler");
    try {
      const result = batch(() => runWithOwner(owner, () => handler({ type: "click" })));
      return result instanceof Promise ? result.catch(failed) : result;
    } catch (error) {
      failed(error);
    }
  }

  /** What was told, in short: "source component message", and "(caught)". */
  get told(): string[] {
    return this.errors.map((e) => `${e.source} ${e.component} ${e.message}${e.caught ? " (caught)" : ""}`);
  }
}

/** Mounts a page and makes it ready. */
export function live(
  page: Component<Record<never, never>> | (() => Child),
  options: Partial<RuntimeOptions> = {},
): Promise<Live> {
  return new Live(page, options).ready();
}

function find(items: readonly VNode[], id: string): VNode | null {
  for (const item of items) {
    if (item.kind === Kind.Element && item.props?.id === id) return item;
    const found = find(item.children ?? [], id);
    if (found !== null) return found;
  }
  return null;
}
