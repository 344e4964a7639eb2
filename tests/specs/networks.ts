/**
 * Specs: what survives a bad network and another process.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, on, signal } from "../../mod.ts";
import type { Component } from "../../mod.ts";
import { button, div, form, input, label, li, option, p, select, textarea, ul } from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

/** What a browser says of a socket that the network or a server on its way out refused, and of one that the client left for another. */
export const SOCKETS =
  /^(error|warning): WebSocket connection to .* failed: (Connection closed before receiving a|WebSocket is closed before the|.* response code: 503)/;

/** A counter, and how often its handler ran, whatever its state is. */
function counting(): { what: Component<Record<never, never>>; ran: () => number } {
  let ran = 0;
  const what = component(() => {
    const count = signal(0, { name: "count" });
    const add = () => {
      ran++;
      count.inc();
    };
    // A row for each: a change that is applied twice shows.
    const rows = () => Array.from({ length: count.value }, (_, i) => li({ key: i }, i));
    return () => div(p(count), button({ onClick: add }, "+"), ul(rows()));
  }, { name: "Counting" });
  return { what, ran: () => ran };
}

const optimistic: Spec = {
  name: "an optimistic change is shown at once, stays when it was right, and goes back when it was refused",
  make: () => ({
    what: component(() => {
      const done = signal<string[]>([], { name: "done" });
      const toggle = (name: string) => {
        if (name !== "refused") done.value = [...done.value, name];
      };
      const saved = signal(0, { name: "saved" });
      const rating = signal("", { name: "rating" });
      const saving = { text: "Saving", attr: { "aria-busy": "true", title: null } };
      return () => [
        button(
          { id: "save", title: "Save it", onClick: on(() => saved.inc(), { optimistic: saving }) },
          "Saved ",
          saved,
        ),
        ul(["taken", "refused"].map((name) =>
          li(
            { key: name, id: name, class: { done: done.value.includes(name) } },
            button({
              onClick: on(() => toggle(name), { optimistic: { target: name, class: { add: "done" } } }),
            }, name),
          )
        )),
        input({
          "aria-label": "Rating",
          value: rating,
          onKeyDown: on(() => void (rating.value = "5"), { keys: ["Enter"], optimistic: { value: "…" } }),
        }),
      ];
    }),
    async run(page) {
      const classes = () => ["taken", "refused"].map((id) => page.get(`#${id}`).classes.join(" "));
      page.network.hold("up");
      await page.getByRole("button", { name: "taken" }).click();
      await page.getByRole("button", { name: "refused" }).click();
      await page.get("#save").click();
      await page.getByLabel("Rating").press("Enter");
      assertEquals([classes(), page.traffic.frames], [["done", "done"], 0]);
      assertEquals([page.get("#save").text(), page.get("#save").attr("title")], ["Saving", null]);
      assertEquals([page.get("#save").attr("aria-busy"), page.getByLabel("Rating").value], ["true", "…"]);
      await page.network.release();
      assertEquals(classes(), ["done", ""]);
      assertEquals([page.get("#save").text(), page.get("#save").attr("title")], ["Saved 1", "Save it"]);
      assertEquals([page.get("#save").attr("aria-busy"), page.getByLabel("Rating").value], [null, "5"]);
    },
  }),
};

const restarted: Spec = {
  name: "a page goes on in another process, with what was done while there was none",
  says: SOCKETS,
  make: () => ({
    what: component(() => {
      const items = signal<string[]>([], { name: "items" });
      return () =>
        div(
          form({ onSubmit: (e) => items.push(e.get("text")) }, input({ name: "text" }), button("Add")),
          p(items.value.join(",")),
        );
    }, { name: "Items" }),
    async run(page) {
      await page.get("form").submit({ text: "one" });
      await page.restart();
      assertEquals([page.get("p").text(), page.connected], ["one", true]);
      await page.get("form").submit({ text: "two" });
      await page.clock.advance(1000);
      await page.disconnect();
      assertEquals(page.connected, false);
      await page.get("form").submit({ text: "three" });
      assertEquals(page.get("p").text(), "one,two");
      await page.restart({ crash: true });
      assertEquals([page.get("p").text(), page.connected], ["one,two,three", true]);
      await page.get("form").submit({ text: "four" });
      assertEquals([page.get("p").text(), page.traffic.resyncs], ["one,two,three,four", 0]);
    },
  }),
};

const keptDraft: Spec = {
  name: "what is typed and chosen, and no handler was told of, outlives a resync",
  says: SOCKETS,
  make: () => {
    let made = 0;
    return {
      what: component(() => {
        // Another tree in each process: the page gets all of it anew.
        const which = ++made;
        return () =>
          div(
            p(which),
            input({ "aria-label": "Draft" }),
            input({ "aria-label": "Set", value: "set" }),
            label("Box ", input({ type: "checkbox" })),
            label("Color ", select(option("red"), option("blue"))),
            label("Note ", textarea("first")),
          );
      }, { name: "Drafts" }),
      async run(page) {
        const values = () => ["Draft", "Set", "Color", "Note"].map((name) => page.getByLabel(name).value);
        await page.getByLabel("Draft").fill("mine");
        await page.getByLabel("Set").fill("other");
        await page.getByLabel("Box").check();
        await page.getByLabel("Color").select("blue");
        await page.getByLabel("Note").fill("second");
        await page.restart();
        assertEquals([page.get("p").text(), page.traffic.resyncs], ["2", 1]);
        assertEquals([...values(), page.getByLabel("Box").checked], ["mine", "set", "blue", "second", true]);
      },
    };
  },
};

const doubled: Spec = {
  name: "frames that come twice or in another order have no double effect",
  make: () => {
    const { what, ran } = counting();
    return {
      what,
      async run(page) {
        const plus = page.get("button");
        page.network.duplicate("up");
        page.network.duplicate("down");
        await plus.click();
        assertEquals([page.get("p").text(), page.getAll("li").length, ran()], ["1", 1, 1]);
        page.network.reorder("down");
        await plus.click();
        assertEquals([page.get("p").text(), page.network.waiting], ["1", { up: 0, down: 1 }]);
        await plus.click();
        await page.settled();
        assertEquals([page.get("p").text(), page.getAll("li").length, ran()], ["3", 3, 3]);
        await plus.click();
        assertEquals([page.get("p").text(), page.getAll("li").length, ran()], ["4", 4, 4]);
        assertEquals(page.traffic.resyncs, 0);
      },
    };
  },
};

const overtaken: Spec = {
  name: "an event that another one has overtaken is refused, and the page is told",
  says: /^error: The event came too late$/,
  make: () => {
    const { what, ran } = counting();
    return {
      what,
      async run(page) {
        const plus = page.get("button");
        page.network.reorder("up");
        await plus.click();
        assertEquals([page.get("p").text(), page.network.waiting], ["0", { up: 1, down: 0 }]);
        await assertRejects(() => plus.click(), Error, "The event came too late");
        assertEquals([page.get("p").text(), ran()], ["1", 1]);
        await plus.click();
        assertEquals([page.get("p").text(), ran(), page.errors.length], ["2", 2, 1]);
      },
    };
  },
};

const lost: Spec = {
  name: "frames that are lost come again",
  says: SOCKETS,
  make: () => {
    const { what, ran } = counting();
    return {
      what,
      async run(page) {
        const plus = page.get("button");
        page.network.drop("down");
        await plus.click();
        assertEquals([page.get("p").text(), ran(), page.network.lost], ["0", 1, { up: 0, down: 1 }]);
        await plus.click();
        await page.settled();
        assertEquals([page.get("p").text(), ran()], ["2", 2]);
        page.network.drop("up");
        await plus.click();
        assertEquals([page.get("p").text(), ran()], ["2", 2]);
        await page.reconnect();
        assertEquals([page.get("p").text(), ran(), page.traffic.resyncs], ["3", 3, 0]);
      },
    };
  },
};

const slow: Spec = {
  name: "a slow network delays what is shown, and changes nothing else",
  make: () => {
    const { what, ran } = counting();
    return {
      what,
      async run(page) {
        page.network.delay({ up: 1500, down: 500 });
        await page.get("button").click();
        await page.get("button").click();
        assertEquals([page.get("p").text(), page.network.waiting.up > 0], ["0", true]);
        await page.clock.advance(2200);
        await page.settled();
        assertEquals([page.get("p").text(), ran()], ["2", 2]);
        await page.network.reset();
        await page.get("button").click();
        assertEquals(page.get("p").text(), "3");
      },
    };
  },
};

const cutOff: Spec = {
  name: "a page whose connection breaks connects again by itself, and sends what was under way",
  says: SOCKETS,
  make: () => {
    const { what, ran } = counting();
    return {
      what,
      async run(page) {
        page.network.hold();
        await page.get("button").click();
        assertEquals([page.get("p").text(), page.network.waiting], ["0", { up: 1, down: 0 }]);
        await page.network.cut();
        assertEquals([page.connected, page.get("p").text(), ran()], [false, "0", 0]);
        await page.network.reset();
        await page.clock.advance(1000);
        await page.waitFor(() => assertEquals([page.connected, page.get("p").text()], [true, "1"]), 5000);
        assertEquals([ran(), page.traffic.resyncs], [1, 0]);
      },
    };
  },
};

/** The specs of this file. */
export const networks: readonly Spec[] = [
  optimistic,
  restarted,
  keptDraft,
  doubled,
  overtaken,
  lost,
  slow,
  cutOff,
];
