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
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
  offsetX: number;
  offsetY: number;
  /** 0 main, 1 middle, 2 secondary, 3 back, 4 forward. */
  button: number;
  /** The buttons held, as bits. */
  buttons: number;
}

/** pointerdown, pointermove, pointerup … */
export interface PointerEventPayload extends MouseEventPayload {
  pointerId: number;
  pointerType: "mouse" | "pen" | "touch" | "";
  isPrimary: boolean;
  /** 0 to 1. */
  pressure: number;
  width: number;
  height: number;
}

/** wheel */
export interface WheelEventPayload extends BaseEvent, Modifiers {
  deltaX: number;
  deltaY: number;
  deltaZ: number;
  /** 0 pixels, 1 lines, 2 pages. */
  deltaMode: number;
  clientX: number;
  clientY: number;
}

/** keydown, keyup, keypress */
export interface KeyboardEventPayload extends BaseEvent, Modifiers {
  /** The value of the key, such as "Enter" or "a". */
  key: string;
  /** The physical key, such as "KeyA". */
  code: string;
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
  data: string;
}

/** compositionstart, compositionupdate, compositionend */
export interface CompositionEventPayload extends BaseEvent {
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
  scrollTop: number;
  scrollLeft: number;
}

/** resize, of an element or the window */
export interface ResizeEventPayload extends BaseEvent {
  width: number;
  height: number;
}

/** A finger. */
export interface TouchPoint {
  id: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
}

/** touchstart, touchmove, touchend, touchcancel */
export interface TouchEventPayload extends BaseEvent, Modifiers {
  touches: TouchPoint[];
  targetTouches: TouchPoint[];
  changedTouches: TouchPoint[];
}

/** dragstart, drag, dragend, dragenter, dragover, dragleave, drop */
export interface DragEventPayload extends BaseEvent, Modifiers {
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
  /** The text that is dragged; only a drop may read it. */
  text: string;
  /** The names of dropped files. */
  files: string[];
}

/** animationstart, animationend, animationiteration, animationcancel */
export interface AnimationEventPayload extends BaseEvent {
  animationName: string;
  /** Seconds. */
  elapsedTime: number;
  pseudoElement: string;
}

/** transitionstart, transitionend, transitionrun, transitioncancel */
export interface TransitionEventPayload extends BaseEvent {
  propertyName: string;
  /** Seconds. */
  elapsedTime: number;
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
  oldState: string;
  newState: string;
}

/** play, pause, timeupdate … */
export interface MediaEventPayload extends BaseEvent {
  /** Seconds. */
  currentTime: number;
  /** Seconds; NaN while unknown. */
  duration: number;
  paused: boolean;
  ended: boolean;
  muted: boolean;
  /** 0 to 1. */
  volume: number;
  playbackRate: number;
}

/** An event that has no row in the table: what a custom element or a script dispatched. */
export interface CustomEventPayload<T = unknown> extends BaseEvent {
  /** What JSON could carry of the event's detail. */
  detail: T;
}

/** The payload of each family, by its letter. */
export interface PayloadByFamily {
  "-": BaseEvent;
  m: MouseEventPayload;
  w: WheelEventPayload;
  p: PointerEventPayload;
  k: KeyboardEventPayload;
  v: ValueEventPayload;
  b: InputIntentPayload;
  i: CompositionEventPayload;
  f: SubmitEventPayload;
  s: ScrollEventPayload;
  r: ResizeEventPayload;
  t: TouchEventPayload;
  d: DragEventPayload;
  a: AnimationEventPayload;
  n: TransitionEventPayload;
  c: ClipboardEventPayload;
  u: ToggleEventPayload;
  x: MediaEventPayload;
  o: CustomEventPayload;
}
