/**
 * The payloads that event handlers get: plain data, made from what the browser sent.
 *
 * Coordinates are CSS pixels, whole numbers. Types only.
 *
 * @module
 */

/** The modifier keys held during an event. */
export interface Modifiers {
  /** The Control key. */
  ctrlKey: boolean;
  /** The Shift key. */
  shiftKey: boolean;
  /** The Alt (Option) key. */
  altKey: boolean;
  /** The Meta (Command, Windows) key. */
  metaKey: boolean;
}

/** Every payload tells which event it is. */
export interface BaseEvent {
  /** The DOM name, such as "click". */
  type: string;
}

/** click, dblclick, mousedown, mouseup, mousemove, mouseenter, mouseleave, contextmenu … */
export interface MouseEventPayload extends BaseEvent, Modifiers {
  /** Horizontal, from the left of the viewport. */
  clientX: number;
  /** Vertical, from the top of the viewport. */
  clientY: number;
  /** Horizontal, from the left of the document. */
  pageX: number;
  /** Vertical, from the top of the document. */
  pageY: number;
  /** Horizontal, from the left padding edge of the target. */
  offsetX: number;
  /** Vertical, from the top padding edge of the target. */
  offsetY: number;
  /** 0 main, 1 middle, 2 secondary, 3 back, 4 forward. */
  button: number;
  /** The buttons held, as bits. */
  buttons: number;
}

/** pointerdown, pointermove, pointerup … */
export interface PointerEventPayload extends MouseEventPayload {
  /** The number of the pointer, the same until it goes away. */
  pointerId: number;
  /** The kind of device; "" when it is not known. */
  pointerType: "mouse" | "pen" | "touch" | "";
  /** Whether it is the first pointer of its kind. */
  isPrimary: boolean;
  /** 0 to 1. */
  pressure: number;
  /** The width of the contact. */
  width: number;
  /** The height of the contact. */
  height: number;
}

/** wheel */
export interface WheelEventPayload extends BaseEvent, Modifiers {
  /** Scrolled horizontally, in the unit of deltaMode. */
  deltaX: number;
  /** Scrolled vertically, in the unit of deltaMode. */
  deltaY: number;
  /** Scrolled along the third axis, in the unit of deltaMode. */
  deltaZ: number;
  /** 0 pixels, 1 lines, 2 pages. */
  deltaMode: number;
  /** Horizontal, from the left of the viewport. */
  clientX: number;
  /** Vertical, from the top of the viewport. */
  clientY: number;
}

/** keydown, keyup, keypress */
export interface KeyboardEventPayload extends BaseEvent, Modifiers {
  /** The value of the key, such as "Enter" or "a". */
  key: string;
  /** The physical key, such as "KeyA". */
  code: string;
  /** Whether the key is held and repeats. */
  repeat: boolean;
  /** 0 standard, 1 left, 2 right, 3 numeric pad. */
  location: number;
}

/** input, change, select: the state of the control. */
export interface ValueEventPayload extends BaseEvent {
  /** The value; of a checkbox or radio its `value` attribute; of contenteditable its text. */
  value: string;
  /** Whether a checkbox or radio is on; false for other controls. */
  checked: boolean;
  /** Values of a multi-select, or names of the files of a file input; else empty. */
  values: string[];
  /** The value as a number (number, range: its value; date and time: milliseconds); NaN where there is none. */
  valueAsNumber: number;
}

/** beforeinput */
export interface InputIntentPayload extends BaseEvent {
  /** Such as "insertText". */
  inputType: string;
  /** The text to insert; "" when there is none. */
  data: string;
}

/** compositionstart, compositionupdate, compositionend */
export interface CompositionEventPayload extends BaseEvent {
  /** The text as composed so far. */
  data: string;
}

/** submit: the fields of the form, in order. */
export interface SubmitEventPayload extends BaseEvent {
  /** Name and value of every successful control, in tree order; names may repeat; a file is its name. */
  fields: [name: string, value: string][];
  /** The first value of a name, or "". */
  get(name: string): string;
  /** Every value of a name. */
  getAll(name: string): string[];
  /** Whether a name is there. */
  has(name: string): boolean;
}

/** scroll, scrollend */
export interface ScrollEventPayload extends BaseEvent {
  /** Scrolled from the top. */
  scrollTop: number;
  /** Scrolled from the left. */
  scrollLeft: number;
}

/** resize, of an element or the window */
export interface ResizeEventPayload extends BaseEvent {
  /** The new width. */
  width: number;
  /** The new height. */
  height: number;
}

/** A finger. */
export interface TouchPoint {
  /** The number of the touch, the same until the finger is lifted. */
  id: number;
  /** Horizontal, from the left of the viewport. */
  clientX: number;
  /** Vertical, from the top of the viewport. */
  clientY: number;
  /** Horizontal, from the left of the document. */
  pageX: number;
  /** Vertical, from the top of the document. */
  pageY: number;
}

/** touchstart, touchmove, touchend, touchcancel */
export interface TouchEventPayload extends BaseEvent, Modifiers {
  /** Every finger on the screen. */
  touches: TouchPoint[];
  /** The fingers that began on this element. */
  targetTouches: TouchPoint[];
  /** The fingers that this event is about. */
  changedTouches: TouchPoint[];
}

/** dragstart, drag, dragend, dragenter, dragover, dragleave, drop */
export interface DragEventPayload extends BaseEvent, Modifiers {
  /** Horizontal, from the left of the viewport. */
  clientX: number;
  /** Vertical, from the top of the viewport. */
  clientY: number;
  /** Horizontal, from the left of the document. */
  pageX: number;
  /** Vertical, from the top of the document. */
  pageY: number;
  /** The text that is dragged; only a drop may read it. */
  text: string;
  /** The names of dropped files. */
  files: string[];
}

/** animationstart, animationend, animationiteration, animationcancel */
export interface AnimationEventPayload extends BaseEvent {
  /** The name of the @keyframes. */
  animationName: string;
  /** Seconds. */
  elapsedTime: number;
  /** Such as "::before"; "" for the element itself. */
  pseudoElement: string;
}

/** transitionstart, transitionend, transitionrun, transitioncancel */
export interface TransitionEventPayload extends BaseEvent {
  /** The name of the CSS property. */
  propertyName: string;
  /** Seconds. */
  elapsedTime: number;
  /** Such as "::before"; "" for the element itself. */
  pseudoElement: string;
}

/** copy, cut, paste */
export interface ClipboardEventPayload extends BaseEvent {
  /** The text; of copy and cut the selected text. */
  text: string;
  /** The names of pasted files. */
  files: string[];
}

/** toggle, beforetoggle */
export interface ToggleEventPayload extends BaseEvent {
  /** "open" or "closed": before. */
  oldState: string;
  /** "open" or "closed": after. */
  newState: string;
}

/** play, pause, timeupdate … */
export interface MediaEventPayload extends BaseEvent {
  /** Seconds. */
  currentTime: number;
  /** Seconds; NaN while unknown. */
  duration: number;
  /** Whether it does not play. */
  paused: boolean;
  /** Whether it is at the end. */
  ended: boolean;
  /** Whether it is silenced. */
  muted: boolean;
  /** 0 to 1. */
  volume: number;
  /** The speed; 1 is normal. */
  playbackRate: number;
}

/** An event that has no row in the table: what a custom element or a script dispatched. */
export interface CustomEventPayload<T = unknown> extends BaseEvent {
  /** What JSON could carry of the event's detail. */
  detail: T;
}

/** The payload of each family, by its letter. */
export interface PayloadByFamily {
  /** No data. */
  "-": BaseEvent;
  /** Mouse. */
  m: MouseEventPayload;
  /** Wheel. */
  w: WheelEventPayload;
  /** Pointer. */
  p: PointerEventPayload;
  /** Keyboard. */
  k: KeyboardEventPayload;
  /** The value of a control. */
  v: ValueEventPayload;
  /** Before input. */
  b: InputIntentPayload;
  /** Composition. */
  i: CompositionEventPayload;
  /** Form. */
  f: SubmitEventPayload;
  /** Scroll. */
  s: ScrollEventPayload;
  /** Resize. */
  r: ResizeEventPayload;
  /** Touch. */
  t: TouchEventPayload;
  /** Drag. */
  d: DragEventPayload;
  /** Animation. */
  a: AnimationEventPayload;
  /** Transition. */
  n: TransitionEventPayload;
  /** Clipboard. */
  c: ClipboardEventPayload;
  /** Toggle. */
  u: ToggleEventPayload;
  /** Media. */
  x: MediaEventPayload;
  /** Custom. */
  o: CustomEventPayload;
}
