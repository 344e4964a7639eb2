/**
 * The nesting check: which nodes an HTML parser would put somewhere else than where the tree has them.
 *
 * A page's HTML is parsed, not built, and a parser closes, moves or drops what its rules do not expect: a `p` ends before
 * a `div`, a `tr` without `tbody` gets one, text in a table goes before the table. Then the numbers of both ends differ.
 * This walk follows the tree construction rules of the HTML standard (13.2.6) down from the body: as long as all went as the
 * tree has it, the stack of open elements is the list of ancestors, so a start tag can be judged by them alone.
 *
 * It is sound: what passes is read back equal, by parsers with and without the relaxed select of 2025, whether scripting is
 * on or off. It refuses a little more than parsers alter (parts of selects and of templates, table names in SVG).
 *
 * @module
 */
import { plainView } from "./template_live.ts";
import { nameOf } from "./attrs.ts";
import * as names from "./html_names.ts";
import { isSignal, Kind, TEXT_ONLY, type VNode } from "./node.ts";

/** A node that a parser would not leave where it is. */
export interface NestingIssue {
  /** The node, as `<tag>`, "text" or "raw HTML". */
  readonly child: string;
  /** The element that is in the way: its parent, or an ancestor; "<body>" at the root. */
  readonly parent: string;
  /** Where the node is: names from the root, components included, joined by " > ". */
  readonly childPath: string;
  /** Where the element is. */
  readonly parentPath: string;
  /** What a parser does, as a sentence. */
  readonly message: string;
}

/** Namespaces by their place in the standard: HTML, SVG, MathML. */
type Namespace = "html" | "svg" | "math";

/** An open element. */
interface Open {
  readonly tag: string;
  readonly space: Namespace;
  readonly node: VNode | null;
  readonly up: Open | null;
  readonly path: string;
  readonly depth: number;
  /** Of a template: which kind of content came first. */
  content: "parts" | "cols" | "rows" | "cells" | "flow" | null;
}

/** Browsers stop to nest at 512 elements; html, body and an implied element or two are among them. */
const MAX_DEPTH = 500;

const EMPTY: ReadonlySet<string> = new Set();
const TABLE_EXTRAS: ReadonlySet<string> = new Set(["script", "style", "template"]);

/** What may stand in the elements that take certain children alone, besides white space and comments. */
const ONLY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["table", new Set(["caption", "colgroup", "thead", "tbody", "tfoot", ...TABLE_EXTRAS])],
  ["thead", new Set(["tr", ...TABLE_EXTRAS])],
  ["tbody", new Set(["tr", ...TABLE_EXTRAS])],
  ["tfoot", new Set(["tr", ...TABLE_EXTRAS])],
  ["tr", new Set(["td", "th", ...TABLE_EXTRAS])],
  ["colgroup", new Set(["col", "template"])],
  ["select", new Set(["option", "optgroup", "hr", "script", "template"])],
]);

const OPTGROUP_IN_SELECT: ReadonlySet<string> = new Set(["option", "script", "template"]);

/**
 * Lists what an HTML parser would alter in a tree that stands in a body.
 *
 * @param items A root list. Components are looked into once they are mounted. Raw HTML is trusted to be balanced and to
 * suit its place.
 * @returns The issues in document order; empty when a parser reads the tree back as it is.
 */
export function checkNesting(items: readonly VNode[]): NestingIssue[] {
  const issues: NestingIssue[] = [];
  const body: Open = {
    tag: "body",
    space: "html",
    node: null,
    up: null,
    path: "body",
    depth: 0,
    content: null,
  };
  checkItems(items, body, "", issues);
  return issues;
}

function checkItems(items: readonly VNode[], parent: Open, path: string, issues: NestingIssue[]): void {
  for (const item of items) {
    switch (item.kind) {
      case Kind.Text: {
        const problem = textProblem(item.text, parent);
        if (problem !== null) issues.push(issueOf(item, path, parent, problem));
        break;
      }
      case Kind.Element:
        checkElement(item, parent, path, issues);
        break;
      case Kind.Component:
        checkItems(
          item.children ?? [],
          parent,
          join(path, nameOf(item).replace("the component ", "")),
          issues,
        );
        break;
      case Kind.Fragment:
        checkItems(item.children ?? [], parent, path, issues);
        break;
      case Kind.Template:
        checkItems([plainView(item)], parent, path, issues);
    }
  }
}

function checkElement(node: VNode, parent: Open, path: string, issues: NestingIssue[]): void {
  const tag = node.type as string;
  const space = namespaceOf(tag, parent);
  const problem = space === "html"
    ? htmlProblem(node, tag, parent)
    : foreignProblem(node, tag, space, parent);
  if (problem !== null) issues.push(issueOf(node, path, problem.by ?? parent, problem));
  const here = join(path, tag);
  const open: Open = { tag, space, node, up: parent, path: here, depth: parent.depth + 1, content: null };
  if (open.depth === MAX_DEPTH) {
    issues.push(
      issueOf(node, path, parent, { text: `browsers do not nest elements deeper than ${MAX_DEPTH}` }),
    );
  }
  const children = node.children;
  if (children === null) return;
  if (TEXT_ONLY.has(tag) || space === "html" && (names.RAW_TEXT.has(tag) || names.VOID.has(tag))) {
    checkTextAlone(children, open, issues);
  } else {
    checkItems(children, open, here, issues);
  }
}

/** Why a parser would alter the tree; `by` is the element in the way, when it is not the parent. */
interface Problem {
  text: string;
  by?: Open;
}

function checkTextAlone(items: readonly VNode[], open: Open, issues: NestingIssue[]): void {
  const isVoid = open.space === "html" && names.VOID.has(open.tag);
  for (const item of items) {
    if (item.kind === Kind.Text && !isVoid) {
      const noscript = findUp(open, (o) => o.space === "html" && o.tag === "noscript");
      if (noscript === null || !item.text.toLowerCase().includes("</noscript")) continue;
      issues.push(
        issueOf(item, open.path, noscript, { text: "with scripting on, its text ends the noscript" }),
      );
    } else if (!TEXT_ONLY.has(open.tag) && item.kind === Kind.Fragment && !isVoid) {
      checkTextAlone(item.children ?? [], open, issues);
    } else {
      issues.push(
        issueOf(item, open.path, open, { text: isVoid ? "the element is void" : "it holds text alone" }),
      );
    }
  }
}

function textProblem(text: string, parent: Open): Problem | null {
  if (text === "" || parent.space !== "html") return null;
  const { tag } = parent;
  if (tag === "template") {
    if (parent.content === null) parent.content = "flow";
    return parent.content === "flow" ? null : { text: "a template of table parts holds no text" };
  }
  if (!ONLY.has(tag) || tag === "select" || /^[\t\n\f\r ]*$/.test(text)) return null;
  return {
    text: tag === "colgroup" ? "a parser ends the colgroup before it" : "a parser moves it before the table",
  };
}

/** The namespace in which a start tag makes an element (13.2.6, "tree construction dispatcher"). */
function namespaceOf(tag: string, parent: Open): Namespace {
  const inner = innerSpace(tag, parent);
  if (inner !== "html") return inner;
  return tag === "svg" ? "svg" : tag === "math" ? "math" : "html";
}

function innerSpace(tag: string, parent: Open): Namespace {
  if (parent.space === "svg") return names.SVG_HTML.has(parent.tag) ? "html" : "svg";
  if (parent.space === "math") {
    if (names.MATH_TEXT.has(parent.tag)) return tag === "mglyph" || tag === "malignmark" ? "math" : "html";
    if (parent.tag === "annotation-xml" && (tag === "svg" || isHtmlAnnotation(parent.node))) return "html";
    return "math";
  }
  return "html";
}

function isHtmlAnnotation(node: VNode | null): boolean {
  const prop = node?.props?.encoding;
  const encoding = isSignal(prop) ? prop.peek() : prop;
  return typeof encoding === "string" && /^(text\/html|application\/xhtml\+xml)$/i.test(encoding);
}

function foreignProblem(node: VNode, tag: string, space: Namespace, parent: Open): Problem | null {
  const lower = tag.toLowerCase();
  // The root of foreign content stands where the HTML rules let any element stand.
  if (innerSpace(tag, parent) === "html") return placeProblem(tag, node, parent);
  const breaks = names.BREAKS_OUT.has(lower) ||
    lower === "font" && ["color", "face", "size"].some((name) => node.props !== null && name in node.props);
  if (breaks) return { text: `a parser ends the ${space === "svg" ? "<svg>" : "<math>"} before it` };
  if (names.NOT_FOREIGN.has(lower)) {
    return { text: `it is no element of ${space === "svg" ? "SVG" : "MathML"}` };
  }
  if (tag !== lower && !(space === "svg" && names.SVG_CAPITALS.has(tag))) {
    return { text: `a parser reads it as <${lower}>` };
  }
  if (tag === lower && space === "svg") {
    const right = capitalsOf(lower);
    if (right !== null) return { text: `a parser reads it as <${right}>` };
  }
  return null;
}

function capitalsOf(lower: string): string | null {
  for (const name of names.SVG_CAPITALS) if (name.toLowerCase() === lower) return name;
  return null;
}

function htmlProblem(node: VNode, tag: string, parent: Open): Problem | null {
  if (tag !== tag.toLowerCase()) return { text: `a parser reads it as <${tag.toLowerCase()}>` };
  if (names.NEVER_IN_BODY.has(tag)) return { text: "a parser drops it, or reads it as something else" };
  const place = placeProblem(tag, node, parent);
  if (place !== null) return place;
  if (names.TABLE_PARTS.has(tag)) return null;
  if (names.CLOSES_P.has(tag)) {
    const p = findInScope(parent, "p", BUTTON);
    if (p !== null) return { text: "a parser closes the <p> before it", by: p };
  }
  return ancestorProblem(tag, parent);
}

const BUTTON: ReadonlySet<string> = new Set(["button"]);

/** Whether a start tag is one that its parent takes: tables, selects and templates take certain ones alone. */
function placeProblem(tag: string, node: VNode, parent: Open): Problem | null {
  if (parent.space === "html" && parent.tag === "template") return templateProblem(tag, parent);
  const only = parent.space === "html" ? onlyOf(parent) : undefined;
  if (only !== undefined) {
    if (only.has(tag)) return null;
    if (tag === "input" && ONLY.has(parent.tag) && parent.tag !== "select" && parent.tag !== "colgroup") {
      const type = node.props?.type;
      if (typeof type === "string" && type.toLowerCase() === "hidden") return null;
    }
    return { text: `<${parent.tag}> takes only ${[...only].map((t) => `<${t}>`).join(", ")}` };
  }
  if (!names.TABLE_PARTS.has(tag)) return null;
  const wanted = [...ONLY].filter(([, set]) => set.has(tag)).map(([name]) => `<${name}>`).join(" or ");
  return { text: `a parser knows it only in ${wanted}` };
}

function onlyOf(parent: Open): ReadonlySet<string> | undefined {
  if (parent.tag === "optgroup" && findInScope(parent, "select", EMPTY) !== null) return OPTGROUP_IN_SELECT;
  return ONLY.get(parent.tag);
}

/** A template takes one kind of content: the first child of one kind sets what a parser expects of the next. */
function templateProblem(tag: string, parent: Open): Problem | null {
  if (TABLE_EXTRAS.has(tag) && parent.content !== null) {
    return tag === "template" || parent.content !== "cols"
      ? null
      : { text: "a template of columns holds columns alone" };
  }
  const content = tag === "col"
    ? "cols"
    : tag === "tr"
    ? "rows"
    : tag === "td" || tag === "th"
    ? "cells"
    : names.TABLE_PARTS.has(tag)
    ? "parts"
    : "flow";
  if (TABLE_EXTRAS.has(tag)) return null; // says nothing of what follows
  parent.content ??= content;
  return parent.content === content
    ? null
    : { text: "a template does not mix table parts with other content" };
}

/** The rules that look for certain open elements. */
function ancestorProblem(tag: string, parent: Open): Problem | null {
  const html = parent.space === "html";
  if (names.HEADINGS.has(tag)) {
    return html && names.HEADINGS.has(parent.tag)
      ? { text: "a parser closes the other heading before it" }
      : null;
  }
  switch (tag) {
    case "li":
      return openItem(parent, ["li"]);
    case "dt":
    case "dd":
      return openItem(parent, ["dt", "dd"]);
    case "form":
      return inTheWay(
        findUp(parent, (o) => o.tag === "form" && o.space === "html", "template"),
        "a parser drops a form in a form",
      );
    case "button":
    case "nobr":
    case "select":
      return inTheWay(findInScope(parent, tag, EMPTY), `a parser closes the outer <${tag}> before it`);
    case "a":
      return inTheWay(activeLink(parent), "a parser closes the outer <a> before it");
    case "noscript":
      return inTheWay(
        findUp(parent, (o) => o.tag === "noscript" && o.space === "html"),
        "with scripting on, a parser reads the outer one as text, up to the first end tag",
      );
    case "rb":
    case "rtc":
    case "rp":
    case "rt":
      if (!html || !names.IMPLIED_END.has(parent.tag)) return null;
      if (parent.tag === "rtc" && (tag === "rp" || tag === "rt")) return null;
      return findInScope(parent, "ruby", EMPTY) === null
        ? null
        : { text: `a parser closes the <${parent.tag}> before it` };
  }
  return null;
}

function inTheWay(by: Open | null, text: string): Problem | null {
  return by === null ? null : { text, by };
}

/** Looks for an open li, dt or dd as the start tags of those do: past whatever is not special, address, div and p. */
function openItem(from: Open, tags: readonly string[]): Problem | null {
  for (let o: Open | null = from; o !== null; o = o.up) {
    if (o.space !== "html") {
      if (isForeignScope(o)) return null;
      continue;
    }
    if (tags.includes(o.tag)) return { text: `a parser closes the <${o.tag}> before it`, by: o };
    if (names.STOPS_LI.has(o.tag)) return null;
  }
  return null;
}

/** An `a` that is in the list of active formatting elements after its last marker. */
function activeLink(from: Open): Open | null {
  for (let o: Open | null = from; o !== null; o = o.up) {
    if (o.space !== "html") continue;
    if (o.tag === "a") return o;
    if (names.MARKERS.has(o.tag)) return null;
  }
  return null;
}

/** The element in scope, as "has an element in the specific scope" finds it; `extra` ends the scope, too. */
function findInScope(from: Open, tag: string, extra: ReadonlySet<string>): Open | null {
  for (let o: Open | null = from; o !== null; o = o.up) {
    if (o.space !== "html") {
      if (isForeignScope(o)) return null;
      continue;
    }
    if (o.tag === tag) return o;
    if (names.SCOPE.has(o.tag) || extra.has(o.tag)) return null;
  }
  return null;
}

function isForeignScope(o: Open): boolean {
  return o.space === "svg"
    ? names.SVG_HTML.has(o.tag)
    : names.MATH_TEXT.has(o.tag) || o.tag === "annotation-xml";
}

function findUp(from: Open, test: (open: Open) => boolean, stop?: string): Open | null {
  for (let o: Open | null = from; o !== null; o = o.up) {
    if (test(o)) return o;
    if (o.tag === stop && o.space === "html") return null;
  }
  return null;
}

function issueOf(child: VNode, path: string, parent: Open, problem: Problem): NestingIssue {
  const name = nameOf(child);
  const childPath = join(path, child.kind === Kind.Element ? child.type as string : name);
  return {
    child: name,
    parent: `<${parent.tag}>`,
    childPath,
    parentPath: parent.path,
    message: `Cannot put ${name} (${childPath}) into <${parent.tag}> (${parent.path}): ${problem.text}`,
  };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path} > ${name}`;
}
