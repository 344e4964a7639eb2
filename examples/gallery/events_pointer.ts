/**
 * The events of mouse, wheel, pointer, touch and drag.
 *
 * @module
 */
import { type Component, component, signal } from "@vango/core";
import { a, button, div, p } from "@vango/core/elements";
import type { Stage } from "./row.ts";

const OFTEN = { throttle: 100 };

/** The stages. */
export const POINTER_STAGES: readonly Stage[] = [
  {
    id: "press",
    title: "Press",
    hint: "Click, double-click, and try the other buttons of the mouse.",
    events: ["click", "dblclick", "mousedown", "mouseup", "auxclick", "contextmenu"],
    options: { contextmenu: { prevent: true } },
    setup: (take) => () => button({ id: "press", type: "button", ...take() }, "Press me"),
  },
  {
    id: "hover",
    title: "Move over",
    hint:
      "Move the mouse in and out. Enter and leave do not bubble, so the inner box tells them apart from over and out.",
    events: ["mouseenter", "mouseover", "mousemove", "mouseout", "mouseleave"],
    options: { mousemove: OFTEN },
    setup: (take) => () =>
      div(
        { id: "hover", class: "pad", ...take() },
        "Outer",
        div({ id: "hover-inner", class: "inner" }, "Inner"),
      ),
  },
  {
    id: "scroller",
    title: "Wheel and scroll",
    hint: "Turn the wheel over the box.",
    events: ["wheel", "scroll", "scrollend"],
    options: { wheel: OFTEN, scroll: OFTEN },
    setup: (take) => () =>
      div(
        { id: "scroller", class: "scroller", tabindex: 0, role: "group", "aria-label": "Scrolls", ...take() },
        Array.from({ length: 12 }, (_, i) => p(`Line ${i + 1}`)),
      ),
  },
  {
    id: "pointer",
    title: "Pointer",
    hint: "One kind of event for mouse, finger and pen. A finger is captured by what it touched first.",
    events: [
      "pointerover",
      "pointerenter",
      "pointerdown",
      "gotpointercapture",
      "pointermove",
      "pointerup",
      "lostpointercapture",
      "pointerout",
      "pointerleave",
    ],
    options: { pointermove: OFTEN },
    setup: (take) => () => div({ id: "pointer", class: "pad still", ...take() }, "Point here"),
  },
  {
    id: "swipe",
    title: "Touch",
    hint: "Touch and move with a finger, then swipe upwards: scrolling takes the finger over.",
    events: ["touchstart", "touchmove", "touchend", "touchcancel", "pointercancel"],
    options: { touchmove: OFTEN },
    setup: (take) => () => div({ id: "swipe", class: "pad", ...take() }, "Touch here"),
  },
  {
    id: "drag",
    title: "Drag",
    hint: "Drag the link to the box of the next card.",
    events: ["dragstart", "drag", "dragend"],
    options: { drag: OFTEN },
    setup: (take) => () =>
      a({ id: "drag", class: "chip", href: "/?dragged", draggable: true, ...take() }, "Drag this link"),
  },
  {
    id: "drop",
    title: "Drop",
    hint: "Drop the link here, or a file of your computer. Its name arrives; its content stays with you.",
    events: ["dragenter", "dragover", "dragleave", "drop"],
    options: { dragenter: { prevent: true }, dragover: { ...OFTEN, prevent: true }, drop: { prevent: true } },
    setup: (take) => () => div({ id: "drop", class: "pad", ...take() }, "Drop here"),
  },
];

/** How many presses a button of its own has had: the shortest component of the gallery. */
export const Tally: Component<Record<never, never>> = component(() => {
  const count = signal(0, { name: "tally" });
  return () =>
    button(
      { id: "tally", type: "button", class: "tally", onClick: () => count.inc() },
      "Round trips: ",
      count,
    );
}, { name: "Tally" });
