/**
 * The writer: one node after the other, as HTML, into one string.
 *
 * `open` writes an element up to its content and says which items follow; `close` ends it. Between the two the writer's
 * state (namespace, enclosing select and form) is that of the content. Two walks drive it: the recursive one of
 * `writeItems`, and the one of stream.ts, which can stop between any two nodes. What is written is what the HTML standard's
 * serialisation gives, so that a parser reads the same tree back.
 *
 * @module
 */
import { attributeValue, contentOf, eachAttribute, eventSpec, isEventProp } from "../vdom/attrs.ts";
import { DROPS_NEWLINE, MATH_TEXT, RAW_TEXT, SVG_HTML, VOID } from "../vdom/html_names.ts";
import { Kind, type Props, TEXT_ONLY, type VNode } from "../vdom/node.ts";
import { PathTracker } from "../vdom/path.ts";
import { RenderError } from "./errors.ts";
import { checkRawText, escapeAttribute, escapeText } from "./escape.ts";
import { buttonPost, formPost, type FormState, type PostOptions } from "./post.ts";
import { type SelectValues, selectValues } from "./select.ts";

/** How a tree is rendered. */
export interface RenderOptions {
  /** Makes forms and buttons with handlers post when JavaScript is off (decision D9); left out, they do not. */
  post?: PostOptions;
  /** A CSP nonce for script, style and stylesheet, preload and modulepreload links that have none. Default: none. */
  nonce?: string;
}

/** HTML, SVG, MathML. */
type Namespace = 0 | 1 | 2;

/** What the content of an element may need of its ancestors; saved around each element. */
export interface WriterState {
  /** The namespace in which child elements are. */
  space: Namespace;
  /** The values of the select around, where it has a `value`. */
  values: SelectValues | null;
  /** What the form around is. */
  form: FormState;
}

interface Tag {
  readonly open: string;
  readonly close: string;
  readonly traits: number;
}

const T_VOID = 1;
const T_TEXT = 2;
const T_RAW = 4;
const T_NEWLINE = 8;
const T_CUSTOM = 16;
const T_SPACE = 32;
const T_SELECT = 64;
const T_OPTION = 128;
const T_FORM = 256;
const T_BUTTON = 512;
const T_NONCE = 1024;

// deno-lint-ignore no-control-regex
const TAG_NAME = /^[a-zA-Z][^\s/>\0-\x1f\x7f"'<=&]*$/;
const MAX_KNOWN = 2000;
const tags = new Map<string, Tag>();

function tagOf(name: string): Tag {
  const known = tags.get(name);
  if (known !== undefined) return known;
  if (typeof name !== "string" || !TAG_NAME.test(name) || name.toLowerCase() === "plaintext") {
    throw new RenderError("tag", `Cannot render an element with the tag ${JSON.stringify(name)}`);
  }
  let traits = 0;
  if (VOID.has(name)) traits |= T_VOID;
  if (TEXT_ONLY.has(name)) traits |= T_TEXT;
  if (RAW_TEXT.has(name)) traits |= T_RAW;
  if (DROPS_NEWLINE.has(name)) traits |= T_NEWLINE;
  if (name.includes("-")) traits |= T_CUSTOM;
  if (
    name === "svg" || name === "math" || name === "annotation-xml" || SVG_HTML.has(name) ||
    MATH_TEXT.has(name)
  ) {
    traits |= T_SPACE;
  }
  if (name === "select") traits |= T_SELECT;
  if (name === "option") traits |= T_OPTION;
  if (name === "form") traits |= T_FORM;
  if (name === "button") traits |= T_BUTTON;
  if (name === "script" || name === "style" || name === "link") traits |= T_NONCE;
  const tag: Tag = { open: `<${name}`, close: `</${name}>`, traits };
  if (tags.size < MAX_KNOWN) tags.set(name, tag);
  return tag;
}

/** How a prop is written: ` name="`, or "" for an event; null when it is no attribute. */
const prefixes = new Map<string, string | null>();

function prefixOf(tag: string, name: string): string | null {
  let prefix: string | null = null;
  if (isEventProp(name)) {
    prefix = "";
  } else {
    const lower = name.toLowerCase();
    if (lower === "data-hid" || lower === "data-own") {
      throw new RenderError("reserved", `Cannot set ${name} of <${tag}>: the name is the framework's`);
    }
    eachAttribute(tag, { [name]: null }, () => prefix = ` ${name}="`);
  }
  // Whether `value` is an attribute depends on the tag.
  if (name !== "value" && prefixes.size < MAX_KNOWN) prefixes.set(name, prefix);
  return prefix;
}

const nothing = (): void => {};

/** Writes nodes as HTML. */
export class HtmlWriter implements WriterState {
  /** What was written and not yet taken. */
  out = "";
  space: Namespace = 0;
  values: SelectValues | null = null;
  form: FormState = 0;
  /** The path to where the writer stands, when posts need it. */
  readonly path: PathTracker | null;
  readonly #post: PostOptions | null;
  readonly #nonce: string | null;

  /** Makes a writer in an HTML context. */
  constructor(options: RenderOptions = {}) {
    this.#post = options.post ?? null;
    this.#nonce = options.nonce ?? null;
    this.path = this.#post === null ? null : new PathTracker();
  }

  /** Writes the items of a list and all below them. */
  writeItems(items: readonly VNode[]): void {
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item.kind === Kind.Text) {
        this.#text(item);
      } else if (item.kind === Kind.Element) {
        this.path?.enter(item);
        this.#element(item);
        this.path?.leave();
      } else {
        this.path?.enter(item);
        const inner = this.open(item);
        if (inner !== null) this.writeItems(inner);
        this.path?.leave();
      }
    }
  }

  #element(node: VNode): void {
    const { space, values, form } = this;
    const inner = this.#openElement(node);
    if (inner === null) return;
    this.writeItems(inner);
    this.out += tagOf(node.type as string).close;
    this.space = space;
    this.values = values;
    this.form = form;
  }

  /**
   * Writes an item up to its content.
   *
   * @returns The items of the content, after which {@linkcode close} is due; null when the item is complete.
   */
  open(item: VNode): readonly VNode[] | null {
    switch (item.kind) {
      case Kind.Element:
        return this.#openElement(item);
      case Kind.Text:
        this.#text(item);
        return null;
      case Kind.Fragment:
      case Kind.Component:
        return item.children;
      case Kind.Raw:
        this.out += `<!--r-->${item.text}<!--/r-->`;
        return null;
      default:
        throw new RenderError("kind", `Cannot render a node of kind ${item.kind}`);
    }
  }

  /** Ends an item whose content is written. `before` is what the state was before it was opened. */
  close(item: VNode, before: WriterState): void {
    if (item.kind === Kind.Element) this.out += tagOf(item.type as string).close;
    this.space = before.space;
    this.values = before.values;
    this.form = before.form;
  }

  #text(run: VNode): void {
    if (run.lead !== 0) this.out += "<!---->";
    const text = run.text;
    this.out += text === "" ? "<!---->" : escapeText(text);
  }

  #openElement(node: VNode): readonly VNode[] | null {
    const name = node.type as string;
    const tag = tagOf(name);
    const traits = tag.traits;
    const props = node.props;
    let start = tag.open;
    let hidden: string | null = null;
    if (props !== null) start = this.#attributes(start, name, props);
    if ((traits & (T_CUSTOM | T_FORM | T_BUTTON | T_OPTION | T_NONCE)) !== 0) {
      if ((traits & T_CUSTOM) !== 0 && node.children !== null) start += ' data-own=""';
      if ((traits & T_OPTION) !== 0 && this.values !== null && this.values.select(node)) {
        start += ' selected=""';
      }
      if (
        (traits & T_NONCE) !== 0 && this.#nonce !== null && props?.nonce === undefined && takesNonce(node)
      ) {
        start += ` nonce="${escapeAttribute(this.#nonce)}"`;
      }
    }
    if (
      (traits & (T_FORM | T_BUTTON)) !== 0 && this.#post !== null && this.path !== null && this.space === 0
    ) {
      if ((traits & T_FORM) !== 0) {
        const made = formPost(node, this.#post, this.path);
        start += made.attributes;
        hidden = made.content;
      } else {
        start += buttonPost(node, this.form, this.path);
      }
    }
    if (props !== null && node.num !== 0) {
      const spec = eventSpec(node);
      if (spec !== "") start += ` data-hid="${node.num} ${escapeAttribute(spec)}"`;
    }
    if (this.space === 0 && (traits & (T_VOID | T_TEXT | T_RAW)) !== 0 || (traits & T_TEXT) !== 0) {
      this.out += start + this.#closedContent(node, name, tag);
      return null;
    }
    const children = node.children;
    if (children === null || children.length === 0) {
      this.out += hidden === null ? `${start}>${tag.close}` : `${start}>${hidden}${tag.close}`;
      return null;
    }
    this.out += start + ">";
    if (hidden !== null) this.out += hidden;
    if ((traits & T_NEWLINE) !== 0 && this.space === 0 && startsWithNewline(children)) this.out += "\n";
    if ((traits & T_SPACE) !== 0) this.space = innerSpace(node, name, this.space);
    if ((traits & T_SELECT) !== 0) this.values = selectValues(props);
    if ((traits & T_FORM) !== 0) this.form = hidden === null ? 1 : 2;
    return children;
  }

  /** What follows the attributes of an element that holds no nodes, its end tag included. */
  #closedContent(node: VNode, name: string, tag: Tag): string {
    const html = this.space === 0;
    if (html && (tag.traits & T_VOID) !== 0) {
      if (node.children === null || node.children.length === 0) return ">";
      throw new TypeError(`Cannot render children of <${name}>: the element is void`);
    }
    if ((tag.traits & T_TEXT) === 0) return `>${checkRawText(name, flatText(node, name))}${tag.close}`;
    const text = contentOf(node);
    if (html && (tag.traits & T_RAW) !== 0) return `>${checkRawText(name, text)}${tag.close}`;
    const newline = html && (tag.traits & T_NEWLINE) !== 0 && text.charCodeAt(0) === 10 ? "\n" : "";
    return `>${newline}${escapeText(text)}${tag.close}`;
  }

  #attributes(start: string, tag: string, props: Props): string {
    for (const name in props) {
      let prefix = prefixes.get(name);
      if (prefix === undefined) prefix = prefixOf(tag, name);
      if (prefix === null) continue;
      const value = props[name];
      if (prefix === "") {
        if (typeof value === "string") eachAttribute(tag, props, nothing); // throws
        continue;
      }
      if (name === "selected" && this.values !== null && tag === "option") continue;
      const text = attributeValue(tag, name, value);
      if (text !== null) start += prefix + escapeAttribute(text) + '"';
    }
    return start;
  }
}

function takesNonce(node: VNode): boolean {
  const rel = node.props?.rel;
  return node.type !== "link" || rel === "stylesheet" || rel === "preload" || rel === "modulepreload";
}

/** The namespace of the children of an element, given the one that it stands in. */
function innerSpace(node: VNode, name: string, space: Namespace): Namespace {
  if (space === 0) return name === "svg" ? 1 : name === "math" ? 2 : 0;
  if (name === "svg") return 1;
  if (space === 1) return SVG_HTML.has(name) ? 0 : 1;
  if (MATH_TEXT.has(name)) return 0;
  return name === "annotation-xml" && isHtmlAnnotation(node.props) ? 0 : 2;
}

function isHtmlAnnotation(props: Props | null): boolean {
  const encoding = props === null ? null : attributeValue("annotation-xml", "encoding", props.encoding);
  return encoding !== null && /^(text\/html|application\/xhtml\+xml)$/i.test(encoding);
}

/** Whether the first thing that a list writes is text that begins with a newline. */
function startsWithNewline(items: readonly VNode[]): boolean {
  let list: readonly VNode[] | null = items;
  while (list !== null && list.length > 0) {
    const first: VNode = list[0];
    if (first.kind === Kind.Text) return first.lead === 0 && first.text.charCodeAt(0) === 10;
    if (first.kind !== Kind.Fragment && first.kind !== Kind.Component) return false;
    list = first.children;
  }
  return false;
}

/** The text of an element that an HTML parser reads raw, whatever lists it is in. */
function flatText(node: VNode, tag: string): string {
  let text = "";
  for (const item of node.children ?? []) {
    if (item.kind === Kind.Text) text += item.text;
    else if (item.kind === Kind.Fragment || item.kind === Kind.Component) text += flatText(item, tag);
    else throw new TypeError(`Cannot put a node into <${tag}>: it holds text alone`);
  }
  return text;
}
