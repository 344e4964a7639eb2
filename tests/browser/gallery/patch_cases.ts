/**
 * What each operation of the gallery makes of the page.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Op } from "../../../vdom/patch.ts";

/** What to look at, as source for the page, and what must be there before and after. `el` is the row's element. */
export interface PatchCase {
  /** An expression. */
  look: string;
  /** Its value before. */
  before: unknown;
  /** Its value after. */
  after: unknown;
  /** What is done instead of a click on the row's button. */
  act?: "key" | "meddle" | "leave";
}

const list = (before: string, after: string): PatchCase => ({
  look: `[...el.querySelectorAll("li:not(.end)")].map((li) => li.textContent).join("")`,
  before,
  after,
});

const look = (look: string, before: unknown, after: unknown, act?: PatchCase["act"]): PatchCase => ({
  look,
  before,
  after,
  act,
});

/** By the name of the operation: without an entry this file does not compile. */
export const PATCH_CASES: Record<keyof typeof Op, PatchCase> = {
  SetText: look("el.textContent", "Monday", "Freitag"),
  TextRange: look("el.textContent", "The count is now 1", "The count is now 2"),
  SetAttr: look("el.dataset.tone", "cool", "warm"),
  RemoveAttr: look("el.hasAttribute('data-tone')", true, false),
  AddClass: look("el.className", "chip", "chip strong"),
  RemoveClass: look("el.className", "chip strong", "chip"),
  ToggleClass: look("el.className", "chip", "chip strong"),
  SetStyle: look("el.style.marginLeft", "0px", "2rem"),
  RemoveStyle: look("el.style.cssText", "margin-left: 2rem; font-weight: 600;", "font-weight: 600;"),
  SetData: look("el.dataset.tone ?? null", null, "warm"),
  SetProp: look("el.indeterminate", false, true),
  SetEvents: look("/ click:/.test(el.dataset.hid)", false, true),
  SetValue: look("el.value", "old", "new"),
  SetChecked: look("el.checked", false, true),
  SetSelected: look("[...el.selectedOptions].map((option) => option.value)", ["apple"], ["pear"]),
  Insert: list("ac", "abc"),
  Append: list("ab", "abc"),
  InsertAfter: list("ab", "abc"),
  Remove: list("abc", "ac"),
  Move: list("abc", "cab"),
  MoveEnd: list("abc", "bca"),
  MoveAfter: list("abc", "bca"),
  Replace: look("el.innerHTML", "It is <em>soft</em>.", "It is <b>bold</b>."),
  Focus: look("document.activeElement === el", false, true),
  Blur: look("document.activeElement === el", true, false, "key"),
  ScrollTo: look("el.scrollTop", 0, 120),
  Dispatch: look("el.textContent", "Nothing yet", `{"name":"pear"}`),
  SetTitle: look("document.title", "Gallery · Vango", "Gallery, patched"),
  SetMeta: look(`document.querySelector("meta[name=theme-color]")?.content ?? null`, null, "#4f46e5"),
  SetLink: look(
    `document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? null`,
    null,
    "/gallery",
  ),
  UrlPush: look("[location.search, history.length - start]", ["", 0], ["?q=1", 1]),
  UrlReplace: look("[location.search, history.length - start]", ["?q=1", 1], ["?q=2", 1]),
  NavPush: look("[location.search, history.length - start]", ["?q=2", 1], ["?nav=1", 2]),
  NavReplace: look("[location.search, history.length - start]", ["?nav=1", 2], ["?nav=2", 2]),
  TemplateDef: look("el.querySelectorAll('.warm').length", 0, 1),
  Subtree: look("el.textContent", "−Someone meddled+", "−Count: 0+", "meddle"),
  Navigate: look("location.search", "?nav=2", "?navigated", "leave"),
};
