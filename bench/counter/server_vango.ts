/**
 * The counter of examples/counter, with the limits that hold single addresses and sessions back raised.
 *
 * @module
 */
import { component, createApp, signal } from "@vango/core";
import { button, div, h1 } from "@vango/core/elements";
import { listen } from "./control.ts";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

const app = createApp({
  page: Counter,
  title: "Counter",
  secret: "a secret of benches, thirty-two characters and more",
  limits: {
    maxSessions: 100_000,
    maxSessionsPerAddress: 100_000,
    socketsPerAddress: 100_000,
    eventsPerSecond: 1_000_000,
    eventBurst: 1_000_000,
  },
});
listen(app.fetch);
