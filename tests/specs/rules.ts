/**
 * Specs: what a browser does of itself with keys, forms and focus, and what a user does not see. A test must not pass in one place
 * for what another one would refuse.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component } from "../../mod.ts";
import {
  button,
  details,
  dialog,
  div,
  fieldset,
  form,
  input,
  label,
  legend,
  p,
  summary,
} from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import type { Page } from "../../testing/mod.ts";
import type { Spec } from "./spec.ts";

type Log = (text: string) => void;

/** A spec of what handlers were told. */
function told(
  name: string,
  view: (log: Log) => Child,
  run: (page: Page) => Promise<void>,
  wants: string[],
): Spec {
  return {
    name,
    make: () => {
      const log: string[] = [];
      return {
        what: component(() => () => view((text) => void log.push(text)), { name: "Rules" }),
        async run(page) {
          await run(page);
          assertEquals(log, wants);
        },
      };
    },
  };
}

const enter = (page: Page) => page.get("#a").press("Enter");

/** These specs. */
export const rules: readonly Spec[] = [
  told(
    "Enter submits a form of one field that has no button",
    (log) =>
      form({ onSubmit: (e) => log(`submit ${e.get("a")}`) }, input({ id: "a", name: "a", value: "x" })),
    enter,
    ["submit x"],
  ),
  told(
    "Enter submits no form of two fields that has no button",
    (log) => form({ onSubmit: () => log("submit") }, input({ id: "a", name: "a" }), input({ name: "b" })),
    enter,
    [],
  ),
  told(
    "a form is not submitted while a field that is required is empty, or says what is none",
    (log) =>
      form(
        { onSubmit: () => log("submit") },
        input({ id: "a", name: "a", required: true }),
        input({ id: "b", name: "b", type: "email" }),
        button("Send"),
      ),
    async (page) => {
      await page.get("button").click();
      await page.get("#a").fill("x");
      await page.get("#b").fill("nobody");
      await page.get("button").click();
      await page.get("#b").fill("nobody@example.org");
      await page.get("button").click();
    },
    ["submit"],
  ),
  told(
    "a form with novalidate is submitted as it is",
    (log) =>
      form(
        { novalidate: true, onSubmit: () => log("submit") },
        input({ name: "a", required: true }),
        button("Send"),
      ),
    (page) => page.get("button").click(),
    ["submit"],
  ),
  told(
    "a key is pressed between its way down and its input",
    (log) =>
      input({
        id: "a",
        onKeyDown: () => log("down"),
        onKeyPress: (e) => log(`press ${e.key}`),
        onInput: (e) => log(`input ${e.value}`),
        onKeyUp: () => log("up"),
      }),
    (page) => page.get("#a").press("x"),
    ["down", "press x", "input x", "up"],
  ),
  told(
    "a key changes nothing that is read-only, nor what is full",
    (log) =>
      div(
        input({
          id: "a",
          readonly: true,
          value: "v",
          onKeyDown: () => log("down"),
          onInput: () => log("input"),
        }),
        input({ id: "b", maxlength: 2, onInput: (e) => log(e.value) }),
      ),
    async (page) => {
      await page.get("#a").press("x");
      await page.get("#b").type("xyz");
      assertEquals(page.get("#a").value, "v");
    },
    ["down", "x", "xy"],
  ),
  told(
    "what was typed is a change where it is another text than before",
    (log) => input({ id: "a", value: "v", onChange: (e) => log(e.value) }),
    async (page) => {
      await page.get("#a").fill("v");
      await page.get("#a").fill("w");
    },
    ["w"],
  ),
  told(
    "a click beside a control takes the focus from it",
    (log) => div(input({ id: "a", onBlur: () => log("blur") }), p({ onClick: () => log("click") }, "text")),
    async (page) => {
      await page.get("#a").focus();
      await page.get("p").click();
      assertEquals(page.get("#a").focused, false);
    },
    ["blur", "click"],
  ),
  told(
    "what is in the first legend of a disabled fieldset can be used",
    (log) =>
      fieldset(
        { disabled: true },
        legend(button({ type: "button", onClick: () => log("click") }, "On")),
        input(),
      ),
    (page) => page.get("button").click(),
    ["click"],
  ),
  told(
    "nothing is found by its text or label in what is hidden or closed",
    () =>
      div(
        div({ hidden: true }, p("one"), label("A", input())),
        dialog(p("two"), button("Close")),
        details(summary("More"), p("three")),
        p("seen"),
      ),
    (page) => {
      for (const text of ["one", "two", "three"]) assertEquals(page.queryByText(text), null);
      assertEquals([page.queryByLabel("A"), page.queryByRole("button", { name: "Close" })], [null, null]);
      assertEquals(page.text(), "More seen");
      return Promise.resolve();
    },
    [],
  ),
];
