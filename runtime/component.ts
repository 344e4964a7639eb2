/**
 * `component()`: a function that sets up once per instance and returns the view that re-runs (decision D1).
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import {
  type Child,
  componentNode,
  type ComponentType,
  isProps,
  type Key,
  type Props,
  type VNode,
} from "../vdom/node.ts";

/** The brand of what `component()` makes. */
export const COMPONENT: unique symbol = Symbol.for("vango.component") as never;

/** What a setup returns: it re-runs when a signal that it read has changed. */
export type View = () => Child;

/** Runs once per instance: makes signals, effects and resources, and returns the view. */
export type Setup<P> = (props: P) => View;

/** Props that every component takes besides its own. */
export interface ComponentProps {
  /** The identity among siblings. */
  key?: Key;
  /** What stands between the tags: set by the element form and by JSX. */
  children?: readonly Child[] | Child;
}

/** A component: call it like an element function, or use it as a JSX type. */
export interface Component<P> extends ComponentType {
  /** Makes a node of it. The first argument is its props where it has any. */
  (
    ...args: Record<never, never> extends P ? [props?: (P & ComponentProps) | Child, ...children: Child[]] : [
      props: P & ComponentProps,
      ...children: Child[],
    ]
  ): VNode;
  /** The setup. */
  readonly setup: Setup<P>;
}

/** Options of {@linkcode component}. */
export interface ComponentOptions {
  /** The name for messages; default: the setup function's own name, else the place of the call (`main.ts:12`). */
  name?: string;
}

/**
 * Makes a component. `setup` runs once per instance, untracked; the view that it returns re-runs when a signal or prop that it
 * read has changed. There are no rules about the order of calls: setup is a plain function that runs once.
 *
 * @throws {TypeError} When an instance is made and `setup` returned no view.
 *
 * ```ts
 * import { component, signal, untracked } from "@vango/core";
 * import { button } from "@vango/core/elements";
 *
 * const Counter = component((props: { start?: number }) => {
 *   const count = signal(untracked(() => props.start ?? 0)); // once: a later start does not matter
 *   return () => button({ onClick: () => count.inc() }, "Count: ", count);
 * });
 * Counter({ start: 3 });
 * ```
 */
export function component<P extends object = Record<never, never>>(
  setup: Setup<P>,
  options: ComponentOptions = {},
): Component<P> {
  if (typeof setup !== "function") {
    throw coded("E003", new TypeError("Cannot make a component: pass a setup function that returns a view"));
  }
  const make = (...args: unknown[]): VNode => {
    const first = args[0];
    if (!isProps(first)) return componentNode(type, args.length === 0 ? null : { children: args });
    return componentNode(type, args.length === 1 ? first as Props : { ...first, children: args.slice(1) });
  };
  const type = Object.defineProperties(make, {
    [COMPONENT]: { value: true },
    // Replaced where a newer version of the component takes its place in development (swap.ts).
    setup: { value: setup, configurable: true },
    displayName: { value: options.name || setup.name || placeOfCall(), writable: true },
  }) as unknown as Component<P>;
  return type;
}

/**
 * File name and line of the call of {@linkcode component} that is running, "" where the engine does not tell: what a component
 * of `const Counter = component(() => …)` is called. Frames are counted, not told by file: a bundle is one file.
 */
function placeOfCall(): string {
  const frames = (new Error().stack ?? "").split("\n").map(placeOf);
  const own = frames.findIndex((place) => place !== "");
  return frames[own + 2] ?? "";
}

/** `main.ts:12` of a line of a stack: `at make (file:///app/main.ts:12:3)` in V8, `make@http://…/main.ts:12:3` elsewhere; else "". */
export function placeOf(frame: string): string {
  const found = /([^/\\\s(@<>]+?)(?:\?[^/\s]*?)?:(\d+):\d+\)?\s*$/.exec(frame);
  return found === null ? "" : `${found[1]}:${found[2]}`;
}

/** Whether a value was made by {@linkcode component}. */
export function isComponent(value: unknown): value is Component<object> {
  return typeof value === "function" && (value as { [COMPONENT]?: true })[COMPONENT] === true;
}
