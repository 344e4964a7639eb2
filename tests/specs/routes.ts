/**
 * Specs: from page to page over the socket, and back.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, Link, redirect, resource, signal, Unsaved, useCtx } from "../../mod.ts";
import type { LayoutProps, PageProps, PageRoute, RouteLevel, RouteTable } from "../../server/route_table.ts";
import type { Page } from "../../testing/mod.ts";
import { a, button, form, h1, input, label, li, main, nav, p, ul } from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

/** A layout with state, a control that the server knows, and one that it does not. */
const Shell = component<LayoutProps>((props) => {
  const count = signal(0, { name: "count" });
  const search = signal("", { name: "search" });
  return () => [
    nav(
      ["/", "/list", "/items/1", "/items/2", "/private", "/nowhere", "/api/time"].map((href) =>
        a({ key: href, href }, href)
      ),
      button({ id: "count", onClick: () => count.inc() }, count),
      label("Search ", input({ value: search, onInput: (e) => void (search.value = e.value) })),
      label("Note ", input({ name: "note" })),
      p({ id: "search" }, search),
    ),
    main(props.children),
  ];
}, { name: "Shell" });

const Home = component(() => {
  useCtx().title("Home");
  return () => h1("Home");
}, { name: "Home" });

const Item = component<PageProps<"/items/:id:int">>((props) => {
  const stars = signal(0, { name: "stars" });
  useCtx().title(`Item ${props.params.id}`);
  return () => [
    h1(`Item ${props.params.id}`),
    button({ id: "stars", onClick: () => stars.inc() }, stars),
    a({ href: "/items/1#more" }, "more"),
  ];
}, { name: "Item" });

const List = component(() => {
  const ctx = useCtx();
  const chosen = signal(0, { name: "chosen" });
  return () => [
    h1("List by ", ctx.url.searchParams.get("by") ?? "name"),
    button({ id: "chosen", onClick: () => chosen.inc() }, chosen),
    a({ href: "?by=size" }, "by size"),
    a({ href: "?by=age" }, "by age"),
  ];
}, { name: "List" });

const Login = component(() => () => h1("Log in"), { name: "Login" });
const Lost = component(() => () => h1("Not here"), { name: "Lost" });

const OPEN: RouteLevel[] = [{ folder: "", layout: Shell }];
const GUARDED: RouteLevel[] = [...OPEN, { folder: "private", middleware: [() => redirect("/login")] }];

/** Routes of those pages, and of more. */
export function site(more: Readonly<Record<string, PageRoute["page"]>> = {}): { routes: RouteTable } {
  const levels = OPEN;
  return {
    routes: {
      pages: [
        { pattern: "/", page: Home, levels },
        { pattern: "/list", page: List, levels },
        { pattern: "/items/:id:int", page: Item, levels },
        { pattern: "/login", page: Login, levels },
        { pattern: "/private", page: Home, levels: GUARDED },
        ...Object.entries(more).map(([pattern, page]) => ({ pattern, page, levels })),
      ],
      apis: [{ pattern: "/api/time", methods: { GET: () => new Response("noon") }, levels: [] }],
      notFound: [{ pattern: "/", page: Lost, levels }],
    },
  };
}

/** Clicks a link. */
export const go = (page: Page, name: string) => page.getByRole("link", { name }).click();

/** Where the page is, and what it shows. */
export const at = (page: Page) =>
  `${page.url.pathname}${page.url.search}${page.url.hash}: ${page.get("h1").text()}`;

const layouts: Spec = {
  name: "a layout keeps its state, its nodes and what was typed in them while its pages change",
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await page.getByLabel("Note").fill("mine");
      await go(page, "/items/1");
      assertEquals([at(page), page.title], ["/items/1: Item 1", "Item 1"]);
      await page.get("#stars").click();
      await page.get("#count").click();
      await go(page, "/items/2");
      assertEquals([at(page), page.title, page.get("#stars").text()], ["/items/2: Item 2", "Item 2", "0"]);
      assertEquals([page.get("#count").text(), page.getByLabel("Note").value], ["2", "mine"]);
      assertEquals([page.traffic.resyncs, page.connected], [0, true]);
      // What is loaded begins anew.
      await page.reload();
      assertEquals([at(page), page.get("#count").text()], ["/items/2: Item 2", "0"]);
    },
  }),
};

const ways: Spec = {
  name: "back and forward go through the pages, live or loaded, and nowhere else",
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await go(page, "/items/1");
      await go(page, "/items/2");
      await page.back();
      assertEquals([at(page), page.title], ["/items/1: Item 1", "Item 1"]);
      await page.back();
      assertEquals([at(page), page.title, page.get("#count").text()], ["/: Home", "Home", "1"]);
      await assertRejects(() => page.back(), Error, "Cannot go back: there is no page there");
      await page.forward();
      await page.forward();
      assertEquals([at(page), page.get("#count").text()], ["/items/2: Item 2", "1"]);
      await assertRejects(() => page.forward(), Error, "Cannot go forward: there is no page there");
      await page.back();
      await go(page, "/list");
      await assertRejects(() => page.forward(), Error, "Cannot go forward");
      // Another document, and back from it.
      await page.visit("/items/2");
      assertEquals([at(page), page.get("#count").text()], ["/items/2: Item 2", "0"]);
      await page.back();
      assertEquals([at(page), page.get("#count").text(), page.connected], ["/list: List by name", "0", true]);
      await page.back();
      assertEquals(at(page), "/items/1: Item 1");
      await page.get("#stars").click();
      assertEquals(page.get("#stars").text(), "1");
    },
  }),
};

const queries: Spec = {
  name: "another query is the same page: it keeps its state, and the way back knows each",
  make: () => ({
    what: site(),
    options: { url: "/list" },
    async run(page) {
      await page.get("#chosen").click();
      await go(page, "by size");
      await page.get("#chosen").click();
      await go(page, "by age");
      assertEquals([at(page), page.get("#chosen").text()], ["/list?by=age: List by age", "2"]);
      await page.back();
      assertEquals([at(page), page.get("#chosen").text()], ["/list?by=size: List by size", "2"]);
      await page.back();
      assertEquals([at(page), page.get("#chosen").text()], ["/list: List by name", "2"]);
      await page.forward();
      await page.get("#chosen").click();
      assertEquals([at(page), page.get("#chosen").text()], ["/list?by=size: List by size", "3"]);
    },
  }),
};

const places: Spec = {
  name: "a place in the page is the browser's to show: nothing is sent, and it is in the history",
  make: () => ({
    what: site(),
    options: { url: "/items/1" },
    async run(page) {
      await page.get("#stars").click();
      const { frames } = page.traffic;
      await go(page, "more");
      assertEquals([at(page), page.traffic.frames], ["/items/1#more: Item 1", frames]);
      await go(page, "/items/2");
      await page.back();
      assertEquals(at(page), "/items/1#more: Item 1");
      const before = page.traffic.frames;
      await page.back();
      assertEquals([at(page), page.traffic.frames], ["/items/1: Item 1", before]);
    },
  }),
};

const guards: Spec = {
  name: "a guard leads elsewhere, live and loaded, and the way back does not know the page that was kept",
  make: () => ({
    what: site(),
    async run(page) {
      await go(page, "/private");
      assertEquals([at(page), page.get("#count").text()], ["/login: Log in", "0"]);
      await page.back();
      assertEquals(at(page), "/: Home");
      await page.visit("/private");
      assertEquals(at(page), "/login: Log in");
    },
  }),
};

const lost: Spec = {
  name:
    "what has no page is shown so in the layout; what is no page at all is loaded, and one comes back from it",
  says: /^error: Failed to load resource: the server responded with a status of 404/,
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await go(page, "/nowhere");
      assertEquals([at(page), page.get("#count").text()], ["/nowhere: Not here", "1"]);
      await go(page, "/api/time");
      assertEquals([page.url.pathname, page.text(), page.connected], ["/api/time", "noon", false]);
      await page.back();
      assertEquals([at(page), page.get("#count").text()], ["/nowhere: Not here", "0"]);
      await go(page, "/items/1");
      assertEquals(at(page), "/items/1: Item 1");
    },
  }),
};

const unsaved: Spec = {
  name: "who leaves unsaved changes is asked, by a link and on the way back",
  make: () => ({
    what: site({
      "/edit": component(() => {
        const text = signal("", { name: "text" });
        return () => [
          h1("Edit"),
          label("Text ", input({ value: text, onInput: (e) => void (text.value = e.value) })),
          Unsaved({ when: text.value !== "", message: "Lose it?" }),
          a({ href: "/edit" }, "edit"),
        ];
      }, { name: "Edit" }),
    }),
    async run(page) {
      await go(page, "/items/1");
      await page.visit("/");
      await go(page, "/items/2");
      await page.visit("/edit");
      // Nothing to lose yet.
      await go(page, "/items/1");
      await page.back();
      assertEquals([at(page), page.asked], ["/edit: Edit", []]);
      await page.getByLabel("Text").type("words");
      page.onConfirm = () => false;
      await go(page, "/items/2");
      await page.forward();
      assertEquals([at(page), page.asked], ["/edit: Edit", ["Lose it?", "Lose it?"]]);
      assertEquals(page.getByLabel("Text").value, "words");
      page.onConfirm = () => true;
      await page.forward();
      assertEquals([at(page), page.asked.length], ["/items/1: Item 1", 3]);
    },
  }),
};

const forms: Spec = {
  name: "forms, handlers and resources of a page that came live work as those of one that was loaded",
  make: () => ({
    what: site({
      "/todos": component(() => {
        const todos = signal<string[]>([], { name: "todos" });
        const data = resource(() => new Promise<string>((resolve) => setTimeout(resolve, 20, "loaded")));
        const ctx = useCtx();
        const add = (text: string) => {
          if (text === "done") ctx.navigate("/items/2");
          else todos.push(text);
        };
        return () => [
          h1("Todos ", data.value ?? "…"),
          form(
            { onSubmit: (e) => add(e.get("text")) },
            label("Text ", input({ name: "text" })),
            button("Add"),
          ),
          ul(todos.value.map((text) => li({ key: text }, text))),
        ];
      }, { name: "Todos" }),
      "/go": component(() => () => a({ href: "/todos" }, "todos"), { name: "Go" }),
    }),
    options: { url: "/go" },
    async run(page) {
      await go(page, "todos");
      await page.settled();
      assertEquals(at(page), "/todos: Todos loaded");
      await page.getByLabel("Text").fill("one");
      await page.getByLabel("Text").press("Enter");
      await page.get("form").submit({ text: "two" });
      assertEquals(page.getAll("li").map((item) => item.text()), ["one", "two"]);
      // A page that is left by its own handler.
      await page.get("form").submit({ text: "done" });
      assertEquals([at(page), page.traffic.resyncs], ["/items/2: Item 2", 0]);
      await page.back();
      await page.settled();
      assertEquals([at(page), page.queryByRole("listitem")], ["/todos: Todos loaded", null]);
    },
  }),
};

const ahead: Spec = {
  name: "the page of a link that is pointed at is loaded ahead, and once",
  make: () => {
    let loads = 0;
    const Data = component(() => {
      const data = resource(() => Promise.resolve(++loads), { name: "data" });
      return () => h1(`Load ${data.value}`);
    }, { name: "Data" });
    return {
      what: site({
        "/data": Data,
        "/start": component(() => () => [h1("Start"), Link({ href: "/data?x=1" }, "data")]),
      }),
      options: { url: "/start" },
      async run(page) {
        await page.getByRole("link", { name: "data" }).hover();
        await page.clock.advance(200);
        await page.settled();
        assertEquals([loads, at(page)], [1, "/start: Start"]);
        await go(page, "data");
        assertEquals([loads, at(page)], [1, "/data?x=1: Load 1"]);
        await page.back();
        await go(page, "data");
        assertEquals(at(page), `/data?x=1: Load ${loads}`);
      },
    };
  },
};

/** The specs of this file. */
export const routes: readonly Spec[] = [layouts, ways, queries, places, guards, lost, unsaved, forms, ahead];
