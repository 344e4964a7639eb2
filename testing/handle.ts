/**
 * An element of a page, to read and to act on.
 *
 * @module
 */
import type { HookValue } from "../protocol/mod.ts";
import { isOn, valueOf } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";
import { planSubmit } from "./guards.ts";
import { toHtml, toText } from "./html.ts";
import type { EventInit } from "./payloads.ts";
import { Queries } from "./queries.ts";
import { nameOf, roleOf } from "./roles.ts";
import type { Action, Fields, Stage } from "./stage.ts";

/**
 * An element that was found. Actions resolve when the server has answered and the answer is in the page. When the element
 * was replaced meanwhile, the handle finds its successor by the same search.
 */
export class ElementHandle extends Queries {
  readonly #stage: Stage;
  #node: DomNode;
  readonly #again: () => DomNode | null;
  readonly #what: string;

  /** Made by the searches of a page. */
  constructor(stage: Stage, node: DomNode, again: () => DomNode | null, what: string) {
    super();
    this.#stage = stage;
    this.#node = node;
    this.#again = again;
    this.#what = what;
  }

  /** @ignore */
  protected override handle(node: DomNode, again: () => DomNode | null, what: string): ElementHandle {
    return new ElementHandle(this.#stage, node, again, what);
  }

  /** @ignore */
  protected override roots(): readonly DomNode[] {
    return this.#live().children;
  }

  #live(): DomNode {
    if (this.#stage.has(this.#node)) return this.#node;
    const node = this.#again();
    if (node === null) throw new Error(`The element is not in the page any more: ${this.#what}`);
    return this.#node = node;
  }

  // Reading.

  /** Whether it is in the page. */
  get exists(): boolean {
    return this.#stage.has(this.#node) || this.#again() !== null;
  }
  /** The tag. */
  get tag(): string {
    return this.#live().name;
  }
  /** The role. */
  get role(): string {
    return roleOf(this.#live());
  }
  /** The accessible name. */
  get name(): string {
    return nameOf(this.#live());
  }
  /** What a control shows now. */
  get value(): string {
    return valueOf(this.#live());
  }
  /** Whether a checkbox, radio or option is on. */
  get checked(): boolean {
    return isOn(this.#live());
  }
  /** Whether it has the focus. */
  get focused(): boolean {
    return this.#stage.focusedNode === this.#live();
  }
  /** The text that a user reads; white space is one space. */
  text(): string {
    return toText([this.#live()]);
  }
  /** The HTML, itself included. */
  html(): string {
    return toHtml([this.#live()]);
  }
  /** The value of an attribute; null when it is not there. */
  attr(name: string): string | null {
    return this.#live().attr(name);
  }
  /** The class names. */
  get classes(): string[] {
    return (this.attr("class") ?? "").split(/\s+/).filter((name) => name !== "");
  }

  // Acting.

  #act(action: Action): Promise<void> {
    return this.#stage.act(() => [[this.#live(), action]]);
  }

  /** Clicks: handlers run, then what a browser does: links lead, boxes switch, forms submit. @throws {Error} When nothing would happen. */
  click(init: EventInit = {}): Promise<void> {
    return this.#act({ type: "click", init });
  }
  /** Replaces what a control shows, and leaves it: one input event, one change event, and the focus is gone. */
  fill(text: string): Promise<void> {
    return this.#act({ type: "fill", text });
  }
  /** Types at the end of what a control shows: for each character its key and input events. */
  type(text: string): Promise<void> {
    return this.#act({ type: "type", text });
  }
  /** Presses a key, with modifiers: "Enter", "Ctrl+s". Enter in a field submits its form. */
  press(key: string): Promise<void> {
    return this.#act({ type: "press", key });
  }
  /** Switches a checkbox or radio on; nothing happens when it is on. */
  check(): Promise<void> {
    return this.#act({ type: "check", on: true });
  }
  /** Switches a checkbox off; nothing happens when it is off. */
  uncheck(): Promise<void> {
    return this.#act({ type: "check", on: false });
  }
  /** Chooses options of a select by value or by text. */
  select(values: string | readonly string[]): Promise<void> {
    return this.#act({ type: "select", values: typeof values === "string" ? [values] : values });
  }
  /** Fills fields of a form by name, and submits it. A control submits the form that it belongs to. */
  submit(fields: Fields = {}): Promise<void> {
    return this.#stage.act(() => planSubmit(this.#live(), fields));
  }
  /** Points at it. A link whose page is loaded when it is pointed at (`Link`) asks for it 65 ms later. */
  hover(): Promise<void> {
    return this.#act({ type: "hover" });
  }
  /** Gives it the focus. */
  focus(): Promise<void> {
    return this.#act({ type: "focus" });
  }
  /** Takes the focus from it: what was typed is a change now. */
  blur(): Promise<void> {
    return this.#act({ type: "blur" });
  }
  /** Dispatches any event; `payload` replaces what it would carry. @throws {Error} When nobody takes it. */
  dispatch(event: string, payload: EventInit = {}): Promise<void> {
    return this.#act({ type: "dispatch", event, payload });
  }
  /**
   * Pushes an event as the hook of the element would: see `hook()`. In a browser the hook runs itself, and this is refused.
   * @throws {Error} When the element has no hook.
   */
  push(name: string, data: Readonly<Record<string, HookValue>> = {}): Promise<void> {
    return this.#act({ type: "push", name, data });
  }
}
