/**
 * The application of the tests of `vango dev`.
 *
 * @module
 */

/** Its files. Everything that an edit is tried on is in a file of its own. */
export const FILES: Readonly<Record<string, string>> = {
  "main.ts": `
import { createApp } from "@vango/core";
import { routes } from "./routes.gen.ts";

export const app = createApp({ routes, static: "public", title: "Dev", head: () => [] });
if (import.meta.main) app.serve();
`,
  "store.ts": `
import { signal } from "@vango/core";

/** Stands for an open database: made once per process. */
export const database = { opened: Math.random().toString(36).slice(2) };
export const visits = signal(100);
`,
  "lib/greet.ts": `
export const greet = (name: string): string => \`Hello \${name}\`;
`,
  "components/counter.ts": `
import { component, signal } from "@vango/core";
import { button, div, p } from "@vango/core/elements";
import { visits } from "../store.ts";

export const Counter = component(() => {
  const count = signal(0);
  return () =>
    div(
      { id: "counter" },
      p({ id: "count" }, "Count: ", count),
      p({ id: "visits" }, "Visits: ", visits),
      button({ id: "inc", onClick: () => count.inc() }, "plus"),
      button({ id: "visit", onClick: () => visits.inc() }, "visit"),
    );
});
`,
  // With a comment in front of its imports, as Deno puts them behind it in one line.
  "routes/_layout.tsx": `/**
 * The layout.
 *
 * @module
 */
import { component, type LayoutProps, signal } from "@vango/core";
import { database } from "../store.ts";

export default component<LayoutProps>((props) => {
  const menu = signal(false);
  return () => (
    <div id="layout">
      <header id="header">
        <b id="db">{database.opened}</b> <button id="menu" onClick={() => menu.toggle()}>menu {menu.value ? "open" : "shut"}</button>
      </header>
      <nav><a id="home" href="/">home</a> <a id="about-link" href="/about">about</a></nav>
      <main id="main">{props.children}</main>
    </div>
  );
});
`,
  "routes/index.tsx": `
import { component, signal } from "@vango/core";
import { Counter } from "../components/counter.ts";
import { greet } from "../lib/greet.ts";

export default component(() => {
  const name = signal("Ada");
  return () => (
    <section id="page">
      <h1 id="title">{greet(name.value)}</h1>
      <input id="name" aria-label="Name" value={name} onInput={(e) => name.set(e.value)} />
      <Counter />
    </section>
  );
});
`,
  "routes/about.ts": `
import { component } from "@vango/core";
import { h1 } from "@vango/core/elements";

export default component(() => () => h1({ id: "about" }, "About"));
`,
  "routes/_404.ts": `
import { component } from "@vango/core";
import { h1 } from "@vango/core/elements";

export default component(() => () => h1({ id: "lost" }, "Nothing here"));
`,
  "routes/api/time.ts": `
export const GET = () => ({ version: 1 });
`,
  "public/app.css": "#title { color: rgb(1, 2, 3) }\n",
};
