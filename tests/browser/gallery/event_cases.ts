/**
 * How each event of the gallery comes about, by its name: what the user does, or what a script must do and why.
 *
 * @module
 */
/// <reference lib="dom" />
import { CLIPBOARD, FOCUS, FORM, INVALID, KEYS, WRITE } from "./text_acts.ts";
import { DRAG, DROP, HOVER, POINTER, PRESS, SCROLL, SWIPE } from "./pointer_acts.ts";
import {
  ANIMATION,
  DETAILS,
  DIALOG,
  FULLSCREEN,
  POPOVER,
  RESIZE,
  RESOURCE,
  SLOTS,
  TRANSITION,
} from "./state_acts.ts";
import { MEDIA, SLOW_MEDIA, STALLED_MEDIA } from "./media_acts.ts";
import type { Gallery } from "./open.ts";

/** What is done; events that come of the same doing share it. */
export type Act = (gallery: Gallery) => Promise<void>;

/** How an event comes about. */
export interface EventCase {
  /** Whether real input does it. */
  by: "input" | "script";
  /** Why not, if so. */
  reason?: string;
  /** What is done. */
  act: Act;
  /** Whether it is done after all others, since it waits for long. */
  late?: boolean;
}

const byInput = (act: Act, names: string, late = false): Record<string, EventCase> =>
  Object.fromEntries(names.split(" ").map((name) => [name, { by: "input", act, late }]));

/** By event name. */
export const EVENT_CASES: Readonly<Record<string, EventCase>> = {
  ...byInput(PRESS, "click dblclick mousedown mouseup auxclick contextmenu"),
  ...byInput(HOVER, "mouseenter mouseover mousemove mouseout mouseleave"),
  ...byInput(SCROLL, "wheel scroll scrollend"),
  ...byInput(POINTER, "pointerover pointerenter pointerdown gotpointercapture pointermove pointerup"),
  ...byInput(POINTER, "lostpointercapture pointerout pointerleave"),
  ...byInput(SWIPE, "touchstart touchmove touchend touchcancel pointercancel"),
  ...byInput(DRAG, "dragstart drag dragend"),
  ...byInput(DROP, "dragenter dragover dragleave drop"),
  ...byInput(KEYS, "keydown keypress keyup"),
  ...byInput(WRITE, "beforeinput input change select compositionstart compositionupdate compositionend"),
  ...byInput(FOCUS, "focus blur focusin focusout"),
  ...byInput(CLIPBOARD, "copy cut paste"),
  ...byInput(FORM, "submit reset"),
  ...byInput(INVALID, "invalid"),
  ...byInput(DETAILS, "toggle"),
  ...byInput(POPOVER, "beforetoggle"),
  ...byInput(DIALOG, "cancel close"),
  ...byInput(ANIMATION, "animationstart animationiteration animationend animationcancel"),
  ...byInput(TRANSITION, "transitionrun transitionstart transitionend transitioncancel"),
  ...byInput(RESIZE, "resize"),
  ...byInput(
    MEDIA,
    "loadstart durationchange loadedmetadata loadeddata canplay canplaythrough progress suspend",
  ),
  ...byInput(MEDIA, "play playing timeupdate pause seeking seeked ended volumechange ratechange"),
  ...byInput(SLOW_MEDIA, "waiting"),
  ...byInput(STALLED_MEDIA, "stalled abort emptied", true),
  ...byInput(RESOURCE, "load error"),
  ...byInput(FULLSCREEN, "fullscreenchange fullscreenerror"),
  slotchange: {
    by: "script",
    reason: "the event does not leave its shadow tree: the custom element dispatches it again on its host",
    act: SLOTS,
  },
};
