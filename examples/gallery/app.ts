/**
 * The page of the gallery: every event, control, modifier, hook and patch, each beside what its handler got last.
 *
 * @module
 */
import {
  type AppOptions,
  type Child,
  type Component,
  component,
  provide,
  signal,
  type VNode,
} from "@vango/core";
import {
  a,
  b,
  div,
  footer,
  h1,
  h2,
  header,
  main,
  meta,
  nav,
  p,
  script,
  section,
  span,
  style,
} from "@vango/core/elements";
import type { Op } from "../../vdom/patch.ts";
import { ControlCard, CONTROLS } from "./controls.ts";
import { POINTER_STAGES, Tally } from "./events_pointer.ts";
import { STATE_STAGES } from "./events_state.ts";
import { TEXT_STAGES } from "./events_text.ts";
import { HookCard, HOOKS } from "./hooks.ts";
import { ModifierCard, MODIFIERS } from "./modifiers.ts";
import { PatchCard, PATCHES } from "./patches.ts";
import { type Hear, Hearing, Progress, type Stage, StageCard } from "./row.ts";
import { SCRIPT } from "./script.ts";
import { CSS } from "./theme.ts";

/** Every stage; each event is in one of them. */
export const STAGES: readonly Stage[] = [...POINTER_STAGES, ...TEXT_STAGES, ...STATE_STAGES];

interface Part {
  id: string;
  title: string;
  count: number;
  lead: Child;
  cards: () => Child;
}

const PARTS: readonly Part[] = [
  {
    id: "events",
    title: "Events",
    count: STAGES.reduce((sum, { events }) => sum + events.length, 0),
    lead: "Do something; beside it stands what the handler on the server got last.",
    cards: () => STAGES.map((stage) => StageCard({ key: stage.id, stage })),
  },
  {
    id: "controls",
    title: "Controls",
    count: Object.keys(CONTROLS).length,
    lead: "Each control tells the server what it shows, and shows what the server sets.",
    cards: () => Object.keys(CONTROLS).map((id) => ControlCard({ key: id, id })),
  },
  {
    id: "modifiers",
    title: "Modifiers",
    count: Object.keys(MODIFIERS).length,
    lead: "What the browser does with an event before the server hears of it.",
    cards: () =>
      (Object.keys(MODIFIERS) as (keyof typeof MODIFIERS)[]).map((id) => ModifierCard({ key: id, id })),
  },
  {
    id: "hooks",
    title: "Hooks",
    count: Object.keys(HOOKS).length,
    lead:
      "Scripts of the application, attached to elements: what they make is theirs, what they push is handled on the server.",
    cards: () => (Object.keys(HOOKS) as (keyof typeof HOOKS)[]).map((id) => HookCard({ key: id, id })),
  },
  {
    id: "patches",
    title: "Patches",
    count: Object.keys(PATCHES).length,
    lead: "What the server can do to the page: each operation of the protocol, one at a time.",
    cards: () => (Object.keys(PATCHES) as (keyof typeof Op)[]).map((id) => PatchCard({ key: id, id })),
  },
];

/** How many handlers there are to hear from. Those of the patches are not counted; some modifiers have one beside. */
const HANDLERS = PARTS.slice(0, 4).reduce((sum, { count }) => sum + count, 0) +
  Object.values(MODIFIERS).filter(({ beside }) => beside !== undefined).length;

const part = ({ id, title, lead, cards }: Part): VNode =>
  section(
    { id, "aria-labelledby": `h-${id}` },
    header({ class: "part" }, h2({ id: `h-${id}` }, title), p(lead)),
    div({ class: "cards" }, cards()),
  );

/** Makes the page. `hear` is told of each event that a handler gets. */
export function galleryPage(hear: Hear = () => {}): Component<Record<never, never>> {
  return component(() => {
    const heard = signal(0, { name: "heard" });
    provide(Hearing, hear);
    provide(Progress, heard);
    return () => [
      header(
        { class: "top" },
        div(
          { class: "brand" },
          h1("Gallery"),
          p("Everything that a page of Vango can hear, hold and change. Every handler here runs on the server."),
          div(
            { class: "bar" },
            Tally(),
            p({ class: "heard-of" }, "Handlers heard from: ", b(heard), ` of ${HANDLERS}`),
          ),
        ),
      ),
      nav(
        { "aria-label": "Parts" },
        PARTS.map(({ id, title, count }) =>
          a({ key: id, href: `#${id}` }, title, " ", span({ class: "count" }, count))
        ),
      ),
      main(PARTS.map(part)),
      footer(p("No script of its own but a few lines, no assets from elsewhere, no build step.")),
    ];
  }, { name: "Gallery" });
}

/** The options of the application. */
export function galleryOptions(hear?: Hear): AppOptions {
  return {
    page: galleryPage(hear),
    title: "Gallery · Vango",
    head: () => [
      meta({
        name: "description",
        content: "Every event, control, modifier and patch of Vango on one page.",
      }),
      style(CSS),
      script(SCRIPT),
    ],
  };
}
