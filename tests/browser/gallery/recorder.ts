/**
 * What a browser saw: each event of each element that takes it, with the fields that its payload should have.
 *
 * The source of {@linkcode recordEvents} runs in the page before anything else, so it may use nothing from outside. It reads the
 * DOM on its own: nothing of it is the client's.
 *
 * @module
 */
/// <reference lib="dom" />

/** An event that an element took. */
export interface Seen {
  /** The id of the element that takes the event. */
  id: string;
  /** The name of the event. */
  type: string;
  /** What its handler should get, `type` included. */
  payload: Record<string, unknown>;
}

/** The fields of a family that are the event's own; numbers of `round` are whole pixels in a payload. */
export const FIELDS: Readonly<Record<string, { as: string; round: string }>> = {
  "-": { as: "", round: "" },
  m: {
    as: "button buttons ctrlKey shiftKey altKey metaKey",
    round: "clientX clientY pageX pageY offsetX offsetY",
  },
  p: {
    as: "button buttons ctrlKey shiftKey altKey metaKey pointerId pointerType isPrimary pressure",
    round: "clientX clientY pageX pageY offsetX offsetY width height",
  },
  w: {
    as: "deltaX deltaY deltaZ deltaMode ctrlKey shiftKey altKey metaKey",
    round: "clientX clientY",
  },
  k: { as: "key code repeat location ctrlKey shiftKey altKey metaKey", round: "" },
  b: { as: "inputType data", round: "" },
  i: { as: "data", round: "" },
  d: { as: "ctrlKey shiftKey altKey metaKey", round: "clientX clientY pageX pageY" },
  t: { as: "ctrlKey shiftKey altKey metaKey", round: "" },
  a: { as: "animationName elapsedTime pseudoElement", round: "" },
  n: { as: "propertyName elapsedTime pseudoElement", round: "" },
  u: { as: "oldState newState", round: "" },
};

/** Installs the listeners; `families` is by event name. The events gather in `window.seen`. */
export function recordEvents(
  [families, fields]: [families: Record<string, string>, fields: typeof FIELDS],
): void {
  type Any = Record<string, unknown>;
  const seen: Seen[] = (globalThis as unknown as { seen: Seen[] }).seen = [];
  const points = (list: TouchList) =>
    [...list].map(({ identifier, clientX, clientY, pageX, pageY }) => ({
      id: identifier,
      clientX: Math.round(clientX),
      clientY: Math.round(clientY),
      pageX: Math.round(pageX),
      pageY: Math.round(pageY),
    }));
  const special: Record<string, (event: Event, element: HTMLElement) => Any> = {
    v: ({ target }) => {
      const { value, checked, valueAsNumber, files, multiple, options, isContentEditable, textContent } =
        target as HTMLInputElement & HTMLSelectElement;
      return {
        value: isContentEditable ? textContent : value,
        checked: checked === true,
        values: files
          ? Array.from(files, (file) => file.name)
          : options && multiple
          ? Array.from(options).filter((option) => option.selected).map((option) => option.value)
          : [],
        valueAsNumber: valueAsNumber ?? NaN,
      };
    },
    f: (event) => ({
      fields: [...new FormData(event.target as HTMLFormElement, (event as SubmitEvent).submitter)].filter(
        ([name]) => !name.startsWith("_vango"),
      ),
    }),
    s: ({ target }) => ({
      scrollTop: Math.round((target as HTMLElement).scrollTop),
      scrollLeft: Math.round((target as HTMLElement).scrollLeft),
    }),
    r: (_, element) => ({
      width: Math.round(element.getBoundingClientRect().width),
      height: Math.round(element.getBoundingClientRect().height),
    }),
    t: (event) => {
      const { touches, targetTouches, changedTouches } = event as TouchEvent;
      return {
        touches: points(touches),
        targetTouches: points(targetTouches),
        changedTouches: points(changedTouches),
      };
    },
    d: (event) => ({
      text: (event as DragEvent).dataTransfer?.getData("text/plain") ?? "",
      files: Array.from((event as DragEvent).dataTransfer?.files ?? [], (file) => file.name),
    }),
    c: (event) => {
      const { selectionStart, selectionEnd, value } = event.target as HTMLInputElement;
      const data = (event as ClipboardEvent).clipboardData;
      return {
        text: event.type === "paste"
          ? data!.getData("text/plain")
          : value.slice(selectionStart!, selectionEnd!),
        files: Array.from(data?.files ?? [], (file) => file.name),
      };
    },
    x: ({ target }) => {
      const { currentTime, duration, paused, ended, muted, volume, playbackRate } =
        target as HTMLMediaElement;
      return { currentTime, duration, paused, ended, muted, volume, playbackRate };
    },
  };
  const read = (event: Event, element: HTMLElement, family: string): Any => {
    const from = event as unknown as Any;
    const { as, round } = fields[family] ?? { as: "", round: "" };
    const payload: Any = { type: event.type };
    // What the DOM has not is null there, and "" here.
    for (const name of as.split(" ").filter(Boolean)) payload[name] = from[name] ?? "";
    for (const name of round.split(" ").filter(Boolean)) payload[name] = Math.round(from[name] as number) + 0;
    return { ...payload, ...special[family]?.(event, element) };
  };
  for (const [type, family] of Object.entries(families)) {
    // Not on the window, which the load events of elements never reach.
    document.addEventListener(type, (event) => {
      let element = event.target as HTMLElement | null;
      while (element) {
        const takes = element.dataset?.hid?.split(" ").some((token) => token.startsWith(`${type}:`));
        if (takes) seen.push({ id: element.id, type, payload: read(event, element, family) });
        element = event.bubbles ? element.parentElement : null;
      }
    }, true);
  }
}
