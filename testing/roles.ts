/**
 * What assistive technology makes of an element: its role and its name, as far as tests need them (HTML-AAM, "HTML Element
 * Role Mappings"; accname 1.2).
 *
 * @module
 */
import { inputType, rootOf, valueOf } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";
import { isUnseen, squeeze } from "./html.ts";

const ROLES: Readonly<Record<string, string>> = {
  article: "article",
  aside: "complementary",
  blockquote: "blockquote",
  button: "button",
  caption: "caption",
  code: "code",
  datalist: "listbox",
  dd: "definition",
  del: "deletion",
  details: "group",
  dfn: "term",
  dialog: "dialog",
  dt: "term",
  em: "emphasis",
  fieldset: "group",
  figure: "figure",
  h1: "heading",
  h2: "heading",
  h3: "heading",
  h4: "heading",
  h5: "heading",
  h6: "heading",
  hr: "separator",
  ins: "insertion",
  li: "listitem",
  main: "main",
  menu: "list",
  meter: "meter",
  nav: "navigation",
  ol: "list",
  optgroup: "group",
  option: "option",
  output: "status",
  p: "paragraph",
  progress: "progressbar",
  search: "search",
  strong: "strong",
  summary: "button",
  svg: "graphics-document",
  table: "table",
  tbody: "rowgroup",
  td: "cell",
  textarea: "textbox",
  tfoot: "rowgroup",
  thead: "rowgroup",
  time: "time",
  tr: "row",
  ul: "list",
};

const INPUT_ROLES: Readonly<Record<string, string>> = {
  button: "button",
  checkbox: "checkbox",
  image: "button",
  number: "spinbutton",
  radio: "radio",
  range: "slider",
  reset: "button",
  search: "searchbox",
  submit: "button",
  email: "textbox",
  tel: "textbox",
  text: "textbox",
  url: "textbox",
};

/** The role of an element; "" where it has none. */
export function roleOf(node: DomNode): string {
  const explicit = node.attr("role")?.trim().split(/\s+/)[0];
  if (explicit) return explicit;
  switch (node.name) {
    case "a":
    case "area":
      return node.attrs.has("href") ? "link" : "";
    case "img": {
      const alt = node.attr("alt");
      return alt === "" ? "presentation" : "img";
    }
    case "input": {
      const role = INPUT_ROLES[inputType(node)] ?? "";
      return node.attrs.has("list") && /^(textbox|searchbox)$/.test(role) ? "combobox" : role;
    }
    case "select":
      return node.attrs.has("multiple") || Number(node.attr("size") ?? 0) > 1 ? "listbox" : "combobox";
    case "section":
      return isNamed(node) ? "region" : "";
    case "form":
      return "form";
    case "header":
      return inSection(node) ? "" : "banner";
    case "footer":
      return inSection(node) ? "" : "contentinfo";
    case "th":
      return node.attr("scope") === "row" ? "rowheader" : "columnheader";
    default:
      return ROLES[node.name] ?? "";
  }
}

function isNamed(node: DomNode): boolean {
  return ["aria-label", "aria-labelledby", "title"].some((name) => node.attrs.has(name));
}

function inSection(node: DomNode): boolean {
  return node.parent?.closest((at) => /^(article|aside|main|nav|section)$/.test(at.name)) != null;
}

const NAMED_BY_CONTENT: ReadonlySet<string> = new Set(
  ("button cell checkbox columnheader gridcell heading link listitem menuitem menuitemcheckbox menuitemradio option radio " +
    "row rowheader switch tab tooltip treeitem").split(" "),
);

/** The accessible name of an element; "" where it has none. */
export function nameOf(node: DomNode): string {
  const ids = node.attr("aria-labelledby")?.split(/\s+/) ?? [];
  const named = ids.map((id) => byId(node, id)).filter((at) => at !== undefined);
  if (named.length > 0) return squeeze(named.map((at) => contentName(at)).join(" "));
  const label = squeeze(node.attr("aria-label") ?? "");
  if (label !== "") return label;
  const own = ownName(node);
  if (own !== "") return own;
  if (NAMED_BY_CONTENT.has(roleOf(node)) || node.name === "summary") {
    const content = squeeze(contentName(node));
    if (content !== "") return content;
  }
  return squeeze(node.attr("title") ?? node.attr("placeholder") ?? "");
}

/** The name that an element's own markup gives it: labels, alt, legend, caption. */
function ownName(node: DomNode): string {
  switch (node.name) {
    case "img":
    case "area":
      return squeeze(node.attr("alt") ?? "");
    case "input":
      if (/^(submit|button|reset)$/.test(inputType(node))) {
        const fallback = { submit: "Submit", reset: "Reset" }[inputType(node)] ?? "";
        return squeeze(node.attr("value") ?? fallback);
      }
      if (inputType(node) === "image") return squeeze(node.attr("alt") ?? "Submit");
      break;
    case "fieldset":
      return childName(node, "legend");
    case "figure":
      return childName(node, "figcaption");
    case "table":
      return childName(node, "caption");
  }
  return squeeze(labelsOf(node).map((label) => contentName(label, node)).join(" "));
}

function childName(node: DomNode, tag: string): string {
  const child = node.children.find((at) => at.name === tag);
  return child === undefined ? "" : squeeze(contentName(child));
}

/** The labels of a control. */
export function labelsOf(node: DomNode): DomNode[] {
  if (!/^(button|input|meter|output|progress|select|textarea)$/.test(node.name)) return [];
  return [...rootOf(node).elements()].filter((at) => at.name === "label" && labelled(at) === node);
}

/** The control that a label is for. */
export function labelled(label: DomNode): DomNode | null {
  const id = label.attr("for");
  if (id !== null) return byId(label, id) ?? null;
  for (const node of label.elements()) {
    if (
      /^(button|input|meter|output|progress|select|textarea)$/.test(node.name) && inputType(node) !== "hidden"
    ) {
      return node;
    }
  }
  return null;
}

function byId(node: DomNode, id: string): DomNode | undefined {
  for (const at of rootOf(node).elements()) if (at.attr("id") === id) return at;
  return undefined;
}

/** The name that content gives; a control inside a label counts by its value, the labelled one not at all. */
function contentName(node: DomNode, except: DomNode | null = null): string {
  if (node.name === "#text") return node.text;
  if (node.name === "#comment") return "";
  const label = node.attr("aria-label");
  if (label) return ` ${label} `;
  if (node.name === "img") return ` ${node.attr("alt") ?? ""} `;
  if (except !== null && /^(input|select|textarea)$/.test(node.name)) return ` ${valueOf(node)} `;
  const seen = node.children.filter((child) =>
    child !== except && !isUnseen(child) && child.attr("aria-hidden") !== "true"
  );
  return seen.map((child) => contentName(child, except)).join("");
}

/** Whether assistive technology does not see an element. */
export function isHidden(node: DomNode): boolean {
  return node.closest((at) => isUnseen(at) || at.attr("aria-hidden") === "true") !== null;
}
