/**
 * The counter: the smallest live page. `deno task demo` starts it.
 *
 * @module
 */
import { component, createApp, signal } from "@vango/core";
import { button, div, h1 } from "@vango/core/elements";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

createApp({ page: Counter, title: "Counter" }).serve();
