/**
 * A site with routes for the browser tests: a layout with a video, a menu and a box that scrolls; pages that are long, that wait,
 * that lead elsewhere, and one with something to lose.
 *
 * @module
 */
import { setTimeout as wait } from "node:timers/promises";
import { component, Link, NavLink, redirect, resource, signal, Unsaved, useCtx } from "../../../mod.ts";
import {
  a,
  button,
  div,
  h1,
  h2,
  header,
  input,
  li,
  main,
  nav,
  p,
  span,
  ul,
  video,
} from "../../../vdom/elements.ts";
import type { AppOptions } from "../../../server/app.ts";
import type { LayoutProps, PageProps } from "../../../server/route_table.ts";

/** What the site's pages did. */
export interface SiteRuns {
  /** How often each page was set up, by path. */
  setups: Record<string, number>;
  /** What each load was, in order. */
  loads: string[];
  /** How often the layout was set up. */
  layouts: number;
  /** How long loads take, in milliseconds. */
  wait: number;
}

/** Items that make a list as tall as several windows. */
function rows(count: number, text: string) {
  return ul(
    ...Array.from({ length: count }, (_, i) => li({ id: `row-${i}`, style: "height: 40px" }, `${text} ${i}`)),
  );
}

/** A site, and what it did. */
export function site(more: Partial<AppOptions> = {}): { options: AppOptions; runs: SiteRuns } {
  const runs: SiteRuns = { setups: {}, loads: [], layouts: 0, wait: 0 };
  const page = (name: string, view: () => ReturnType<typeof div>) =>
    component(() => {
      const ctx = useCtx();
      ctx.title(name);
      runs.setups[name] = (runs.setups[name] ?? 0) + 1;
      return view;
    }, { name });

  const Layout = component<LayoutProps>((props) => {
    runs.layouts++;
    return () =>
      div(
        header(
          video({ id: "video", muted: true, width: 40, height: 30 }),
          nav(
            { "aria-label": "Menu" },
            NavLink({ href: "/", id: "home" }, "Home"),
            NavLink({ href: "/long", id: "long", prefetch: "none" }, "Long"),
            a({ href: "/other", id: "other" }, span("Other")),
            a({ href: "/other#row-50", id: "deep" }, "Row 50"),
            a({ href: "/form", id: "form" }, "Form"),
            a({ href: "/slow", id: "slow" }, "Slow"),
            a({ href: "/old", id: "old" }, "Old"),
            a({ href: "/api/data", id: "api" }, "Data"),
            a({ href: "/missing", id: "missing" }, "Missing"),
            ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) =>
              Link({ href: `/items/${n}`, id: `item-${n}` }, `Item ${n}`)
            ),
          ),
          input({ id: "search", "aria-label": "Search" }),
          div(
            { id: "side", "data-scroll": "side", style: "height: 60px; overflow: auto", tabindex: 0 },
            rows(20, "Side"),
          ),
        ),
        main(props.children),
      );
  }, { name: "Layout" });

  const Home = page("Home", () => {
    const count = signal(0);
    return div(
      h1("Home"),
      p({ id: "count" }, count),
      button({ id: "inc", onClick: () => count.value++ }, "+"),
    );
  });
  const Long = page(
    "Long",
    () => div(h1("Long"), a({ href: "#row-80", id: "anchor" }, "Row 80"), rows(100, "Long")),
  );
  const Other = page(
    "Other",
    () => div(h1("Other"), rows(100, "Other"), a({ href: "?page=2", id: "more" }, "More")),
  );
  const Form = component(() => {
    useCtx().title("Form");
    const text = signal("");
    return () =>
      div(
        h1("Form"),
        input({ id: "text", "aria-label": "Text", value: text, onInput: (e) => void (text.value = e.value) }),
        button({ id: "save", onClick: () => void (text.value = "") }, "Save"),
        Unsaved({ when: text.value !== "", message: "Lose it?" }),
      );
  }, { name: "Form" });
  const Item = component<PageProps<"/items/:id:int">>((props) => {
    const id = props.params.id;
    useCtx().title(`Item ${id}`);
    const data = resource(async ({ signal }) => {
      runs.loads.push(String(id));
      await wait(runs.wait, undefined, { signal });
      return `data ${id}`;
    });
    return () => div(h1("Item ", id), p({ id: "data" }, data.value));
  }, { name: "Item" });
  const Slow = component(() => {
    const data = resource(async ({ signal }) => {
      await wait(runs.wait, undefined, { signal });
      return 100;
    });
    return () => div(h1("Slow"), h2("List"), data.value === undefined ? p("…") : rows(data.value, "Slow"));
  }, { name: "Slow" });

  const levels = [{ folder: "", layout: Layout }];
  const guarded = [...levels, { folder: "old", middleware: [() => redirect("/other")] }];
  return {
    runs,
    options: {
      title: "Site",
      routes: {
        pages: [
          { pattern: "/", page: Home, levels },
          { pattern: "/long", page: Long, levels },
          { pattern: "/other", page: Other, levels },
          { pattern: "/form", page: Form, levels },
          { pattern: "/slow", page: Slow, levels },
          { pattern: "/old", page: Home, levels: guarded },
          { pattern: "/items/:id:int", page: Item, levels },
        ],
        apis: [{ pattern: "/api/data", levels, methods: { GET: () => new Response("data") } }],
        notFound: [],
      },
      ...more,
    },
  };
}
