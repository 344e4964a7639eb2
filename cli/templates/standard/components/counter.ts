import { component, signal, type WritableSignal } from "@vango/core";
import { button, div, output } from "@vango/core/elements";

/** What a counter takes. */
export interface CounterProps {
  /** What it counts, for who cannot see where it stands. */
  label: string;
  /** The number, when it is someone else's; else the counter has its own. */
  count?: WritableSignal<number>;
}

/** A number, and buttons to change it. */
export const Counter = component<CounterProps>((props) => {
  const own = signal(0, { name: "count" });
  return () => {
    const count = props.count ?? own;
    return div(
      { class: "counter", role: "group", "aria-label": props.label },
      button(
        { class: "button quiet", "aria-label": "One less", onClick: () => count.value-- },
        "−",
      ),
      output(count),
      button({ class: "button", "aria-label": "One more", onClick: () => count.value++ }, "+"),
    );
  };
});
