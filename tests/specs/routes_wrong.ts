/**
 * Specs: going from page to page while the network is bad, another process takes over, or something fails.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, signal, useCtx } from "../../mod.ts";
import { button, form, h1, input, p } from "../../vdom/elements.ts";
import { SOCKETS } from "./networks.ts";
import { at, go, site } from "./routes.ts";
import type { Spec } from "./spec.ts";

const typing: Spec = {
  name: "what is typed in a layout while a page is on its way stays, and so do where and how",
  make: () => ({
    what: site(),
    async run(page) {
      page.network.delay({ up: 60, down: 60 });
      await go(page, "/items/1");
      await page.getByLabel("Search").type("slow");
      await page.getByLabel("Note").type("mine");
      await page.clock.advance(500);
      assertEquals(at(page), "/items/1: Item 1");
      assertEquals([page.getByLabel("Search").value, page.get("#search").text()], ["slow", "slow"]);
      assertEquals([page.getByLabel("Note").value, page.getByLabel("Note").focused], ["mine", true]);
      await page.network.reset();
      assertEquals(page.traffic.resyncs, 0);
    },
  }),
};

const latest: Spec = {
  name: "of two links the later one counts, and the history has no other",
  make: () => ({
    what: site(),
    async run(page) {
      page.network.hold("up");
      await go(page, "/items/1");
      await go(page, "/items/2");
      assertEquals([page.url.pathname, page.get("h1").text()], ["/", "Home"]);
      await page.network.release();
      assertEquals(at(page), "/items/2: Item 2");
      page.network.hold("down");
      await go(page, "/list");
      await go(page, "/items/1");
      await page.network.release();
      assertEquals(at(page), "/items/1: Item 1");
      await page.back();
      assertEquals(at(page), "/items/2: Item 2");
      await page.back();
      assertEquals(at(page), "/: Home");
    },
  }),
};

const cuts: Spec = {
  name: "a page that came live survives a cut, on its way too, and links lead further",
  says: SOCKETS,
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await go(page, "/items/1");
      await page.get("#stars").click();
      await page.network.cut();
      await page.clock.advance(1000);
      await page.get("#stars").click();
      assertEquals([at(page), page.get("#stars").text(), page.get("#count").text()], [
        "/items/1: Item 1",
        "2",
        "1",
      ]);
      // The answer is lost with its connection.
      page.network.hold("down");
      await go(page, "/items/2");
      await page.network.cut();
      await page.network.reset();
      await page.clock.advance(1000);
      assertEquals([at(page), page.get("#count").text()], ["/items/2: Item 2", "1"]);
      await page.back();
      assertEquals([at(page), page.get("#count").text(), page.traffic.resyncs], ["/items/1: Item 1", "1", 0]);
    },
  }),
};

const offline: Spec = {
  name: "without a connection links are links",
  says: SOCKETS,
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await page.disconnect();
      await go(page, "/items/1");
      assertEquals([at(page), page.get("#count").text(), page.connected], ["/items/1: Item 1", "0", false]);
      await page.reconnect();
      await page.get("#stars").click();
      await go(page, "/items/2");
      assertEquals([at(page), page.connected], ["/items/2: Item 2", true]);
      await page.disconnect();
      await page.back();
      assertEquals([at(page), page.connected], ["/items/1: Item 1", false]);
    },
  }),
};

const restarts: Spec = {
  name: "another process has the page where the browser is, and its state and that of the layout",
  says: SOCKETS,
  make: () => ({
    what: site(),
    async run(page) {
      await page.get("#count").click();
      await go(page, "/items/1");
      await page.get("#stars").click();
      await page.restart();
      const seen = () => [at(page), page.title, page.get("#count").text(), page.get("#stars").text()];
      assertEquals(seen(), ["/items/1: Item 1", "Item 1", "1", "1"]);
      await go(page, "/items/2");
      await page.get("#stars").click();
      await page.get("#stars").click();
      await page.clock.advance(1000);
      await page.restart({ crash: true });
      assertEquals(seen(), ["/items/2: Item 2", "Item 2", "1", "2"]);
      assertEquals(page.traffic.resyncs, 0);
      // At another place than that of the newest snapshot.
      await go(page, "/items/1");
      await page.restart({ crash: true });
      assertEquals(seen(), ["/items/1: Item 1", "Item 1", "1", "0"]);
      await page.get("#stars").click();
      await page.back();
      assertEquals(seen(), ["/items/2: Item 2", "Item 2", "1", "0"]);
    },
  }),
};

const noscript: Spec = {
  name: "without JavaScript a deep page posts its forms, keeps its state, and links and redirects lead on",
  make: () => ({
    options: { javascript: false, url: "/deep/7?x=1" },
    what: site({
      "/deep/:id": component<{ params: { id: string } }>((props) => {
        const ctx = useCtx();
        const said = signal<string[]>([], { name: "said" });
        const say = (text: string) => text === "away" ? ctx.navigate("/items/1") : said.push(text);
        return () => [
          h1(`Deep ${props.params.id}${ctx.url.search}`),
          form({ onSubmit: (e) => void say(e.get("text")) }, input({ name: "text" }), button("Say")),
          p({ id: "said" }, said.value.join(",")),
        ];
      }, { name: "Deep" }),
    }),
    async run(page) {
      await page.get("#count").click();
      await page.get("form").submit({ text: "one" });
      await page.get("form").submit({ text: "two" });
      assertEquals([at(page), page.get("#said").text()], ["/deep/7?x=1: Deep 7?x=1", "one,two"]);
      assertEquals([page.get("#count").text(), page.traffic.frames], ["1", 0]);
      await page.get("form").submit({ text: "away" });
      assertEquals(at(page), "/items/1: Item 1");
      await go(page, "/items/2");
      await page.back();
      assertEquals([at(page), page.connected], ["/items/1: Item 1", false]);
    },
  }),
};

const failures: Spec = {
  name: "a navigation that fails is a load, and an error page of it too",
  says: /^error: (no way$|Failed to load resource: the server responded with a status of 500)/,
  make: () => ({
    what: site(),
    options: {
      throwErrors: false,
      app: {
        middleware: [(ctx, next) => {
          if (ctx.url.pathname === "/items/1") throw new Error("no way");
          return next();
        }],
      },
    },
    async run(page) {
      await go(page, "/items/1");
      assertEquals([page.url.pathname, page.text()], ["/items/1", "Internal server error"]);
      assertEquals(page.errors.map(String), ["Error: no way", "Error: no way"]);
      await page.back();
      await go(page, "/items/2");
      assertEquals(at(page), "/items/2: Item 2");
    },
  }),
};

const redirects: Spec = {
  name: "handlers and setups lead on, with no event of the browser's",
  make: () => ({
    what: site({
      "/start": component(() => {
        const ctx = useCtx();
        const lead = (to: string, replace = false) => () => ctx.navigate(to, { replace });
        return () => [
          h1("Start"),
          button({ onClick: lead("/items/1") }, "push"),
          button({ onClick: lead("/items/2", true) }, "replace"),
          button({ onClick: lead("/api/time") }, "load"),
          button({ onClick: lead("/moved") }, "moved"),
        ];
      }, { name: "Start" }),
      "/moved": component(() => {
        useCtx().navigate("/list?by=way");
        return () => h1("Moved");
      }, { name: "Moved" }),
    }),
    async run(page) {
      await go(page, "/list");
      await page.visit("/start");
      const press = (name: string) => page.getByRole("button", { name }).click();
      await press("push");
      assertEquals(at(page), "/items/1: Item 1");
      await page.back();
      await press("moved");
      assertEquals(at(page), "/list?by=way: List by way");
      // What led on was never there.
      await page.back();
      assertEquals(at(page), "/start: Start");
      await press("load");
      assertEquals([page.url.pathname, page.text()], ["/api/time", "noon"]);
      await page.back();
      await press("replace");
      assertEquals(at(page), "/items/2: Item 2");
      await page.get("#stars").click();
      assertEquals([page.get("#stars").text(), page.errors], ["1", []]);
    },
  }),
};

/** The specs of this file. */
export const routesWrong: readonly Spec[] = [
  typing,
  latest,
  cuts,
  offline,
  restarts,
  noscript,
  failures,
  redirects,
];
