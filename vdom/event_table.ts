/**
 * Every event that an element can take: its DOM name, its code on the wire, its payload family. The one source for the
 * event props, the wire format and `data-hid`.
 *
 * A family is one letter, and the name of one payload type in events.ts:
 * `-` none, `m` mouse, `w` wheel, `p` pointer, `k` key, `v` value, `b` before-input, `i` composition, `f` form, `s`
 * scroll, `r` resize, `t` touch, `d` drag, `a` animation, `n` transition, `c` clipboard, `u` toggle, `x` media,
 * `o` custom.
 *
 * @module
 */

/** The letter of a payload family. */
export type Family =
  | "-"
  | "m"
  | "w"
  | "p"
  | "k"
  | "v"
  | "b"
  | "i"
  | "f"
  | "s"
  | "r"
  | "t"
  | "d"
  | "a"
  | "n"
  | "c"
  | "u"
  | "x"
  | "o";

/** A row of the table: DOM name, wire code, family. */
export type EventRow = readonly [name: string, code: number, family: Family];

/** The table. Codes up to 0x70 that the Go original had keep their numbers. */
export const EVENTS: readonly EventRow[] = [
  ["click", 0x01, "m"],
  ["dblclick", 0x02, "m"],
  ["mousedown", 0x03, "m"],
  ["mouseup", 0x04, "m"],
  ["mousemove", 0x05, "m"],
  ["mouseenter", 0x06, "m"],
  ["mouseleave", 0x07, "m"],
  ["wheel", 0x08, "w"],
  ["mouseover", 0x09, "m"],
  ["mouseout", 0x0a, "m"],
  ["contextmenu", 0x0b, "m"],
  ["auxclick", 0x0c, "m"],
  ["input", 0x10, "v"],
  ["change", 0x11, "v"],
  ["submit", 0x12, "f"],
  ["focus", 0x13, "-"],
  ["blur", 0x14, "-"],
  ["focusin", 0x15, "-"],
  ["focusout", 0x16, "-"],
  ["select", 0x17, "v"],
  ["invalid", 0x18, "-"],
  ["reset", 0x19, "-"],
  ["beforeinput", 0x1a, "b"],
  ["compositionstart", 0x1c, "i"],
  ["compositionupdate", 0x1d, "i"],
  ["compositionend", 0x1e, "i"],
  ["keydown", 0x20, "k"],
  ["keyup", 0x21, "k"],
  ["keypress", 0x22, "k"],
  ["scroll", 0x30, "s"],
  ["resize", 0x31, "r"],
  ["scrollend", 0x32, "s"],
  ["touchstart", 0x40, "t"],
  ["touchmove", 0x41, "t"],
  ["touchend", 0x42, "t"],
  ["touchcancel", 0x43, "t"],
  ["gotpointercapture", 0x46, "p"],
  ["lostpointercapture", 0x47, "p"],
  ["pointerdown", 0x48, "p"],
  ["pointermove", 0x49, "p"],
  ["pointerup", 0x4a, "p"],
  ["pointercancel", 0x4b, "p"],
  ["pointerenter", 0x4c, "p"],
  ["pointerleave", 0x4d, "p"],
  ["pointerover", 0x4e, "p"],
  ["pointerout", 0x4f, "p"],
  ["dragstart", 0x50, "d"],
  ["dragend", 0x51, "d"],
  ["drop", 0x52, "d"],
  ["animationstart", 0x53, "a"],
  ["animationend", 0x54, "a"],
  ["animationiteration", 0x55, "a"],
  ["animationcancel", 0x56, "a"],
  ["transitionstart", 0x57, "n"],
  ["transitionend", 0x58, "n"],
  ["transitionrun", 0x59, "n"],
  ["transitioncancel", 0x5a, "n"],
  ["drag", 0x5b, "d"],
  ["dragenter", 0x5c, "d"],
  ["dragover", 0x5d, "d"],
  ["dragleave", 0x5e, "d"],
  ["play", 0x80, "x"],
  ["pause", 0x81, "x"],
  ["ended", 0x82, "x"],
  ["timeupdate", 0x83, "x"],
  ["loadstart", 0x84, "x"],
  ["loadeddata", 0x85, "x"],
  ["loadedmetadata", 0x86, "x"],
  ["canplay", 0x87, "x"],
  ["canplaythrough", 0x88, "x"],
  ["progress", 0x89, "x"],
  ["seeking", 0x8a, "x"],
  ["seeked", 0x8b, "x"],
  ["volumechange", 0x8c, "x"],
  ["ratechange", 0x8d, "x"],
  ["durationchange", 0x8e, "x"],
  ["waiting", 0x8f, "x"],
  ["playing", 0x90, "x"],
  ["stalled", 0x91, "x"],
  ["suspend", 0x92, "x"],
  ["emptied", 0x93, "x"],
  ["load", 0xa0, "-"],
  ["error", 0xa1, "-"],
  ["abort", 0xa2, "-"],
  ["toggle", 0xa3, "u"],
  ["beforetoggle", 0xa4, "u"],
  ["close", 0xa5, "-"],
  ["cancel", 0xa6, "-"],
  ["copy", 0xa7, "c"],
  ["cut", 0xa8, "c"],
  ["paste", 0xa9, "c"],
  ["fullscreenchange", 0xaa, "-"],
  ["fullscreenerror", 0xab, "-"],
  ["slotchange", 0xac, "-"],
];

/** The code of every event that has no row here: a custom event, by its name. */
export const CUSTOM_EVENT = 0xff;

/** The code of a hook's event. */
export const HOOK_EVENT = 0x60;

/** The code of a navigation asked for by the browser. */
export const NAVIGATE_EVENT = 0x70;

/** The code of a page that the browser asks to be made ready, since its user may go there. */
export const PREFETCH_EVENT = 0x71;
