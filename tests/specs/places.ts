/**
 * Specs: links, forms that a browser sends itself, and JavaScript that is off.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, signal, useCtx } from "../../mod.ts";
import { a, button, div, form, input, li, p, ul } from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

const links: Spec = {
  name: "links, forms without a handler and navigate() lead to a page that is alive",
  make: () => ({
    what: component(() => {
      const ctx = useCtx();
      const { url } = ctx;
      ctx.title(`Tab ${url.searchParams.get("tab")}`);
      const count = signal(0, { name: "count" });
      return () =>
        div(
          p(`tab ${url.searchParams.get("tab") ?? "none"}, count ${count.value}`),
          a({ href: "/?tab=two" }, "Two"),
          form(input({ name: "tab" }), button("Go")),
          button({ onClick: () => count.inc() }, "+"),
          button({ onClick: () => ctx.navigate("/?tab=five") }, "Five"),
        );
    }),
    async run(page) {
      const plus = () => page.getByRole("button", { name: "+" }).click();
      await plus();
      assertEquals([page.get("p").text(), page.url.search], ["tab none, count 1", ""]);
      await page.getByRole("link", { name: "Two" }).click();
      assertEquals([page.get("p").text(), page.url.search, page.connected], [
        "tab two, count 0",
        "?tab=two",
        true,
      ]);
      await plus();
      assertEquals(page.get("p").text(), "tab two, count 1");
      await page.get("[name=tab]").fill("three");
      await page.getByRole("button", { name: "Go" }).click();
      await plus();
      assertEquals([page.get("p").text(), page.url.search], ["tab three, count 1", "?tab=three"]);
      await page.visit("/?tab=four");
      await plus();
      assertEquals([page.get("p").text(), page.traffic], ["tab four, count 1", { frames: 1, resyncs: 0 }]);
      await page.reload();
      assertEquals([page.get("p").text(), page.traffic.frames], ["tab four, count 0", 0]);
      await page.getByRole("button", { name: "Five" }).click();
      assertEquals([page.get("p").text(), page.title], ["tab five, count 0", "Tab five"]);
      await plus();
      assertEquals(page.get("p").text(), "tab five, count 1");
    },
  }),
};

const noscript: Spec = {
  name: "without JavaScript forms and buttons post, and the state travels with them",
  make: () => ({
    options: { javascript: false },
    what: component(() => {
      const todos = signal<string[]>([], { name: "todos" });
      return () =>
        div(
          form({ onSubmit: (e) => todos.push(e.get("text")) }, input({ name: "text" }), button("Add")),
          button({ onClick: () => void (todos.value = []) }, "Clear"),
          ul(todos.value.map((text) => li({ key: text }, text))),
        );
    }),
    async run(page) {
      await page.get("form").submit({ text: "one" });
      assertEquals([page.get("ul").text(), page.connected], ["one", false]);
      await page.get("[name=text]").fill("two");
      await page.getByRole("button", { name: "Add" }).click();
      assertEquals(page.getAll("li").map((item) => item.text()), ["one", "two"]);
      await page.getByRole("button", { name: "Clear" }).click();
      assertEquals([page.queryByRole("listitem"), page.traffic.frames], [null, 0]);
    },
  }),
};

/** The specs of this file. */
export const places: readonly Spec[] = [links, noscript];
