/**
 * A real document, told as plain data. The function runs in the page: it may use nothing from outside of itself.
 *
 * @module
 */

/** A node: its id, its name as a DomNode has it, and for an element attributes, live state and children. */
export type SnapshotNode =
  | readonly [id: number, name: string, text: string]
  | readonly [
    id: number,
    name: string,
    attrs: readonly (readonly [string, string])[],
    live: SnapshotState,
    children: readonly SnapshotNode[],
  ];

/** What of a control is not told by its attributes. */
export interface SnapshotState {
  value?: string;
  checked?: boolean;
  selected?: boolean;
  indeterminate?: boolean;
  /** The number that the client has for an element. */
  num?: number;
}

/** A document. */
export interface Snapshot {
  /** Which document it is: another number for each that was loaded. */
  readonly born: number;
  /** Whether it is all there. */
  readonly ready: boolean;
  /** The address. */
  readonly url: string;
  /** Whether its scripts run. */
  readonly scripted: boolean;
  /** Whether the client is connected and all of it is there. */
  readonly connected: boolean;
  /** The id of the element that has the focus; 0 for none. */
  readonly focused: number;
  /** The document's title; null without a title element. */
  readonly title: string | null;
  /** Named metas. */
  readonly metas: readonly (readonly [name: string, content: string])[];
  /** The body. */
  readonly body: SnapshotNode;
}

/** What the kit keeps in the window of a page: nodes keep their ids for as long as the page lives. */
export interface Kept {
  ids: WeakMap<Node, number>;
  nodes: Map<number, Node>;
  next: number;
  born: number;
  /** When another document was asked for. */
  left: number;
}

/** Takes a snapshot of a window's document. */
export function takeSnapshot(win: (Window & typeof globalThis) | null): Snapshot {
  const page = (win ?? window) as Window & typeof globalThis & {
    vangoKit?: Kept;
    vango?: { navigate?: unknown };
  };
  const { document: doc, location } = page;
  let kept = page.vangoKit!;
  if (kept === undefined) {
    const made: Kept = {
      ids: new WeakMap(),
      nodes: new Map(),
      next: 1,
      born: Math.random(),
      left: -Infinity,
    };
    kept = page.vangoKit = made;
    // A browser tells when it begins to load another document; until that is there, this one is of no interest.
    (page as { navigation?: EventTarget }).navigation?.addEventListener("navigate", (event) => {
      if (!(event as unknown as { destination: { sameDocument: boolean } }).destination.sameDocument) {
        made.left = page.performance.now();
      }
    });
  }
  kept.nodes.clear();
  const idOf = (node: Node): number => {
    let id = kept.ids.get(node);
    if (id === undefined) kept.ids.set(node, id = kept.next++);
    kept.nodes.set(id, node);
    return id;
  };
  const stateOf = (element: Element): SnapshotState => {
    const { localName } = element;
    const control = element as HTMLInputElement & HTMLOptionElement;
    if (localName === "option") return { selected: control.selected };
    if (localName === "textarea") return { value: control.value };
    if (localName !== "input" || control.type === "file") return {};
    if (control.type === "checkbox" || control.type === "radio") {
      return { checked: control.checked, indeterminate: control.indeterminate };
    }
    return { value: control.value };
  };
  /** An element without what the client lends the heading of a new page while it has the focus: see client/nav_focus.ts. */
  const own = (element: Element): Element => {
    const lent = element === doc.activeElement && element.getAttribute("tabindex") === "-1" &&
      (element as HTMLElement).style.outlineStyle === "none";
    if (!lent) return element;
    const copy = element.cloneNode(false) as HTMLElement;
    copy.removeAttribute("tabindex");
    copy.style.outlineStyle = "";
    if (copy.style.length === 0) copy.removeAttribute("style");
    return copy;
  };
  const read = (node: Node): SnapshotNode | null => {
    if (node.nodeType === 3) return [idOf(node), "#text", (node as Text).data];
    if (node.nodeType === 8) return [idOf(node), "#comment", (node as Comment).data];
    if (node.nodeType !== 1) return null;
    const element = node as Element;
    const attrs = [...own(element).attributes].map((attr) => [attr.name, attr.value] as const);
    const inside = element.localName === "template" ? (element as HTMLTemplateElement).content : element;
    const children = [...inside.childNodes].map(read).filter((child) => child !== null);
    const { vango: num } = element as { vango?: number };
    return [idOf(element), element.localName, attrs, { ...stateOf(element), num }, children];
  };
  const { activeElement, body, documentElement } = doc;
  return {
    born: kept.born,
    // What is downloaded, or answered with nothing, never comes.
    ready: doc.readyState !== "loading" && page.performance.now() - kept.left > 2000,
    url: location.href,
    // The inline script makes it, before anything else runs. Without scripts the name is that of the element with this id.
    scripted: page.vango !== undefined && !("nodeType" in page.vango),
    connected: documentElement.classList.contains("vango-connected") && (
      // The script of navigation comes by itself.
      doc.getElementById("vango")?.dataset.nav === undefined || page.vango?.navigate !== undefined
    ),
    body: read(body)!,
    focused: activeElement === null || activeElement === body || activeElement === documentElement
      ? 0
      : idOf(activeElement),
    title: doc.querySelector("head title")?.textContent ?? null,
    metas: [...doc.querySelectorAll("head meta[name]")].map((meta) =>
      [meta.getAttribute("name")!, meta.getAttribute("content") ?? ""] as const
    ),
  };
}
