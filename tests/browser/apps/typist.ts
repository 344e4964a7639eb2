/**
 * A form for a typist: a control for each opinion that a handler can have of what is typed, while the form around them
 * changes ten times a second.
 *
 * @module
 */
import { type Component, component, onCleanup, onMount, signal, type WritableSignal } from "../../../mod.ts";
import { div, form, input, label, li, main, output, p, textarea, ul } from "../../../vdom/elements.ts";

/** What a handler makes of a text that was typed, given the text that it has. */
export type Step = (has: string, typed: string) => string;

const take: Step = (_, typed) => typed;
const upper: Step = (_, typed) => typed.toUpperCase();

/** Milliseconds that the handler of `slow` waits. */
const SLOW = 150;

/** The controls with a handler, by id. */
export const STEPS: Record<string, Step> = {
  echo: take,
  area: take,
  upper,
  // Its handler is that of an element above it.
  above: upper,
  // Its handler waits before it takes the text over.
  slow: upper,
  digits: (_, typed) => typed.replace(/\D/g, ""),
  short: (_, typed) => typed.slice(0, 8),
  trim: (_, typed) => typed.trim(),
  refuse: (has, typed) => /e/.test(typed) ? has : typed,
};

/** Controls without a handler, which are the browser's alone: an input and two contenteditables. */
export const FREE: readonly string[] = ["free", "rich", "moved"];

/** Controls whose place never changes. */
export const STAYING: readonly string[] = ["echo", "area", "free", "rich", "digits", "above"];

/** Controls that change places. */
export const MOVING: readonly string[] = ["upper", "slow", "moved", "short", "trim", "refuse"];

/** The page, and what the server has of it. */
export interface TypistPage {
  /** The page. */
  page: Component<Record<never, never>>;
  /** The server's texts, by the id of their control. */
  texts: Record<string, WritableSignal<string>>;
  /** How many input events the handlers have had. */
  readonly handled: number;
}

/** Makes the page; `tick` is how many milliseconds pass between changes. */
export function typistPage(tick = 100): TypistPage {
  let handled = 0;
  const texts = Object.fromEntries(Object.keys(STEPS).map((id) => [id, signal("", { name: id })]));
  const onInput = (id: string) => {
    const step = ({ value }: { value: string }) => {
      texts[id].value = STEPS[id](texts[id].value, value);
      handled++;
    };
    return id !== "slow" ? step : async (event: { value: string }) => {
      await new Promise((resolve) => setTimeout(resolve, SLOW));
      step(event);
    };
  };
  const page = component(() => {
    const n = signal(0, { transient: true });
    onMount(() => {
      const timer = setInterval(() => n.inc(), tick);
      onCleanup(() => clearInterval(timer));
    });
    const control = (id: string) => {
      const live = { id, class: `t${n.value % 3}`, title: `tick ${n.value}` };
      if (id === "free") return input(live);
      // A contenteditable without content: what is in it is the browser's.
      if (id === "rich" || id === "moved") return div({ ...live, contenteditable: "true" });
      if (id === "area") return textarea({ ...live, value: texts[id], onInput: onInput(id) });
      // Every other one is bound, the rest are read by the view.
      const value = id === "echo" || id === "trim" ? texts[id] : texts[id].value;
      return input(id === "above" ? { ...live, value } : { ...live, value, onInput: onInput(id) });
    };
    return () => {
      // The rows change places now and then, also the one that has the focus.
      const turn = Math.floor(n.value / 8) % MOVING.length;
      const order = [...MOVING.slice(turn), ...MOVING.slice(0, turn)];
      return main(
        output({ id: "ticks" }, n.value),
        form(
          { class: n.value % 2 ? "odd" : "even" },
          ul(Array.from({ length: n.value % 4 }, (_, i) => li({ key: (n.value + i) % 5 }, i))),
          STAYING.map((
            id,
            i,
          ) => [
            (n.value + i) % 5 === 0 ? p("now and then") : null,
            label(id === "above" ? { onInput: onInput(id) } : {}, id, control(id)),
          ]),
          div(order.map((id) => label({ key: id }, id, control(id)))),
        ),
      );
    };
  }, { name: "TypistPage" });
  return {
    page,
    texts,
    get handled() {
      return handled;
    },
  };
}
