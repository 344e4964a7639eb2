/**
 * Handlers with options: what the browser does with an event before, instead of, or while it goes to the server.
 *
 *     input({ onInput: on((e) => query.value = e.value, { debounce: 200 }) })
 *
 * The options travel in the element's event list (docs/protocol.md, "data-hid"), so they cost no message.
 *
 * @module
 */

import { coded } from "./coded.ts";
import type { HandlerOptions } from "./attrs.ts";
import { describe } from "./node.ts";

/** The brand of a handler with options; two copies of this package share it. */
const HANDLER: unique symbol = Symbol.for("vango.handler") as never;

/** What the browser shows at once, and takes back when the handler has settled. */
export interface Optimistic {
  /** Classes to add, remove or toggle; several are separated by spaces. */
  readonly class?: {
    /** Classes to add. */
    readonly add?: string;
    /** Classes to remove. */
    readonly remove?: string;
    /** Classes to add where they are not, and to remove where they are. */
    readonly toggle?: string;
  };
  /** The text content. */
  readonly text?: string;
  /** Attributes to set, or with null to remove. */
  readonly attr?: Readonly<Record<string, string | null>>;
  /** The value of a control. */
  readonly value?: string;
  /** The id of the element to change; by default the one that has the handler. */
  readonly target?: string;
}

/** The options of {@linkcode on}. */
export interface OnOptions extends HandlerOptions {
  /** What the browser shows until the handler has settled. */
  optimistic?: Optimistic;
}

/** A handler with options. Made by {@linkcode on}. */
export class Handler<E> {
  /** The brand. */
  readonly [HANDLER] = true;

  /** Use {@linkcode on}. */
  constructor(
    /** The function. */
    readonly handler: (event: E) => void,
    /** The options. */
    readonly options: OnOptions,
  ) {}
}

/** Whether a value is a handler with options, of this copy of the package or of another. */
export function isHandler(value: unknown): value is Handler<never> {
  return typeof value === "object" && value !== null && (value as { [HANDLER]?: boolean })[HANDLER] === true;
}

/**
 * Gives a handler options.
 *
 * A handler that takes no parameter tells the browser not to send the event's data, save what a control shows whose value
 * the server sets.
 *
 * @example
 * ```ts
 * import { form, input } from "@vango/core/elements";
 * import { on } from "@vango/core";
 *
 * form(
 *   { onSubmit: on((e) => console.log(e.get("q")), { prevent: true }) },
 *   input({ name: "q", onKeyDown: on(() => console.log("escape"), { keys: ["Escape", "Ctrl+g"] }) }),
 * );
 * ```
 *
 * @param handler The function; a promise that it returns is awaited.
 * @param options What the browser does; times in milliseconds.
 * @throws {TypeError} When the handler is no function, an option has the wrong type, `prevent` meets `passive`, or
 * `debounce` meets `throttle`.
 * @throws {RangeError} When a time is negative or not finite.
 */
export function on<E>(handler: (event: E) => void, options: OnOptions = {}): Handler<E> {
  if (typeof handler !== "function") {
    throw coded("E043", new TypeError(`Cannot handle an event with ${describe(handler)}: pass a function`));
  }
  for (const name of ["debounce", "throttle"] as const) checkTime(name, options[name]);
  if (options.debounce && options.throttle) {
    throw coded("E044", new TypeError("Cannot both debounce and throttle an event: give one of the two"));
  }
  if (options.prevent && options.passive) {
    throw coded(
      "E044",
      new TypeError("Cannot prevent the default of a passive event: give one of prevent and passive"),
    );
  }
  options.keys?.forEach(checkKey);
  return new Handler(handler, options);
}

function checkTime(name: string, time: unknown): void {
  if (time === undefined) return;
  if (typeof time !== "number") {
    throw coded("E044", new TypeError(`Cannot ${name} an event by ${describe(time)}: pass milliseconds`));
  }
  if (!(time >= 0 && time < Infinity)) {
    throw coded(
      "E044",
      new RangeError(`Cannot ${name} an event by ${time} ms: pass a finite number, at least 0`),
    );
  }
}

function checkKey(filter: string): void {
  const at = filter.length < 2 ? -1 : filter.lastIndexOf("+", filter.length - 2); // a last "+" is the key itself
  const modifiers = at < 0 ? [] : filter.slice(0, at).split("+");
  if (filter !== "" && modifiers.every((name) => /^(Ctrl|Shift|Alt|Meta)$/.test(name))) return;
  throw coded(
    "E044",
    new TypeError(
      `Cannot filter keys by ${
        JSON.stringify(filter)
      }: pass a key such as "Enter", after Ctrl+, Shift+, Alt+ or Meta+`,
    ),
  );
}
