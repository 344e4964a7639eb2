/**
 * What the user made of controls while the server does not know of it, and what the server wants of them meanwhile:
 * docs/protocol.md, "Input".
 *
 * @module
 */
import { chosenOptions, controlsOf, groupOf, isOn, valueOf } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";
import { type OutEvent, takenEvents } from "./events.ts";

/** The types of events that carry what was typed. */
export const INPUT: RegExp = /^(input|change)$/;

interface Held {
  readonly node: DomNode;
  /** What of it is changed. */
  readonly what: string;
  readonly change: () => void;
}

/** The controls of a page; `E` is what a client keeps of an event. */
export class Input<E extends { readonly event: OutEvent }> {
  /** Controls with input that the server does not have, and the event that carries it; null: it is not sent yet. */
  readonly #typed: Map<DomNode, E | null> = new Map();
  /** What the controls of a form showed when it was submitted. */
  readonly #submits: Map<E, Map<DomNode, string>> = new Map();
  /** Events that were refused: what they carried was not noted. */
  readonly #refused: WeakSet<E> = new WeakSet();
  #held: Held[] = [];

  /** The user changes a control: where something takes that, the server is behind from now on. */
  touched(target: DomNode, type: string): void {
    const names = type === "input" ? ["input", "change"] : ["change"];
    const takes = (node: DomNode) => takenEvents(node).some((name) => names.includes(name));
    if (target.closest(takes) !== null) this.#typed.set(target, null);
  }

  /** The user leaves a control: where it was left as it was, no event will carry anything. */
  left(target: DomNode): void {
    if (this.#typed.get(target) === null) this.#typed.delete(target);
    this.release(() => false);
  }

  /** An event begins its way to the server. */
  did(what: E): void {
    const { token: { type }, target } = what.event;
    if (INPUT.test(type)) this.#typed.set(target, what);
    if (type === "submit") {
      this.#submits.set(what, new Map(controlsOf(target).map((node) => [node, shownBy(node)])));
    }
  }

  /** The event is lost, or the server refused it. */
  refused(what: E): void {
    this.#refused.add(what);
  }

  /** The event is no longer on its way; where the server noted what it carries, what it wanted before is not to be made. */
  over(what: E): void {
    const { token: { type }, target, payload } = what.event;
    if (INPUT.test(type) && payload !== null && !this.#refused.has(what)) {
      const group = groupOf(target);
      // Of other properties the event says nothing.
      this.#held = this.#held.filter(({ node, what }) =>
        what === "indeterminate" || !groupOf(node).some((each) => group.includes(each))
      );
    }
    for (const [node, typed] of this.#typed) if (typed === what) this.#typed.delete(node);
  }

  /** Changes what a control shows, unless the user made of it what the server does not know yet. `what` names what is changed. */
  change(node: DomNode, what: string, change: () => void): void {
    this.#held = this.#held.filter((held) => held.node !== node || held.what !== what);
    const group = groupOf(node);
    if (group.some((each) => this.#typed.has(each))) return void this.#held.push({ node, what, change });
    const submits = [...this.#submits.values()];
    if (submits.some((then) => group.some((each) => then.has(each) && then.get(each) !== shownBy(each)))) {
      return;
    }
    change();
    for (const then of submits) {
      for (const each of group) if (then.has(each)) then.set(each, shownBy(each));
    }
  }

  /** Makes the changes that need not wait any more. `isSettled` tells of a submit. */
  release(isSettled: (what: E) => boolean): void {
    const held = this.#held;
    this.#held = [];
    for (const { node, what, change } of held) this.change(node, what, change);
    for (const what of this.#submits.keys()) if (isSettled(what)) this.#submits.delete(what);
  }

  /** The whole tree came anew. */
  clear(): void {
    this.#typed.clear();
    this.#submits.clear();
    this.#held = [];
  }
}

/** What a control shows, to see whether it has gone on. */
function shownBy(node: DomNode): string {
  const chosen = node.name === "select" ? chosenOptions(node).map(valueOf) : [];
  return JSON.stringify([valueOf(node), isOn(node), chosen]);
}
