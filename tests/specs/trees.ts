/**
 * Specs: lists with keys, errors that a boundary catches, resources, two tabs.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, ErrorBoundary, resource, signal } from "../../mod.ts";
import { button, div, input, li, p, span, ul } from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

const list: Spec = {
  name: "rows with keys move whole: what was typed in them, and who holds them, moves along",
  make: () => ({
    what: component(() => {
      const rows = signal(["a", "b", "c"], { name: "rows" });
      return () =>
        div(
          button({ onClick: () => void (rows.value = rows.value.toReversed()) }, "reverse"),
          button({ onClick: () => void (rows.value = rows.value.filter((row) => row !== "b")) }, "remove b"),
          button({ onClick: () => void (rows.value = ["d", ...rows.value]) }, "add d"),
          ul(rows.value.map((row) => li({ key: row, id: row }, span(row), input({ name: `of-${row}` })))),
        );
    }),
    async run(page) {
      const order = () => page.getAll("li").map((row) => row.text()).join("");
      const press = (name: string) => page.getByRole("button", { name }).click();
      const first = page.getAll("li")[0];
      await page.get("[name=of-a]").fill("mine");
      await press("reverse");
      assertEquals([order(), first.text()], ["cba", "a"]);
      assertEquals(page.getAll("li")[2].get("input").value, "mine");
      await press("add d");
      await press("remove b");
      assertEquals([order(), page.query("#b"), first.get("input").value], ["dca", null, "mine"]);
      await press("reverse");
      assertEquals([order(), page.traffic.resyncs], ["acd", 0]);
      assertEquals(page.getAll("input").map((field) => field.value), ["mine", "", ""]);
    },
  }),
};

const boundary: Spec = {
  name: "an error costs its boundary alone, which can try again",
  make: () => ({
    what: component(() => {
      const broken = signal(false, { name: "broken" });
      const count = signal(0, { name: "count" });
      const Fragile = component(() => () => {
        if (broken.value) throw new Error("no");
        return p({ id: "fine" }, "fine");
      });
      return () =>
        div(
          ErrorBoundary({
            fallback: (error, reset) =>
              p({ role: "alert" }, (error as Error).message, button({ onClick: reset }, "again")),
          }, Fragile()),
          button({ onClick: () => broken.value = !broken.value }, "switch"),
          button({ id: "count", onClick: () => count.inc() }, count),
        );
    }),
    async run(page) {
      const press = (name: string) => page.getByRole("button", { name }).click();
      await page.get("#count").click();
      await press("switch");
      assertEquals([page.getByRole("alert").text(), page.query("#fine")], ["noagain", null]);
      await page.get("#count").click();
      assertEquals(page.get("#count").text(), "2");
      await press("again");
      assertEquals(page.getByRole("alert").text(), "noagain");
      await press("switch");
      await press("again");
      assertEquals([page.queryByRole("alert"), page.get("#fine").text()], [null, "fine"]);
      assertEquals([page.get("#count").text(), page.errors], ["2", []]);
    },
  }),
};

const loading: Spec = {
  name: "a resource is loaded before the page is shown, and again when it is asked for",
  make: () => {
    let gate = Promise.withResolvers<string>();
    gate.resolve("one");
    let fetched = 0;
    return {
      what: component(() => {
        const data = resource(() => {
          fetched++;
          return gate.promise;
        });
        return () =>
          div(
            p({ "aria-busy": data.state !== "ready" }, data.value ?? "none"),
            button({ onClick: () => void data.refetch() }, "again"),
          );
      }),
      async run(page) {
        assertEquals([page.get("p").text(), fetched], ["one", 1]);
        gate = Promise.withResolvers();
        await page.get("button").click();
        assertEquals([page.get("p").text(), page.get("p").attr("aria-busy")], ["one", "true"]);
        gate.resolve("two");
        await page.settled();
        assertEquals([page.get("p").text(), page.get("p").attr("aria-busy"), fetched], ["two", "false", 2]);
      },
    };
  },
};

const tabs: Spec = {
  name: "two tabs show one signal, and each keeps what is its own",
  make: () => {
    const shared = signal(0);
    return {
      what: component(() => {
        const own = signal(0, { name: "own" });
        return () =>
          div(
            p(`${shared.value} together, ${own.value} here`),
            button({ onClick: () => shared.inc() }, "ours"),
            button({ onClick: () => own.inc() }, "mine"),
          );
      }),
      async run(page) {
        await using other = await page.newPage();
        await page.getByRole("button", { name: "ours" }).click();
        await other.getByRole("button", { name: "ours" }).click();
        await other.getByRole("button", { name: "mine" }).click();
        assertEquals([page.get("p").text(), other.get("p").text()], [
          "2 together, 0 here",
          "2 together, 1 here",
        ]);
        shared.value = 10;
        await page.flushed();
        assertEquals([page.get("p").text(), other.get("p").text()], [
          "10 together, 0 here",
          "10 together, 1 here",
        ]);
      },
    };
  },
};

/** The specs of this file. */
export const trees: readonly Spec[] = [list, boundary, loading, tabs];
