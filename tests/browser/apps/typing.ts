/**
 * Inputs whose handlers have opinions, on a page that changes all the time.
 *
 * @module
 */
import {
  type Component,
  component,
  effect,
  onCleanup,
  onMount,
  signal,
  type WritableSignal,
} from "../../../mod.ts";
import { button, form, input, label, li, main, output, p, textarea, ul } from "../../../vdom/elements.ts";

/** The page, and what a test can do to it from the server's side. */
export interface TypingPage {
  /** The page. */
  page: Component<Record<never, never>>;
  /** The text that the server holds. */
  upper: WritableSignal<string>;
}

/**
 * Makes the page.
 *
 * @param tick Milliseconds between changes around the inputs; 0 for none.
 */
export function typingPage(tick = 0): TypingPage {
  const upper = signal("", { name: "upper" });
  const page = component(() => {
    const digits = signal("", { name: "digits" });
    const marked = signal("", { name: "marked" });
    const free = signal("", { name: "free" });
    const below = signal("", { name: "below" });
    const late = signal("", { name: "late" });
    const agree = signal(false, { name: "agree" });
    const n = signal(0, { transient: true });
    onMount(() => {
      if (tick === 0) return;
      const timer = setInterval(() => n.inc(), tick);
      onCleanup(() => clearInterval(timer));
    });
    effect(() => void upper.value);
    return () =>
      main(
        output({ id: "ticks" }, n.value),
        ul({ id: "list" }, Array.from({ length: n.value % 5 }, (_, i) => li({ key: (n.value + i) % 7 }, i))),
        form(
          { class: n.value % 2 ? "odd" : "even" },
          n.value % 3 === 0 ? p("three") : null,
          label(
            "Upper",
            input({
              id: "upper",
              class: n.value % 2 ? "odd" : "even",
              placeholder: `tick ${n.value}`,
              value: upper.value,
              onInput: (e) => void (upper.value = e.value.toUpperCase()),
            }),
          ),
          label(
            "Digits",
            input({
              id: "digits",
              value: digits.value,
              onInput: (e) => void (/^\d{0,4}$/.test(e.value) && (digits.value = e.value)),
            }),
          ),
          label(
            "Marked",
            input({
              id: "marked",
              value: marked.value,
              onInput: (e) => void (marked.value = `${e.value.replaceAll("!", "")}!`),
            }),
          ),
          label(
            "Late",
            input({
              id: "late",
              value: late,
              onInput: async (e) => {
                await new Promise((resolve) => setTimeout(resolve, 100));
                late.value = e.value.toUpperCase();
              },
            }),
          ),
          p(
            { onInput: (e) => void (/^[a-f]*$/.test(e.value) && (below.value = e.value)) },
            label("Below", input({ id: "below", value: below })),
          ),
          label("Free", textarea({ id: "free", value: free, onInput: (e) => void (free.value = e.value) })),
          label(
            "Agree",
            input({
              id: "agree",
              type: "checkbox",
              checked: agree,
              onChange: (e) => void (agree.value = e.checked),
            }),
          ),
          button({ type: "button", id: "set", onClick: () => void (upper.value = "SET") }, "Set"),
        ),
        p({ id: "held" }, `${upper.value}|${digits.value}|${marked.value}|${free.value}|${agree.value}`),
      );
  }, { name: "TypingPage" });
  return { page, upper };
}
