/**
 * Hooks: what an element and a script of the application that is attached to it say to each other. Types, and the name that both
 * ends know.
 *
 *     hook("sortable", { config, onEvent })          features/hook.ts makes the props
 *     data-hook="sortable" data-hook-src="/hooks/sortable.js" data-hook-config="{…}" data-hid="7 @hook:60h"
 *     export default { mounted, updated, destroyed } the module at that URL; client/hooks.ts calls it
 *
 * @module
 */
import type { BaseEvent } from "./events.ts";

/** The name under which an element takes what its hook pushes. No DOM event has it. */
export const HOOK = "@hook";

/** What a hook may push. */
export type HookValue = null | boolean | number | string | HookValue[] | { [key: string]: HookValue };

/** What a hook pushed. The names and the data are what the browser sent: check them. */
export interface HookEvent extends BaseEvent {
  /** Always "hook". */
  type: "hook";
  /** The name of the event, 1 to 64 characters. */
  name: string;
  /** Its data; values are nested at most 64 deep. */
  data: { [key: string]: HookValue };
}

/** What a hook in the browser works with: one object for as long as its element has the hook. */
export interface HookApi<C = Record<string, unknown>> {
  /** What the server gave; another object after each change. `{}` when it gave nothing. */
  readonly config: C;
  /** Aborted when the hook is destroyed: for listeners, fetches and observers that end with it. */
  readonly signal: AbortSignal;
  /**
   * Sends an event to the server, in order with all others; while there is no connection it waits.
   *
   * @param name The name, which the handler gets.
   * @param data A map of null, booleans, numbers, strings, lists and maps; members that are undefined are left out.
   * @returns Whether the handler took it: true when it is done and its patches are in the page, false when it was refused, failed, or
   * will never get there.
   * @throws {TypeError} When the name or the data is none.
   * @throws {RangeError} When the data is nested more than 64 deep.
   */
  push(name: string, data?: object): Promise<boolean>;
}

/** An element, where a program is checked with the types of browsers; those of servers have no such name. */
export type HookElement = typeof globalThis extends { HTMLElement: { prototype: infer E } } ? E : object;

/** What a hook keeps. */
// deno-lint-ignore no-explicit-any -- what a script keeps for itself is nobody else's affair
export type HookState = Record<string, any>;

/**
 * The default export of a hook's module. All three are optional; `this` is an object of that element alone, for what is to be kept.
 * What they throw, or reject, costs the hook of that element alone.
 */
export interface HookModule<C = Record<string, unknown>, E = HookElement> {
  /** The element is in the page, and the client runs. Once for each element. */
  mounted?(this: HookState, element: E, api: HookApi<C>): void | Promise<void>;
  /** `api.config` is another one. */
  updated?(this: HookState, element: E, api: HookApi<C>): void | Promise<void>;
  /** The element has left the page, or has another hook. */
  destroyed?(this: HookState, element: E, api: HookApi<C>): void | Promise<void>;
}

/** The handler of an element whose hook pushes nothing: it makes the client meet the hook, and takes no event. */
export function takesNothing(_event: never): void {}
