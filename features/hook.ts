/**
 * Hooks: a script of the application that is attached to an element, is told of its life, and pushes events to a handler.
 *
 * The element carries the name, the URL of the script and its config as attributes; docs/decisions/0018-hooks.md says why.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { describe } from "../vdom/node.ts";
import { HOOK, type HookEvent, takesNothing } from "../vdom/hook.ts";
import type { CustomListener } from "../vdom/props_base.ts";

export type { HookApi, HookElement, HookEvent, HookModule, HookState, HookValue } from "../vdom/hook.ts";

/** What {@linkcode hook} takes. */
export interface HookOptions {
  /**
   * Where the script is: a path of the application's origin, as `asset()` gives. Default: `/hooks/NAME.js`, the file of that name in
   * public/hooks.
   */
  src?: string;
  /** What the script gets as `api.config`: a map of what JSON can carry. Another one calls `updated`. Everybody can read it. */
  config?: object;
  /** Takes what the script pushes; a promise is awaited. Without it, what is pushed is refused. */
  onEvent?: (event: HookEvent) => unknown;
}

/** The props of an element with a hook, alone or to be spread. Made by {@linkcode hook}. */
export type HookProps = {
  /** The name. */
  readonly "data-hook": string;
  /** Where the script is. */
  readonly "data-hook-src": string;
  /** What the script gets, as JSON. */
  readonly "data-hook-config"?: string;
  /** The handler. */
  readonly "on:@hook": CustomListener;
};

/**
 * Attaches a script of the application to an element: props to spread on it. An element has one hook.
 *
 * The script is a module of the application's own origin, whose default export has `mounted`, `updated` and `destroyed`, all of
 * them optional ({@linkcode HookModule}). What it makes belongs in a custom element without children, which patches leave alone.
 * Without JavaScript nothing happens.
 *
 * ```ts
 * import { component, hook, signal } from "@vango/core";
 * import { li, ul } from "@vango/core/elements";
 *
 * const List = component(() => {
 *   const names = signal(["Ada", "Grace"]);
 *   const move = (from: number, to: number) =>
 *     names.update((all) => all.toSpliced(from, 1).toSpliced(to, 0, all[from]));
 *   return () =>
 *     ul(
 *       hook("sortable", {
 *         config: { axis: "y" },
 *         onEvent: ({ name, data }) => {
 *           if (name === "move" && typeof data.from === "number" && typeof data.to === "number") {
 *             move(data.from, data.to);
 *           }
 *         },
 *       }),
 *       names.value.map((name) => li({ key: name }, name)),
 *     );
 * });
 * ```
 *
 * @param name What it is called, in `data-hook` and in messages: letters, digits, `-` and `_`.
 * @throws {TypeError} When the name is none, `src` is no path of this origin, JSON cannot carry the config, or `onEvent` is no function.
 */
export function hook(name: string, options: HookOptions = {}): HookProps {
  if (typeof name !== "string" || !/^[A-Za-z][\w-]*$/.test(name)) {
    throw refused(name, "its name", name, "begin with a letter, and use letters, digits, - and _");
  }
  const { src = `/hooks/${name}.js`, config, onEvent } = options;
  // "//host" and "/\host" are other origins, and browsers leave tabs and newlines out.
  if (typeof src !== "string" || !/^\/(?![/\\])[^\s\0]*$/.test(src)) {
    throw refused(name, "src", src, "pass a path of this origin, such as /hooks/sortable.js");
  }
  if (onEvent !== undefined && typeof onEvent !== "function") {
    throw refused(name, "onEvent", onEvent, "pass a function");
  }
  return {
    "data-hook": name,
    "data-hook-src": src,
    ...config === undefined ? {} : { "data-hook-config": configText(name, config) },
    [`on:${HOOK}` as const]: (onEvent ?? takesNothing) as CustomListener,
  };
}

function configText(name: string, config: object): string {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw refused(name, "config", config, "pass a map of what JSON can carry");
  }
  try {
    return JSON.stringify(config);
  } catch (cause) {
    throw refused(name, "config", config, "pass a map of what JSON can carry", cause);
  }
}

function refused(name: unknown, what: string, value: unknown, wanted: string, cause?: unknown): TypeError {
  const text = typeof value === "string" ? JSON.stringify(value) : describe(value);
  return coded(
    "E037",
    new TypeError(`Cannot make the hook ${String(name)} with ${text} as ${what}: ${wanted}`, { cause }),
  );
}
