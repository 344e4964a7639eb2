/**
 * The types that every prop table is made of: bound values, class, style, handlers, and the shape of an element function.
 *
 * Names are HTML's own (`class`, `for`, `tabindex`); a signal may stand wherever a plain value may, and is then followed
 * without re-running the view. Types only.
 *
 * @module
 */

import type { ElementRef } from "./ref.ts";
import type { CustomEventPayload } from "./events.ts";
import type { Handler } from "./handler.ts";
import type { Child, Key, SignalLike, VNode } from "./node.ts";

/** A value or a signal of one. `null` and `undefined` leave the attribute out. */
export type Bound<T> = T | null | undefined | SignalLike<T | null | undefined>;

/** A value that cannot be a signal: a boolean attribute in JSX, where the precompile transform writes it as a constant. */
export type Unbound<T> = T | null | undefined;

/** A number, or a string that is one. */
export type Numeric = number | `${number}`;

/** Any other string, beside the words of a union that an editor offers. */
export type OtherString = string & Record<never, never>;

/** Which classes are on, by their names; a name may hold several, separated by spaces. */
export interface ClassMap {
  /** Whether the classes of this name are on. */
  readonly [name: string]: boolean | null | undefined | SignalLike<boolean | null | undefined>;
}

/** What `class` accepts: strings, maps and arrays of both, all merged. */
export type ClassValue =
  | string
  | null
  | undefined
  | false
  | ClassMap
  | readonly ClassValue[]
  | SignalLike<ClassValue>;

/** CSS declarations, by property: `background-color`, `backgroundColor` or `--my-color`. Numbers get no unit. */
export interface StyleMap {
  /** The value of this property; null, undefined, false and "" leave it out. */
  readonly [property: string]:
    | string
    | number
    | null
    | undefined
    | false
    | SignalLike<string | number | null | undefined | false>;
}

/** What `style` accepts. */
export type StyleValue =
  | string
  | null
  | undefined
  | StyleMap
  | SignalLike<string | StyleMap | null | undefined>;

/** What the value of a `data-*` attribute may be; booleans are written "true" and "false". */
export type DataValue = Bound<string | number | boolean>;

/** What an event prop accepts: a function, or one with options as `on()` makes it. A promise is awaited. */
export type Listener<E> = ((event: E) => void) | Handler<E> | null | undefined | false;

/** What an event prop for an event of one's own accepts. The detail is what the other side sent: check it. */
export type CustomListener =
  | { listen(event: CustomEventPayload): void }["listen"]
  | Handler<never>
  | null
  | undefined
  | false;

/** What every element takes. */
export interface CommonProps {
  /** The identity among siblings: unique in its list, stable across renders. Not an attribute. */
  key?: Key | null;
  /** A reference to fill: see `createRef()`. Not an attribute. */
  ref?: ElementRef | null;
  /** The id, unique in the document. */
  id?: Bound<string>;
  /** The classes: strings, arrays and maps, merged. */
  class?: ClassValue;
  /** The style: CSS text, or a map of declarations. */
  style?: StyleValue;
  /** Data of one's own. */
  [data: `data-${string}`]: DataValue;
  /** A handler for an event that has no prop of its own: `"on:my-event"`. */
  [event: `on:${string}`]: CustomListener;
}

/** A function that makes an element: props come first if there are any, then children. */
export interface ElementFunction<P> {
  /** Makes the element with props. */
  (props: P, ...children: Child[]): VNode;
  /** Makes the element without props. */
  (...children: Child[]): VNode;
}

/** A function that makes a void element: it has no children. */
export interface VoidElementFunction<P> {
  /** Makes the element. */
  (props?: P): VNode;
}
