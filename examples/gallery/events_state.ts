/**
 * The events of what changes by itself: open and closed, animations, sizes, media, resources.
 *
 * @module
 */
import { computed, signal } from "@vango/core";
import {
  audio,
  button,
  customElement,
  details,
  dialog,
  div,
  form,
  img,
  p,
  span,
  summary,
} from "@vango/core/elements";
import type { Stage } from "./row.ts";

const act = (id: string, text: string, onClick: () => void) => button({ id, type: "button", onClick }, text);

/** The stages. */
export const STATE_STAGES: readonly Stage[] = [
  {
    id: "details",
    title: "Disclosure",
    hint: "Open and close it. What the browser has opened stays open, whatever the server patches around it.",
    events: ["toggle"],
    setup: (take) => () => details({ id: "details", ...take() }, summary("More"), p("Here it is.")),
  },
  {
    id: "popover",
    title: "Popover",
    hint: "The browser opens it by itself; the server hears of it.",
    events: ["beforetoggle"],
    setup: (take) => () => [
      button({ id: "popover-open", type: "button", popovertarget: "popover" }, "Open"),
      div(
        { id: "popover", popover: "auto", class: "popover", ...take() },
        p("Press Escape, or click elsewhere."),
      ),
    ],
  },
  {
    id: "dialog",
    title: "Dialog",
    hint: "Close it by its button, or by Escape, which asks first.",
    events: ["cancel", "close"],
    setup: (take) => () => [
      button({ id: "dialog-open", type: "button", command: "show-modal", commandfor: "dialog" }, "Open"),
      dialog(
        { id: "dialog", "aria-labelledby": "dialog-text", ...take() },
        form(
          { method: "dialog", class: "stack" },
          p({ id: "dialog-text" }, "A modal dialog."),
          button({ id: "dialog-close" }, "Close"),
        ),
      ),
    ],
  },
  {
    id: "animation",
    title: "Animation",
    hint: "Start it and wait; start it again and stop it.",
    events: ["animationstart", "animationiteration", "animationend", "animationcancel"],
    setup: (take) => {
      const runs = signal(0, { name: "runs" });
      const isOn = computed(() => runs.value > 0);
      return () => [
        div(
          { class: "bar" },
          act("animation-start", "Start", () => runs.inc()),
          act("animation-stop", "Stop", () => void (runs.value = 0)),
        ),
        div({ id: "animation", class: ["ball", { spin: isOn }], ...take() }),
      ];
    },
  },
  {
    id: "transition",
    title: "Transition",
    hint: "Move the mouse in and wait; in and soon out again cancels it.",
    events: ["transitionrun", "transitionstart", "transitionend", "transitioncancel"],
    setup: (take) => () => div({ id: "transition", class: "pad fades", ...take() }, "Hover"),
  },
  {
    id: "resize",
    title: "Size",
    hint: "Drag the corner. Any element can tell its size, not only the window.",
    events: ["resize"],
    options: { resize: { throttle: 100 } },
    setup: (take) => () => div({ id: "resize", class: "pad sizes", ...take() }, "Drag the corner"),
  },
  {
    id: "media",
    title: "Media",
    hint:
      "Load the tone, play it, seek, mute, change its speed by the menu. The slow one stalls half-way for lack of data.",
    events: [
      "loadstart",
      "durationchange",
      "loadedmetadata",
      "loadeddata",
      "canplay",
      "canplaythrough",
      "progress",
      "suspend",
      "play",
      "playing",
      "timeupdate",
      "pause",
      "seeking",
      "seeked",
      "ended",
      "volumechange",
      "ratechange",
      "waiting",
      "stalled",
      "abort",
      "emptied",
    ],
    setup: (take) => {
      const source = signal<string | null>(null, { name: "source" });
      const muted = signal(false, { name: "muted" });
      return () => [
        div(
          { class: "bar" },
          act("media-load", "Load", () => void (source.value = "/tone.wav")),
          act("media-slow", "Load slowly", () => void (source.value = "/slow.wav")),
          act("media-mute", "Mute", () => void muted.toggle()),
        ),
        audio({
          id: "media",
          controls: true,
          preload: "auto",
          src: source,
          muted,
          "aria-label": "A tone",
          ...take(),
        }),
      ];
    },
  },
  {
    id: "resource",
    title: "Resource",
    hint: "Load a picture that is there, and one that is not.",
    events: ["load", "error"],
    setup: (take) => {
      const source = signal("/dot.svg", { name: "picture" });
      return () => [
        div(
          { class: "bar" },
          act("resource-load", "Load", () => void (source.value = `/dot.svg?${Date.now()}`)),
          act("resource-break", "Break", () => void (source.value = `/broken.png?${Date.now()}`)),
        ),
        img({ id: "resource", src: source, alt: "A dot", width: 48, height: 48, ...take() }),
      ];
    },
  },
  {
    id: "fullscreen",
    title: "Full screen",
    hint: "Only a script may ask for it, and only while the user does something; a dialog it is refused.",
    events: ["fullscreenchange", "fullscreenerror"],
    setup: (take) => () =>
      div(
        { id: "fullscreen", class: "pad", ...take() },
        div(
          { class: "bar" },
          button({ id: "fullscreen-go", type: "button", "data-fullscreen": "fullscreen" }, "Go"),
          button({ id: "fullscreen-fail", type: "button", "data-fullscreen": "fullscreen-no" }, "Fail"),
        ),
        dialog({ id: "fullscreen-no", "aria-label": "Never shown" }),
      ),
  },
  {
    id: "slots",
    title: "Slot",
    hint:
      "A custom element with a slot. The event stays in its shadow tree, so the element tells its host of it.",
    events: ["slotchange"],
    setup: (take) => {
      const items = signal(1, { name: "items" });
      return () => [
        act("slots-more", "Add one", () => items.inc()),
        customElement(
          "x-slots",
          { id: "slots", ...take() },
          Array.from({ length: items.value }, (_, i) => span({ class: "chip" }, `Item ${i + 1}`)),
        ),
      ];
    },
  },
];
