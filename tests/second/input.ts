/**
 * What the user is ahead with, and what is shown optimistically: docs/architecture.md, "Input and overlays".
 *
 * @module
 */
import { checkedOf, type Dom, selectedOf, valueOf } from "./dom.ts";
import type { Patch } from "./down.ts";
import { controlsOf, type Optimistic } from "./events.ts";
import type { Page } from "./page.ts";
import { setClasses, setValue, toggleClasses } from "./patches.ts";

interface Ahead {
  seq: number;
  held: Map<string, Patch>;
}

/** What a control shows, to see whether it has gone on. */
function shown(node: Dom): string {
  return JSON.stringify([valueOf(node), checkedOf(node), node.find(selectedOf).map(valueOf)]);
}

/** Controls whose input the server does not know yet. */
export class Controls {
  readonly #ahead = new Map<Dom, Ahead>();
  readonly #submits = new Map<number, Map<Dom, string>>();

  /** The user changed a control; the event tells the server. */
  changed(node: Dom, seq: number): void {
    for (const control of group(node)) {
      this.#ahead.set(control, { seq, held: this.#ahead.get(control)?.held ?? new Map() });
    }
  }

  /** A form was sent: what its controls showed then. */
  submitted(form: Dom, seq: number): void {
    this.#submits.set(seq, new Map(controlsOf(form).map((node) => [node, shown(node)])));
  }

  /** Makes a patch, unless its control must not be changed now; it is kept where it has to wait. */
  make(page: Page, patch: Patch, apply: () => void): void {
    if (patch.op < 0x08 || patch.op > 0x0a) return apply();
    const node = page.node(patch.num as number);
    const control = node.tag === "option" ? node.closest("select") ?? node : node;
    const ahead = this.#ahead.get(control);
    if (ahead) return void ahead.held.set(`${patch.op} ${patch.num}`, patch);
    const controls = group(control);
    const submits = [...this.#submits.values()];
    if (submits.some((then) => controls.some((one) => then.has(one) && then.get(one) !== shown(one)))) return;
    apply();
    for (const then of submits) {
      for (const one of controls) if (then.has(one)) then.set(one, shown(one));
    }
  }

  /** An event carried what a control shows, and the server noted it: what it wanted before is not to be made. */
  supersede(node: Dom): void {
    for (const control of group(node)) this.#ahead.get(control)?.held.clear();
  }

  /** The server has the events up to a number: gives the patches that waited for it. */
  received(seq: number): Patch[] {
    const free: Patch[] = [];
    for (const [control, ahead] of this.#ahead) {
      if (ahead.seq > seq) continue;
      this.#ahead.delete(control);
      free.push(...ahead.held.values());
    }
    return free;
  }

  /** Submits that have settled are over. */
  settled(isSettled: (seq: number) => boolean): void {
    for (const seq of this.#submits.keys()) if (isSettled(seq)) this.#submits.delete(seq);
  }

  /** All is new: numbers of held patches mean nothing any more. */
  clear(): void {
    for (const ahead of this.#ahead.values()) ahead.held.clear();
  }

  /** Whether the server does not know yet what a control shows. */
  isAhead(node: Dom): boolean {
    return this.#ahead.has(node);
  }
}

/** A control; of a radio button its group. */
function group(node: Dom): Dom[] {
  if (node.attrs.get("type") !== "radio") return [node];
  let top = node.closest("form") ?? node;
  if (top === node) { while (top.parent) top = top.parent; }
  const name = node.attrs.get("name");
  return top.find((other) => other.attrs.get("type") === "radio" && other.attrs.get("name") === name);
}

/** Optimistic changes, each of one event. */
export class Overlays {
  readonly #all = new Map<number, { node: Dom; change: Optimistic; undo: (() => void) | null }>();

  /** Shows a change until its event has settled. */
  add(seq: number, node: Dom, change: Optimistic): void {
    this.#all.set(seq, { node, change, undo: show(node, change) });
  }

  /** Takes all back, newest first: before patches. */
  lift(): void {
    for (const overlay of [...this.#all.values()].reverse()) {
      overlay.undo?.();
      overlay.undo = null;
    }
  }

  /** Ends all: a resync is what the server says. */
  end(): void {
    this.lift();
    this.#all.clear();
  }

  /** Ends those whose events have settled, and shows the rest again: after patches. */
  lower(isSettled: (seq: number) => boolean): void {
    for (const [seq, overlay] of this.#all) {
      if (isSettled(seq)) this.#all.delete(seq);
      else overlay.undo ??= show(overlay.node, overlay.change);
    }
  }

  /** The event was refused. */
  refuse(seq: number): void {
    this.lift();
    this.#all.delete(seq);
    this.lower(() => false);
  }
}

function show(node: Dom, change: Optimistic): () => void {
  const [attrs, children, value] = [new Map(node.attrs), [...node.children], node.value];
  const { add, remove, toggle } = change.class ?? {};
  if (add) setClasses(node, (has) => [...has, ...add.split(" ")]);
  if (remove) setClasses(node, (has) => has.filter((name) => !remove.split(" ").includes(name)));
  if (toggle) toggleClasses(node, toggle);
  for (const [name, text] of Object.entries(change.attr ?? {})) {
    if (text === null) node.attrs.delete(name);
    else node.attrs.set(name, text);
  }
  if (change.text !== undefined) node.textContent = change.text;
  if (change.value !== undefined) setValue(node, change.value);
  return () => {
    node.attrs = attrs;
    if (change.text !== undefined) {
      for (const child of [...node.children]) child.remove();
      node.insert(children);
    }
    if (change.value !== undefined) node.value = value;
  };
}
