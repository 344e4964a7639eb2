/**
 * What acting on an element needs of its page.
 *
 * @module
 */
import type { DomNode } from "./dom.ts";
import type { Dispatched } from "./events.ts";
import type { EventInit } from "./payloads.ts";

/** A page, as the actions see it. */
export interface Stage {
  /** Whether the client runs: events go to handlers, and forms are not posted by themselves. */
  readonly scripted: boolean;
  /** The element that has the focus. */
  focusedNode: DomNode | null;
  /** Whether a node is in the document. */
  has(node: DomNode): boolean;
  /** Dispatches an event. */
  dispatch(target: DomNode, type: string, init?: EventInit): Dispatched;
  /** Loads another page, as a link or a form would. */
  follow(request: { url: string; fields?: [name: string, value: string][]; post?: boolean }): void;
  /** Does something and waits for what comes of it. */
  act(fn: () => void): Promise<void>;
  /** The live tree, for messages. */
  readonly top: readonly DomNode[];
}
