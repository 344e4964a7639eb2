/**
 * The counter: the smallest live page. `deno task demo` starts it.
 *
 * @module
 */
import { component, createApp, signal } from "@vango/core";
import { button, div, h1, style } from "@vango/core/elements";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

const look = style(`
  :root { color-scheme: light dark; font: 1.25rem system-ui, sans-serif }
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; text-align: center }
  h1 { margin: 0 0 1.5rem; font-size: 4rem; font-variant-numeric: tabular-nums }
  button { padding: 0.2em 1.6em; border: 0; border-radius: 0.4em; font-size: 2rem; color: white; background: #4f46e5 }
`);

createApp({ page: Counter, title: "Counter", head: () => [look] }).serve();
