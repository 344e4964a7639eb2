/**
 * What a user does with keys, text, the clipboard and forms.
 *
 * @module
 */
/// <reference lib="dom" />
import { MODIFIERS } from "../support/input.ts";
import type { Act } from "./event_cases.ts";

/** Presses keys; one is held and repeats. */
export const KEYS: Act = async ({ page }) => {
  await page.focus("#keys");
  await page.keyboard.press("a");
  await page.keyboard.press("Shift+B");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.down("c");
  await page.keyboard.down("c");
  await page.keyboard.up("c");
  await page.keyboard.press("Numpad5");
  await page.keyboard.press("Control+ArrowRight");
};

/** Types, deletes, composes, selects, leaves. */
export const WRITE: Act = async ({ page, input }) => {
  await page.focus("#write");
  await input.type("héy");
  await input.press("Backspace");
  await input.press("Enter");
  await input.compose("に");
  await input.compose("にほ");
  await input.commit("日本");
  await input.compose("x");
  await input.cancel();
  await page.keyboard.press("Control+a");
  await page.locator("#write").blur();
};

/** Goes into the group and its button by the keyboard, and out. */
export const FOCUS: Act = async ({ page }) => {
  await page.focus("#write");
  await page.focus("#focus");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
};

/** Copies a part, cuts all, pastes it. */
export const CLIPBOARD: Act = async ({ page, input }) => {
  await page.focus("#clipboard");
  await input.type("one two");
  await input.press("ArrowLeft", MODIFIERS.shift);
  await input.press("ArrowLeft", MODIFIERS.shift);
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+x");
  await page.keyboard.press("Control+v");
};

/** Submits by Enter and by the button, then resets. */
export const FORM: Act = async ({ page, input }) => {
  await page.click("#form-name");
  await input.type("Ada");
  await input.press("Enter");
  await page.check("#form [name=news]");
  await page.click("#form-send");
  await page.click("#form-reset");
};

/** Submits what is not valid. */
export const INVALID: Act = async ({ page }) => {
  await page.click("#invalid-send");
};
