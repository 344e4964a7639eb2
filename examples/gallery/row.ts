/**
 * One stage of the gallery: something to act on, and a row for each event that it takes, with what the handler got last.
 *
 *     ┌ act on this ┐   onClick        3   The element was clicked …
 *     │   [Press]   │                      clientX 12 · clientY 30 · button 0 …
 *     └─────────────┘   onDblClick     0   …
 *
 * A row's count and text are signals, bound: an event changes two texts, and no view runs again.
 *
 * @module
 */
import {
  type Child,
  type Component,
  component,
  computed,
  createContext,
  each,
  on,
  type OnOptions,
  type ReadonlySignal,
  signal,
  useContext,
  type VNode,
} from "@vango/core";
import { article, code, div, h3, li, p, samp, span, ul } from "@vango/core/elements";
import type { BaseEvent } from "@vango/core/protocol";
import type { EventProps } from "../../vdom/props_shared.ts";
import { EVENT_PROPS } from "../../vdom/spec/events.ts";

/** Told of each event that a handler gets: the id of the row, and the payload. */
export type Hear = (row: string, event: BaseEvent) => void;

/** Who listens along; the tests do. */
export const Hearing = createContext<Hear>(() => {});

/** Makes the event props of a stage, or of those that are named. */
export type Take = (...types: string[]) => EventProps;

/** Something to act on, and the events that it takes. */
export interface Stage {
  /** The id of its element, unique in the gallery. */
  id: string;
  /** What it is. */
  title: string;
  /** What to do with it. */
  hint: string;
  /** DOM names of the events, each in one stage alone. */
  events: readonly string[];
  /** Options of some of them. */
  options?: Readonly<Record<string, OnOptions>>;
  /** Runs in a setup: makes the state of the stage and returns the view of what is acted on. */
  setup: (take: Take) => () => Child;
}

/** How many kinds of event were heard so far. */
export const Progress = createContext<{ inc(): void }>({ inc: () => {} });

const HELD = ["ctrlKey", "shiftKey", "altKey", "metaKey"];

/**
 * The payload as one line: what it has besides its type and methods; of the modifier keys those that were held. A name is
 * never parted from its value.
 */
export function format(event: BaseEvent): string {
  const fields = Object.entries(event).filter(([name, value]) =>
    name !== "type" && typeof value !== "function" && (value || !HELD.includes(name))
  );
  return fields.map(([name, value]) => value === true ? name : `${name}\u00a0${formatValue(value)}`).join(
    " · ",
  ) ||
    "no data";
}

function formatValue(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toFixed(2)));
  return JSON.stringify(value);
}

/** What a row shows, and the handler that fills it. */
export interface RowRecord {
  /** How many events came. */
  count: ReadonlySignal<number>;
  /** The last payload as text. */
  last: ReadonlySignal<string>;
  /** The handler. */
  take: (event: BaseEvent) => void;
}

/** Makes the state of a row; call it in a setup. */
export function createRecord(row: string): RowRecord {
  const hear = useContext(Hearing);
  const progress = useContext(Progress);
  const count = signal(0, { name: `${row} count` });
  const last = signal("", { name: `${row} last` });
  return {
    count,
    last,
    take: (event) => {
      if (count.peek() === 0) progress.inc();
      count.inc();
      last.set(format(event));
      hear(row, event);
    },
  };
}

/** A row: name, count, explanation, and what the handler got last. */
export function recordRow(id: string, name: string, what: Child, { count, last }: RowRecord): VNode {
  const heard = computed(() => count.value > 0);
  return li(
    { key: id, id, class: ["row", { heard }] },
    code({ class: "name" }, name),
    span({ class: "count", title: "Events so far" }, count),
    p({ class: "what" }, what),
    samp({ class: "last" }, last),
  );
}

/** The frame that every entry of the gallery has: what to act on, beside what came of it. */
export function card(id: string, title: string, hint: Child, act: Child, rows: Child): VNode {
  return article(
    { class: "card", id: `card-${id}`, "aria-labelledby": `title-${id}` },
    div(
      { class: "act" },
      h3({ id: `title-${id}` }, title),
      p({ class: "hint" }, hint),
      div({ class: "stage" }, act),
    ),
    rows,
  );
}

/** A stage with its rows. */
export const StageCard: Component<{ stage: Stage }> = component(({ stage }) => {
  const { id, title, hint, events, options = {}, setup } = stage;
  const records = new Map(events.map((type) => [type, createRecord(`${id} ${type}`)]));
  const take: Take = (...types) =>
    Object.fromEntries(
      (types.length > 0 ? types : events).map((type) => [
        EVENT_PROPS[type][0],
        on(records.get(type)!.take, options[type] ?? {}),
      ]),
    );
  const view = setup(take);
  return () =>
    card(
      id,
      title,
      hint,
      view(),
      ul(
        { class: "rows" },
        each(events, (type) => type, (type) => {
          const [prop, what] = EVENT_PROPS[type];
          return recordRow(`event-${type}`, prop, what, records.get(type)!);
        }),
      ),
    );
}, { name: "StageCard" });
