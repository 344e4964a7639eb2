/**
 * What must fail, and how, whatever shows the page: an assertion that does not hold, and use that makes no sense.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import type { Page } from "../../testing/mod.ts";
import { button, div, form, input, option, p, select } from "../../vdom/elements.ts";

/** One wrong use. */
export interface Wrong {
  name: string;
  run(page: Page): void | Promise<unknown>;
  /** The name of the error's class. */
  error: string;
  /** What its message says. */
  message: string;
}

/** A page with something to do wrong. */
export function wrongPage() {
  return component(() => {
    const count = signal(0, { name: "count" });
    const gate = Promise.withResolvers<void>();
    return () =>
      div(
        p({ id: "count" }, count),
        button({ onClick: () => count.inc() }, "+"),
        count.value < 1 ? button({ id: "first", onClick: () => count.inc() }, "first") : null,
        button({ id: "off", disabled: true, onClick: () => {} }, "off"),
        button({ id: "idle", type: "button", onFocus: () => {} }, "idle"),
        button({ id: "waits", onClick: () => gate.promise }, "waits"),
        button({
          id: "throws",
          onClick: () => {
            throw new RangeError("told so");
          },
        }, "throws"),
        form(
          { onSubmit: () => {} },
          input({ name: "box", type: "checkbox" }),
          input({ name: "fixed", readonly: true, value: "x" }),
          select({ name: "one" }, option("a"), option("b")),
        ),
      );
  });
}

/** The wrong uses. */
export const WRONG: readonly Wrong[] = [
  {
    name: "an assertion that does not hold",
    run: async (page) => {
      await page.getByRole("button", { name: "+" }).click();
      assertEquals(page.get("#count").text(), "2");
    },
    error: "AssertionError",
    message: 'actual:   "1"',
  },
  {
    name: "a page that never becomes what is waited for",
    run: (page) => page.waitFor(() => assertEquals(page.get("#count").text(), "1"), 50),
    error: "AssertionError",
    message: 'actual:   "0"',
  },
  {
    name: "an element that is not there",
    run: (page) => void page.getByRole("button", { name: "-" }),
    error: "Error",
    message: 'Found no button named "-"\nNear are:\n  button "+"',
  },
  {
    name: "an element that is not there any more",
    run: async (page) => {
      const first = page.get("#first");
      await first.click();
      await first.click();
    },
    error: "Error",
    message: "The element is not in the page any more: #first",
  },
  {
    name: "a click on what is disabled",
    run: (page) => page.get("#off").click(),
    error: "Error",
    message: "it is disabled",
  },
  {
    name: "a click that nothing takes",
    run: (page) => page.get("#idle").click(),
    error: "Error",
    message: "Nothing takes the click of",
  },
  {
    name: "an event that nothing takes",
    run: (page) => page.get("p").dispatch("my-event"),
    error: "Error",
    message: "Nothing takes the my-event",
  },
  {
    name: "a key that nothing takes",
    run: (page) => page.get("p").press("Enter"),
    error: "Error",
    message: "Nothing takes the keydown",
  },
  {
    name: "a text for a checkbox",
    run: (page) => page.get("[name=box]").fill("x"),
    error: "Error",
    message: "it takes no text; use check() or uncheck()",
  },
  {
    name: "a text for what is read-only",
    run: (page) => page.get("[name=fixed]").type("x"),
    error: "Error",
    message: "it is read-only",
  },
  {
    name: "an option that is not there",
    run: (page) => page.get("select").select("c"),
    error: "Error",
    message: 'Cannot select "c": the options are "a", "b"',
  },
  {
    name: "a field that is not there",
    run: (page) => page.get("form").submit({ other: "x" }),
    error: "Error",
    message: 'Cannot fill the field "other": the form has box, fixed, one',
  },
  {
    name: "a handler that throws",
    run: (page) => page.get("#throws").click(),
    error: "RangeError",
    message: "told so",
  },
  {
    name: "a handler that never ends",
    run: async (page) => {
      await page.get("#waits").click();
      await page.settled(20);
    },
    error: "Error",
    message: "The page did not settle within 20 ms. It waits for ",
  },
  {
    name: "a delay that is none",
    run: (page) => page.network.delay({ up: -1 }),
    error: "RangeError",
    message: "Cannot delay frames by -1 ms: pass 0 or more",
  },
  {
    name: "a direction that is none",
    run: (page) => page.network.drop("sideways" as "up"),
    error: "TypeError",
    message: 'There is no direction "sideways": pass "up" or "down"',
  },
  {
    name: "a delay in a direction that is none",
    run: (page) => page.network.delay({ left: 1 } as never),
    error: "TypeError",
    message: 'There is no direction "left"',
  },
  {
    name: "a number of frames that is none",
    run: (page) => page.network.duplicate("up", 0.5),
    error: "RangeError",
    message: "Cannot duplicate 0.5 frames: pass a whole number from 1",
  },
  {
    name: "one frame in another order",
    run: (page) => page.network.reorder("down", 1),
    error: "RangeError",
    message: "Cannot reorder 1 frames: pass a whole number from 2",
  },
  {
    name: "time that goes back",
    run: (page) => page.clock.advance(-1),
    error: "RangeError",
    message: "Cannot advance a clock by -1 ms: pass 0 or more",
  },
  {
    name: "an action on a page that is closed",
    run: async (page) => {
      const plus = page.getByRole("button", { name: "+" });
      await page.close();
      await plus.click();
    },
    error: "Error",
    message: "Cannot act on a page that was closed",
  },
];

/** Uses a page wrongly; gives what was thrown as "Class: message", or "nothing". */
export async function errorOf(page: Page, { run }: Wrong): Promise<{ name: string; message: string }> {
  try {
    await run(page);
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
  return { name: "nothing", message: "" };
}
