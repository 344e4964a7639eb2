/**
 * Specs: what a user does while answers are on their way is not taken back.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, on, signal } from "../../mod.ts";
import { button, form, input, label, p } from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

const overtaking: Spec = {
  name: "a value that meets newer input is dropped, and both ends have the input",
  make: () => ({
    what: component(() => {
      const name = signal("", { name: "name" });
      return () => [
        input({ "aria-label": "Name", value: name, onInput: (e) => void (name.value = e.value) }),
        button({ onClick: () => void (name.value = "server") }, "set"),
        p(name),
      ];
    }),
    async run(page) {
      page.network.hold("down");
      await page.getByRole("button", { name: "set" }).click();
      await page.getByLabel("Name").fill("mine");
      assertEquals([page.getByLabel("Name").value, page.get("p").text()], ["mine", ""]);
      await page.network.release();
      assertEquals([page.getByLabel("Name").value, page.get("p").text()], ["mine", "mine"]);
    },
  }),
};

const debounced: Spec = {
  name: "a value of the server waits for input that is not sent yet, and gives way to it",
  make: () => {
    const name = signal("");
    return {
      what: component(() => () => [
        input({
          "aria-label": "Name",
          value: name,
          onInput: on((e) => void (name.value = e.value), { debounce: 1000 }),
        }),
        input({ "aria-label": "Late", value: name, onChange: () => {} }),
        p(name),
      ]),
      async run(page) {
        const values = () => ["Name", "Late"].map((label) => page.getByLabel(label).value);
        await page.getByLabel("Name").type("mine");
        name.value = "server";
        await page.flushed();
        assertEquals([...values(), page.get("p").text()], ["mine", "server", "server"]);
        await page.clock.advance(1200);
        await page.waitFor(() => assertEquals(page.get("p").text(), "mine"), 5000);
        assertEquals(values(), ["mine", "mine"]);
        await page.getByLabel("Late").type("!");
        name.value = "server";
        await page.flushed();
        assertEquals(values(), ["server", "mine!"]);
        await page.getByLabel("Late").blur();
        assertEquals(values(), ["server", "server"]);
      },
    };
  },
};

const afterSubmit: Spec = {
  name: "what is typed and chosen after a submit stays, and the next one sends it",
  make: () => ({
    what: component(() => {
      const sent = signal<string[]>([], { name: "sent" });
      const size = signal("a", { name: "size" });
      return () =>
        form(
          {
            onSubmit: (e) => {
              sent.value = [...sent.value, `${e.get("draft")} ${e.get("size")}`];
              size.value = "b";
            },
          },
          label("Draft ", input({ name: "draft", value: "" })),
          ["a", "b", "c"].map((value) =>
            label(
              { key: value },
              `Size ${value} `,
              input({ type: "radio", name: "size", value, checked: size.value === value }),
            )
          ),
          button("Add"),
          p(sent.value.join(", ")),
        );
    }),
    async run(page) {
      const chosen = () => ["a", "b", "c"].filter((size) => page.getByLabel(`Size ${size}`).checked);
      const add = () => page.getByRole("button", { name: "Add" }).click();
      await page.getByLabel("Draft").fill("one");
      page.network.hold("down");
      await add();
      await page.getByLabel("Draft").fill("two");
      await page.getByLabel("Size c").check();
      await page.network.release();
      assertEquals([page.getByLabel("Draft").value, chosen(), page.get("p").text()], ["two", ["c"], "one a"]);
      await add();
      assertEquals([page.getByLabel("Draft").value, chosen()], ["", ["b"]]);
      assertEquals(page.get("p").text(), "one a, two c");
    },
  }),
};

/** The specs of this file. */
export const inputs: readonly Spec[] = [overtaking, debounced, afterSubmit];
