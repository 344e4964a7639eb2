/**
 * Contexts: values that a component provides to all components below it.
 *
 * A context is an identity and a default. A value is kept in the owner of the component that provides it and found by
 * walking up the owners, once, in setup. To change what consumers see, provide a signal.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { ambient } from "./_ambient.ts";

/** A value that components provide to those below them. */
export interface Context<T> {
  /** The name in messages. */
  readonly name: string;
  /** What consumers get where no component above them provides a value. */
  readonly defaultValue: T;
  /** Provides a value from the component that is being set up; see {@linkcode provide}. */
  provide(value: T): void;
  /** The value for the current component; see {@linkcode useContext}. */
  use(): T;
}

/**
 * Makes a context.
 *
 * @example
 * ```ts
 * import { createContext } from "@vango/core";
 *
 * const Theme = createContext("light", "Theme");
 * console.log(Theme.defaultValue); // light
 * // in a component's setup: Theme.provide("dark"); in one below: Theme.use()
 * ```
 */
export function createContext<T>(defaultValue: T, name = "(unnamed)"): Context<T> {
  const context: Context<T> = {
    name,
    defaultValue,
    provide: (value) => provide(context, value),
    use: () => useContext(context),
  };
  return context;
}

/**
 * Provides a value to the current component and all below it; a second call replaces it for those set up afterwards.
 *
 * @throws {Error} When no component is current.
 */
export function provide<T>(context: Context<T>, value: T): void {
  const { owner } = ambient;
  if (owner === null) {
    throw coded(
      "E001",
      new Error(
        `Cannot provide the context "${context.name}" outside a component: call provide() in a component's setup`,
      ),
    );
  }
  owner.provide(context, value);
}

/**
 * The value that the current component or the nearest one above it provides, or else the default. Setups, views and effects
 * are their component's; an event handler is that of the component whose view has its element, up to the handler's first
 * `await`. To be safe, read it in setup and keep it.
 *
 * @throws {Error} When no component is current: at the top of a module, in a timer, after an `await`.
 */
export function useContext<T>(context: Context<T>): T {
  const { owner } = ambient;
  if (owner === null) {
    throw coded(
      "E001",
      new Error(
        `Cannot read the context "${context.name}" outside a component: call useContext() in setup and keep the value`,
      ),
    );
  }
  return owner.lookup(context, context.defaultValue) as T;
}
