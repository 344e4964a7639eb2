/**
 * The application. `deno task dev` starts it, and follows every change.
 */
import { asset, createApp, integrity } from "@vango/core";
import { link, meta } from "@vango/core/elements";
import { routes } from "./routes.gen.ts";

/** The application; tests mount it without a server. */
export const app = createApp({
  routes,
  static: "public",
  title: "{{title}}",
  head: () => [
    meta({ name: "color-scheme", content: "light dark" }),
    link({ rel: "icon", href: asset("/favicon.svg"), type: "image/svg+xml" }),
    link({ rel: "stylesheet", href: asset("/styles.css"), integrity: integrity("/styles.css") }),
  ],
});

if (import.meta.main) app.serve();
