/**
 * What a user does with each control of the gallery, and what it shows when the server has set it.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Gallery } from "./open.ts";

/** What is done with a control; `id` is its selector. */
export interface ControlCase {
  /** Whether real input does it. */
  by: "input" | "script";
  /** Why not, if so. */
  reason?: string;
  /** Does it. */
  act: (gallery: Gallery, id: string) => Promise<void>;
  /** What the handler has got of it in the end: a part of the last payload. */
  gets: Record<string, unknown>;
  /** What it shows after a click on "Set by the server". */
  set?: unknown;
}

const typed = (text: string, set: string, first = ""): ControlCase => ({
  by: "input",
  act: async ({ page, input }, id) => {
    await page.click(id);
    await input.press("End");
    await input.type(text);
  },
  gets: { value: first + text, checked: false, values: [], valueAsNumber: NaN },
  set,
});

/** Keys for a control that has the focus. */
const keys = (names: string, gets: Record<string, unknown>, set: unknown): ControlCase => ({
  by: "input",
  act: async ({ page, input }, id) => {
    await page.focus(id);
    for (const key of names.split(" ")) await input.press(key);
  },
  gets,
  set,
});

const clicked = (gets: Record<string, unknown>, set?: unknown): ControlCase => ({
  by: "input",
  act: ({ page }, id) => page.click(id),
  gets,
  set,
});

const FIELDS = [["kept", "yes"]];

/** By the id of the control. */
export const CONTROL_CASES: Readonly<Record<string, ControlCase>> = {
  "input-text": typed("héllo", "From the server"),
  "input-search": typed("find", "signals"),
  "input-email": typed("a@b.c", "ada@example.com"),
  "input-tel": typed("+1 2", "+44 20 7946 0958"),
  "input-url": typed("http://x/", "https://example.com/"),
  "input-password": typed("secret", "swordfish"),
  "input-number": keys("ArrowUp ArrowUp", { value: "5", valueAsNumber: 5 }, "42"),
  "input-range": keys("ArrowRight", { value: "21", valueAsNumber: 21 }, "80"),
  "input-date": keys("1 2", { value: "2026-12-31", valueAsNumber: Date.UTC(2026, 11, 31) }, "2030-12-24"),
  "input-time": keys("ArrowUp", { value: "10:30", valueAsNumber: 10.5 * 3_600_000 }, "23:59"),
  "input-month": keys("ArrowUp", { value: "2026-02", valueAsNumber: 56 * 12 + 1 }, "2030-12"),
  "input-week": keys("ArrowUp", { value: "2026-W06", valueAsNumber: Date.UTC(2026, 1, 2) }, "2030-W52"),
  "input-datetime-local": keys(
    "ArrowRight ArrowUp",
    { value: "2026-01-01T09:30", valueAsNumber: Date.UTC(2026, 0, 1, 9, 30) },
    "2030-12-24T18:00",
  ),
  "input-color": {
    by: "script",
    reason: "the picker is a window of the browser's own, which no test can reach",
    act: ({ page }, id) => page.fill(id, "#00ff00"),
    gets: { value: "#00ff00" },
    set: "#e11d48",
  },
  "input-checkbox": clicked({ value: "agreed", checked: true, values: [] }, false),
  "input-radio": {
    by: "input",
    act: async ({ page, input }, id) => {
      await page.click(`${id}-s`);
      await input.press("ArrowDown");
    },
    gets: { value: "m", checked: true },
    set: "l",
  },
  "input-file": {
    by: "input",
    act: async ({ page }, id) => {
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click(id)]);
      const file = (name: string) => ({
        name,
        mimeType: "text/plain",
        buffer: new Uint8Array([97]) as never,
      });
      await chooser.setFiles([file("a.txt"), file("ü.txt")]);
    },
    gets: { value: "C:\\fakepath\\a.txt", values: ["a.txt", "ü.txt"] },
  },
  "input-hidden": clicked({ fields: [...FIELDS, ["by", "hand"]] }),
  "input-submit": clicked({ fields: [...FIELDS, ["by", "Send"]] }),
  "input-image": {
    by: "input",
    act: ({ page }, id) => page.click(id, { position: { x: 5, y: 7 } }),
    gets: { fields: [...FIELDS, ["at.x", "5"], ["at.y", "7"]] },
  },
  "input-reset": clicked({ type: "reset" }),
  "input-button": clicked({ type: "click", button: 0 }),
  textarea: {
    by: "input",
    act: async ({ page, input }, id) => {
      await page.focus(id);
      await page.keyboard.press("Control+End");
      await input.press("Enter");
      await input.commit("👩‍🚀 é");
    },
    gets: { value: "first\nsecond\n👩‍🚀 é" },
    set: "one\ntwo",
  },
  select: keys("ArrowUp", { value: "apple", values: [] }, "plum"),
  "select-multiple": {
    by: "input",
    act: async ({ page }, id) => {
      await page.locator(`${id} option`).nth(1).click({ modifiers: ["Control"] });
    },
    gets: { value: "apple", values: ["apple", "pear"] },
    set: ["pear", "plum"],
  },
  contenteditable: {
    by: "input",
    act: async ({ page, input }, id) => {
      await page.click(id);
      await page.keyboard.press("Control+End");
      await input.type("!");
    },
    gets: { value: "Edit me!", checked: false, values: [] },
  },
  button: {
    by: "input",
    act: async ({ page, input }, id) => {
      await page.focus(id);
      await input.press("Enter");
    },
    gets: { type: "click", button: 0 },
  },
};
