/**
 * Pages of an application with routes, and a connection to one.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, useCtx } from "../../mod.ts";
import type { LayoutProps, PageProps, RouteTable } from "../../server/route_table.ts";
import { NAVIGATE_EVENT } from "../../vdom/event_table.ts";
import { div, h1, main, nav } from "../../vdom/elements.ts";
import type { TestApp } from "./app.ts";
import { getPage, type Page, RawClient } from "./raw_client.ts";

/** A page with its connection. */
export interface Live extends AsyncDisposable {
  page: Page;
  client: RawClient;
  go(path: string, replace?: boolean): void;
}

/** Opens a page. */
export async function openPage(server: TestApp, path = "/"): Promise<Live> {
  const page = await getPage(server.origin, "", path);
  const client = new RawClient(server.origin, page);
  assert(await client.opened);
  client.hello(page, { path });
  assertEquals((await client.next()).kind, "hello");
  return {
    page,
    client,
    go: (to, replace = false) => client.event(NAVIGATE_EVENT, 0, { path: to, replace }),
    [Symbol.asyncDispose]: async () => void await client.close(),
  };
}

/** The page at "/". */
export const Home = component(() => () => h1("Home"), { name: "Home" });
/** A page with a title. */
export const About = component(() => {
  useCtx().title("About us");
  return () => h1("About");
}, { name: "About" });
/** A page with a param. */
export const Item = component<PageProps<"/items/:id:int">>((props) => () => h1("Item ", props.params.id), {
  name: "Item",
});

/** A table with one layout around everything. */
export function table(more: Partial<RouteTable> = {}, layout = Layout): RouteTable {
  const levels = [{ folder: "", layout }];
  return {
    pages: [
      { pattern: "/", page: Home, levels },
      { pattern: "/about", page: About, levels },
      { pattern: "/items/:id:int", page: Item, levels },
    ],
    apis: [],
    notFound: [],
    ...more,
  };
}

/** Around every page. */
export const Layout = component<LayoutProps>((props) => () => div(nav("Menu"), main(props.children)), {
  name: "Layout",
});
