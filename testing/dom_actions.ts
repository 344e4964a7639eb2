/**
 * What a user does to an element of a real document, as the events of which it consists. The document does the defaults that
 * it knows (boxes, labels, forms); those of keys are done here.
 *
 * @module
 */
import { HOVER } from "./actions.ts";
import { codeOf, type KeyInit, readKeys } from "./keys.ts";
import type { EventInit as Init } from "./payloads.ts";
import type { Action } from "./stage.ts";

type Win = Window & typeof globalThis;
type Control = HTMLInputElement;

/** What controls showed before the user changed them: when they lose the focus a change event is due, if it is something else. */
const uncommitted: WeakMap<Element, string> = new WeakMap();

/** Does one thing to an element. */
export function act(win: Win, element: HTMLElement, action: Action): void {
  const control = element as Control;
  switch (action.type) {
    case "click":
      return click(win, element, action.init);
    case "fill":
      focus(win, element);
      change(element, action.text);
      fire(win, element, "InputEvent", "input", { data: action.text, inputType: "insertReplacementText" });
      return blur(win, element);
    case "type":
      focus(win, element);
      for (const char of action.text) typeChar(win, element, char);
      return;
    case "press":
      return press(win, element, action.key);
    case "check":
      if (control.checked !== action.on) click(win, element, {});
      return;
    case "select": {
      const select = element as unknown as HTMLSelectElement;
      const named = (option: HTMLOptionElement) =>
        action.values.includes(option.value) || action.values.includes(option.text.trim());
      focus(win, element);
      for (const option of select.options) option.selected = named(option);
      fire(win, element, "Event", "input");
      return void fire(win, element, "Event", "change");
    }
    case "hover":
      for (const type of HOVER) fire(win, element, classOf(type, {}), type);
      return;
    case "focus":
      return focus(win, element);
    case "blur":
      return blur(win, element);
    case "dispatch":
      return void fire(win, element, classOf(action.event, action.payload), action.event, action.payload);
    case "push":
      throw new Error("Only the client's own script can push");
    case "set":
      return void (control.value = action.value);
    case "send":
      return submit(win, element as HTMLFormElement);
  }
}

function fire(win: Win, element: Element, Class: string, type: string, init: Init = {}): boolean {
  const Type = (win as unknown as Record<string, new (type: string, init: object) => Event>)[Class];
  const bubbles = !/^(focus|blur|mouseenter|mouseleave|pointerenter|pointerleave|toggle)$/.test(type);
  const event = new Type(type, { bubbles, cancelable: true, composed: true, ...init });
  for (const [name, value] of Object.entries(init)) {
    // What the class does not take, such as a paste's text, its readers find all the same.
    if (!(name in event)) Object.defineProperty(event, name, { value });
  }
  return element.dispatchEvent(event);
}

function classOf(type: string, init: Init): string {
  if (/^key/.test(type)) return "KeyboardEvent";
  if (/^(click|dblclick|contextmenu|mouse)/.test(type)) return "MouseEvent";
  if (/^pointer/.test(type)) return "PointerEvent";
  if (type === "wheel") return "WheelEvent";
  if (/^(input|beforeinput)$/.test(type)) return "InputEvent";
  return "detail" in init ? "CustomEvent" : "Event";
}

function click(win: Win, element: HTMLElement, init: Init): void {
  const target = element.closest<HTMLElement>("a[href],button,input,select,textarea,summary,[tabindex]");
  const { activeElement } = win.document;
  if (target !== null) focus(win, target);
  else if (activeElement !== null && element.closest("label") === null) {
    blur(win, activeElement as HTMLElement);
  }
  fire(win, element, "MouseEvent", "click", { button: 0, detail: 1, ...init });
}

function focus(win: Win, element: HTMLElement): void {
  const { activeElement } = win.document;
  if (activeElement === element) return;
  if (activeElement !== null) commit(win, activeElement);
  element.focus();
}

function blur(win: Win, element: HTMLElement): void {
  commit(win, element);
  element.blur();
}

function commit(win: Win, element: Element): void {
  const before = uncommitted.get(element);
  if (uncommitted.delete(element) && textOf(element as HTMLElement) !== before) {
    fire(win, element, "Event", "change");
  }
}

function textOf(element: HTMLElement): string {
  return "value" in element ? String(element.value) : element.textContent ?? "";
}

function setText(element: HTMLElement, text: string): void {
  if ("value" in element) element.value = text;
  else element.textContent = text;
}

/** Changes what a control shows, as the user's doing. */
function change(element: HTMLElement, text: string): void {
  if (!uncommitted.has(element)) uncommitted.set(element, textOf(element));
  setText(element, text);
}

function typeChar(win: Win, element: HTMLElement, char: string): void {
  const key = { key: char, code: codeOf(char) };
  if (fire(win, element, "KeyboardEvent", "keydown", key)) insert(win, element, char, key);
  fire(win, element, "KeyboardEvent", "keyup", key);
}

function insert(win: Win, element: HTMLElement, char: string, key: Init): void {
  if (!fire(win, element, "KeyboardEvent", "keypress", key)) return;
  const data = { data: char, inputType: "insertText" };
  if (!fire(win, element, "InputEvent", "beforeinput", data)) return;
  const text = textOf(element) + char;
  if (text.length > Number(element.getAttribute("maxlength") ?? Infinity)) return;
  change(element, text);
  fire(win, element, "InputEvent", "input", data);
}

function press(win: Win, element: HTMLElement, combination: string): void {
  const init = readKeys(combination);
  focus(win, element);
  const allowed = fire(win, element, "KeyboardEvent", "keydown", init);
  if (allowed && !init.ctrlKey && !init.altKey && !init.metaKey) defaultKey(win, element, init);
  // The key may have moved the focus, or taken the element away.
  fire(win, element, "KeyboardEvent", "keyup", init);
}

function defaultKey(win: Win, element: HTMLElement, init: KeyInit): void {
  const { key } = init;
  const name = element.localName;
  const type = name === "input" ? (element as Control).type : "";
  const isBox = type === "checkbox" || type === "radio";
  const isButton = /^(button|summary)$/.test(name) || /^(submit|button|reset|image)$/.test(type);
  if (key === "Tab") return blur(win, element);
  if (
    isButton && (key === "Enter" || key === " ") || isBox && key === " " || name === "a" && key === "Enter"
  ) {
    return click(win, element, {});
  }
  const pressed = key !== "Enter" || fire(win, element, "KeyboardEvent", "keypress", init);
  if (!pressed) return;
  if (name === "input" && key === "Enter") {
    commit(win, element);
    const { form } = element as Control;
    if (form === null) return;
    const button = [...form.elements].find((at) =>
      at.localName === "button" && (at as HTMLButtonElement).type === "submit" ||
      at.localName === "input" && /^(submit|image)$/.test((at as Control).type)
    ) as HTMLButtonElement | undefined;
    if (button === undefined) {
      // Of several fields none says that the form is done.
      if ([...form.elements].filter(isField).length < 2) submit(win, form);
    } else if (!button.disabled) fire(win, button, "MouseEvent", "click");
    return;
  }
  if (isBox || isButton || !("value" in element) && !element.isContentEditable) return;
  if (element.hasAttribute("readonly")) return;
  if (key === "Backspace") change(element, [...textOf(element)].slice(0, -1).join(""));
  else if (key === "Enter") change(element, textOf(element) + "\n");
  else if ([...key].length === 1) return insert(win, element, key, init);
  else return;
  fire(win, element, "InputEvent", "input", { inputType: "deleteContentBackward" });
}

/** Whether it is a control in which Enter would submit. */
function isField(element: Element): boolean {
  const { localName, type } = element as Control;
  return localName === "input" &&
    !/^(checkbox|radio|hidden|submit|button|reset|image|file|color|range)$/.test(type);
}

/** Submits a form by nothing in it. Happy-dom says that the form itself did it, of which no data can be made. */
function submit(win: Win, form: HTMLFormElement): void {
  const correct = (event: Event) => void Object.defineProperty(event, "submitter", { value: null });
  win.addEventListener("submit", correct, true);
  try {
    form.requestSubmit();
  } finally {
    win.removeEventListener("submit", correct, true);
  }
}
