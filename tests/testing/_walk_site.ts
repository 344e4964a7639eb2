/**
 * An application with a page of each kind: nested layouts, resources, guards that wait, errors, redirects, lists.
 *
 * @module
 */
import { component, HttpError, Link, redirect, resource, signal, useCtx } from "../../mod.ts";
import type {
  ErrorPageProps,
  LayoutProps,
  PageProps,
  RouteLevel,
  RouteTable,
} from "../../server/route_table.ts";
import { a, button, div, h1, input, label, li, main, nav, p, section, ul } from "../../vdom/elements.ts";

/** What each path shows. */
export const SHOWN: Readonly<Record<string, string>> = {
  "/": "Home",
  "/list": "List by name",
  "/items/1": "Item 1",
  "/items/2": "Item 2",
  "/private": "Private",
  "/kept": "Log in",
  "/login": "Log in",
  "/leads": "Item 2",
  "/slow": "Slow data",
  "/deep/a": "Deep a",
  "/deep/b": "Deep b",
  "/broken": "Oops",
  "/nowhere": "Not here",
};

/** The links that every page has. */
export const LINKS: readonly string[] = Object.keys(SHOWN).filter((path) => path !== "/login");

const Shell = component<LayoutProps>((props) => {
  const count = signal(0, { name: "count" });
  const search = signal("", { name: "search" });
  return () => [
    nav(LINKS.map((href) => Link({ key: href, href }, href))),
    button({ id: "count", onClick: () => count.inc() }, count),
    label("Search ", input({ value: search, onInput: (e) => void (search.value = e.value) })),
    p({ id: "search" }, search),
    main(props.children),
    count.value % 2 === 1 ? p("odd") : null,
  ];
}, { name: "Shell" });

const Deep = component<LayoutProps>((props) => {
  const inner = signal(0, { name: "inner" });
  return () => section(button({ id: "inner", onClick: () => inner.inc() }, inner), props.children);
}, { name: "Deep" });

const Oops = component<ErrorPageProps>((props) => () => [
  h1("Oops"),
  button({ id: "again", onClick: props.reset }, props.status),
]);

const List = component(() => {
  const ctx = useCtx();
  const rows = signal([1, 2, 3], { name: "rows" });
  const turn = () => void (rows.value = [...rows.value.slice(1), rows.value[0]]);
  return () => [
    h1("List by ", ctx.url.searchParams.get("by") ?? "name"),
    button({ id: "turn", onClick: turn }, "turn"),
    ul(rows.value.map((row) => li({ key: row }, button({ onClick: turn }, row)))),
    a({ href: "?by=size" }, "by size"),
  ];
}, { name: "List" });

const Item = component<PageProps<"/items/:id:int">>((props) => {
  const stars = signal(0, { name: "stars" });
  useCtx().title(`Item ${props.params.id}`);
  return () => [h1(`Item ${props.params.id}`), button({ id: "stars", onClick: () => stars.inc() }, stars)];
}, { name: "Item" });

const Slow = component(() => {
  const data = resource(async () => {
    await new Promise<void>((resolve) => void setTimeout(resolve, 4));
    return "data";
  }, { name: "data" });
  return () => [
    h1("Slow ", data.value ?? "…"),
    data.value === undefined ? p("waits") : div(button({ onClick: () => void data.refetch() }, "again")),
  ];
}, { name: "Slow" });

const text = (shown: string) => component(() => () => h1(shown), { name: shown });

/** The routes. */
export function walkSite(): { routes: RouteTable } {
  const levels: RouteLevel[] = [{ folder: "", layout: Shell, error: Oops }];
  const waits = async (_ctx: unknown, next: () => Promise<unknown>) => {
    await new Promise<void>((resolve) => void setImmediate(resolve));
    return await next();
  };
  const deep = [...levels, { folder: "deep", layout: Deep, middleware: [waits] }];
  return {
    routes: {
      pages: [
        { pattern: "/", page: text("Home"), levels },
        { pattern: "/list", page: List, levels },
        { pattern: "/items/:id:int", page: Item, levels },
        {
          pattern: "/private",
          page: text("Private"),
          levels: [...levels, { folder: "private", middleware: [waits] }],
        },
        {
          pattern: "/kept",
          page: text("Kept"),
          levels: [...levels, { folder: "kept", middleware: [() => redirect("/login")] }],
        },
        { pattern: "/login", page: text("Log in"), levels },
        {
          pattern: "/leads",
          page: component(() => {
            useCtx().navigate("/items/2");
            return () => h1("Leads");
          }),
          levels,
        },
        { pattern: "/slow", page: Slow, levels },
        {
          pattern: "/deep/:name",
          page: component<PageProps<"/deep/:name">>((props) => () => h1(`Deep ${props.params.name}`)),
          levels: deep,
        },
        {
          pattern: "/broken",
          page: component(() => {
            throw new HttpError(418, "No coffee");
          }),
          levels,
        },
      ],
      apis: [],
      notFound: [{ pattern: "/", page: text("Not here"), levels }],
    },
  };
}
