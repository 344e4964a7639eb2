/**
 * What is wrong, over the page: a dialog in a shadow tree, so that neither has styles of the other. Escape hides it; it goes by
 * itself when the code is mended.
 *
 * It is made of elements and a constructed style sheet: the page's policy forbids inline styles and markup from text.
 *
 * @module
 */
import type { Report } from "../messages.ts";
import { STYLES } from "./overlay_styles.ts";

let host: HTMLElement | null = null;
let shown = "";

/** Shows a report; what was shown goes. */
export function showOverlay(report: Report): void {
  const text = JSON.stringify(report);
  if (host !== null && text === shown) return;
  hideOverlay();
  shown = text;
  host = document.createElement("vango-overlay");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const dialog = dialogOf(report);
  root.append(dialog);
  // Beside the body: its nodes are numbered.
  document.documentElement.append(host);
  dialog.addEventListener("close", hideOverlay);
  dialog.showModal();
}

/** Hides what is shown. */
export function hideOverlay(): void {
  const gone = host;
  host = null;
  if (gone === null) return;
  // Closing gives the focus back to who had it.
  gone.shadowRoot!.querySelector("dialog")!.close();
  gone.remove();
}

function dialogOf(report: Report): HTMLDialogElement {
  const dialog = el("dialog", {
    role: "alertdialog",
    "aria-labelledby": "title",
    "aria-describedby": "message",
  });
  const close = el("button", { type: "button", class: "close" }, "Hide ", el("kbd", {}, "Esc"));
  close.addEventListener("click", () => dialog.close());
  dialog.append(
    el(
      "div",
      { class: "head" },
      el("span", { class: "dot", "aria-hidden": "true" }),
      el("h1", { id: "title" }, report.title),
      close,
    ),
    el("p", { id: "message" }, report.message),
  );
  if (report.file !== undefined) dialog.append(placeOf(report));
  if (report.frame.length > 0) dialog.append(frameOf(report));
  if (report.hint !== undefined) {
    dialog.append(el("p", { class: "hint" }, el("strong", {}, "Hint"), report.hint));
  }
  if (report.stack.length > 1) {
    dialog.append(
      el(
        "details",
        {},
        el("summary", {}, "Called from"),
        el("ol", {}, ...report.stack.map((at) => el("li", {}, at))),
      ),
    );
  }
  dialog.append(
    el("p", { class: "foot" }, "Save the file when it is mended: the page goes on by itself, where it was."),
  );
  return dialog;
}

function placeOf({ file, path, line, column }: Report): HTMLElement {
  const at = line === undefined ? file! : `${file}:${line}:${column}`;
  const link = el("a", {
    href: `vscode://file${path}:${line ?? 1}:${column ?? 1}`,
    title: "Open in the editor",
  }, at);
  return el("p", { class: "place" }, link);
}

function frameOf({ frame, line, column }: Report): HTMLElement {
  const rows = frame.map(({ number, text }) => {
    const meant = number === line;
    const row = el(
      "span",
      { class: meant ? "row meant" : "row" },
      el("span", { class: "number", "aria-hidden": "true" }, String(number)),
      el("span", { class: "text" }, ...(meant ? marked(text, column) : [text === "" ? " " : text])),
    );
    if (meant) row.setAttribute("aria-label", `Line ${number}: ${text}`);
    return row;
  });
  return el("pre", { tabindex: "0", role: "region", "aria-label": "The code" }, el("code", {}, ...rows));
}

/** A line with the place that is meant marked: to the end of the word there. */
function marked(text: string, column: number | undefined): (string | HTMLElement)[] {
  if (column === undefined || column > text.length + 1) return [text];
  const start = column - 1;
  const length = Math.max(1, /^[\w$]+/.exec(text.slice(start))?.[0].length ?? 1);
  return [
    text.slice(0, start),
    el("mark", {}, text.slice(start, start + length) || " "),
    text.slice(start + length),
  ];
}

function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
