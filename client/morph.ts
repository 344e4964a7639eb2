/**
 * Makes the live tree what the server says it is, with as many of its nodes as can be: focus, selection, scroll, media and
 * what the user typed stay with them.
 *
 * The new tree is built beside the old one, with its numbers. Then the lists are compared: an element is found again by its id, or
 * else as the next one of its tag; it takes the number and the attributes of its counterpart, and its list is compared in turn.
 *
 * @module
 */
import type { Controls } from "./controls.ts";
import type { Core } from "./core.ts";
import type { Client, Live } from "./state.ts";

/** Whether a node stands in the tree for the server; others, of scripts of the page, are left alone. */
export type IsOurs = (node: Live) => boolean;

/** Where a list stands: the nodes of `parent` from `first` up to `end`. */
export interface ListPlace {
  /** The parent. */
  parent: Node;
  /** The first node, or null for none. */
  first: Node | null;
  /** The node after the last, or null. */
  end: Node | null;
}

/** What the morph works with. */
export interface MorphTools {
  /** The client. */
  c: Client;
  /** What the first script lends. */
  core: Core;
  /** The controls. */
  controls: Controls;
}

/** What an old and a new node must share, who owns the content included. Text and empty comments may take each other's place. */
function likeness(node: Node): string {
  const { id, localName, namespaceURI } = node as Element;
  return node.nodeType === 1
    ? [
      ...[id, localName, namespaceURI, (node as Element).hasAttribute("data-own")],
      // What a template holds is in no child of its: one that holds something else is another one.
      localName === "template" && (node as Element).innerHTML,
    ].join(" ")
    : isRaw(node)
    ? "raw"
    : "text";
}

function isRaw(node: Node): boolean {
  return node.nodeType === 8 && (node as Comment).data === "r";
}

/** Makes the nodes of a place what `fresh` are. */
export function morphList(
  tools: MorphTools,
  { parent, first, end }: ListPlace,
  fresh: Node[],
  ours: IsOurs,
): void {
  const { c, core: { put, range } } = tools;
  const before = first?.previousSibling;
  const free = new Map<string, Live[]>();
  for (let node = first; node && node !== end; node = range(node).pop()!.nextSibling) {
    // The hidden inputs of forms that can post are not part of the tree.
    if (!ours(node) || (node as Element).getAttribute?.("name") === "_vango") continue;
    const key = likeness(node);
    if (!free.get(key)?.push(node)) free.set(key, [node]);
  }
  const kept: Node[] = [];
  for (let i = 0; i < fresh.length; i += range(fresh[i]).length) {
    const node = fresh[i];
    const old = free.get(likeness(node))?.[0];
    if (old && take(tools, old, node, ours)) {
      free.get(likeness(node))!.shift();
      kept.push(...range(old));
    } else kept.push(...range(node));
  }
  const stay = new Set(kept);
  for (const list of free.values()) {
    for (const node of list) if (!stay.has(node)) drop(tools, node);
  }
  let at = before ? before.nextSibling : parent.firstChild;
  for (const node of kept) {
    while (at && at !== end && at !== node && !stay.has(at)) at = at.nextSibling;
    if (at === node) at = at.nextSibling;
    else put(c, node, [parent, at]);
  }
}

function drop({ c, core: { forget, range } }: MorphTools, node: Node): void {
  for (const part of range(node)) {
    forget(c, part);
    (part as ChildNode).remove();
  }
}

/** Makes an old node what a new one is, its number included; false when the new one must take its place. */
function take(tools: MorphTools, old: Live, fresh: Live, ours: IsOurs): boolean {
  const { c, core: { range } } = tools;
  if (isRaw(fresh)) {
    const parts = range(fresh);
    const had = range(old);
    if (parts.length !== had.length || parts.some((part, i) => !part.isEqualNode(had[i]))) return false;
  } else if (fresh.nodeType !== 1) {
    if (old.nodeType !== fresh.nodeType) return false;
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  } else takeElement(tools, old as Element, fresh as Element, ours);
  if (c.nodes[old.vango!] === old) c.nodes[old.vango!] = undefined;
  old.vango = fresh.vango;
  if (old.vango) c.nodes[old.vango] = old;
  return true;
}

function takeElement(tools: MorphTools, old: Element, fresh: Element, ours: IsOurs): void {
  const { isOpaque, setAttr } = tools.core;
  const tag = fresh.localName;
  const was = liveDefault(old);
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOwnedByUser(tag, name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isOwnedByUser(tag, name)) setAttr(old, name, value);
  }
  if (!isOpaque(fresh, tag)) {
    morphList(tools, { parent: old, first: old.firstChild, end: null }, [...fresh.childNodes], ours);
  } else if (!tag.includes("-") && tag !== "iframe" && old.textContent !== fresh.textContent) {
    old.replaceChildren(fresh.textContent!);
  }
  takeLive(tools, old as HTMLInputElement, fresh as HTMLInputElement, was);
}

/** Whether a dialog or details is open is known to the browser alone. */
function isOwnedByUser(tag: string, name: string): boolean {
  return name === "open" && (tag === "dialog" || tag === "details");
}

/** What a control shows when nobody has touched it. */
function liveDefault(element: Element): string {
  const { defaultValue, defaultChecked } = element as HTMLInputElement;
  return [defaultValue, defaultChecked, element.hasAttribute("selected")].join();
}

/** Gives a control the server's state, unless the user has changed it since; a control that the server leaves alone stays. */
function takeLive(
  { c, controls }: MorphTools,
  old: HTMLInputElement,
  fresh: HTMLInputElement,
  was: string,
): void {
  const changed = was !== liveDefault(fresh);
  const tag = old.localName;
  if (controls.isAhead(old)) return;
  if (/^(checkbox|radio)$/.test(old.type)) {
    if (changed) old.checked = fresh.checked;
  } else if (tag === "option") {
    if (changed) {
      (old as unknown as HTMLOptionElement).selected = (fresh as unknown as HTMLOptionElement).selected;
    }
  } else if (/^(input|textarea)$/.test(tag) && old.type !== "file") {
    if (changed || fresh.hasAttribute("value")) controls.setValue(c, old, fresh.value);
  }
}
