/**
 * The counter, with a count of its setups and of its loads.
 *
 * @module
 */
import { type Component, component, resource, signal } from "../../../mod.ts";
import { button, h1, main, p } from "../../../vdom/elements.ts";

/** What has run so far. */
export interface Runs {
  /** Setups of the page. */
  setups: number;
  /** Calls of its resource. */
  loads: number;
}

/** Makes the page, and what counts its runs. */
export function counterPage(): { page: Component<Record<never, never>>; runs: Runs } {
  const runs: Runs = { setups: 0, loads: 0 };
  const page = component(() => {
    runs.setups++;
    const count = signal(0, { name: "count" });
    const greeting = resource(async () => {
      runs.loads++;
      await Promise.resolve();
      return "Hello";
    });
    return () =>
      main(
        h1("Count: ", count),
        button({ id: "inc", onClick: () => count.inc() }, "+"),
        button({ id: "dec", onClick: () => count.dec() }, "−"),
        p({ id: "greeting" }, greeting.value),
      );
  }, { name: "Counter" });
  return { page, runs };
}
