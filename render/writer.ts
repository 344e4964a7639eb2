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
import { coded } from "../vdom/coded.ts";
import { attributeValue, contentOf, eachAttribute } from "../vdom/attrs.ts";
import { domText, Kind, type Props, type VNode } from "../vdom/node.ts";
import { PathTracker } from "../vdom/path.ts";
import { RenderError } from "./errors.ts";
import { writeTemplate } from "./template.ts";
import { checkRawText, escapeAttribute, escapeText, isPlainText } from "./escape.ts";
import {
  type AttributeName,
  eventsOf,
  type Namespace,
  spaceIn,
  stepAt,
  T_BUTTON,
  T_CUSTOM,
  T_FORM,
  T_NEWLINE,
  T_NONCE,
  T_OPTION,
  T_RARE,
  T_RAW,
  T_SELECT,
  T_SPACE,
  T_TEXT,
  T_VOID,
  type Tag,
  tagOf,
} from "./names.ts";
import { buttonPost, formPost, type FormState, type PostOptions } from "./post.ts";
import { type SelectValues, selectValues } from "./select.ts";

/** How a tree is rendered. */
export interface RenderOptions {
  /** Makes forms and buttons with handlers post when JavaScript is off (decision D9); left out, they do not. */
  post?: PostOptions;
  /** A CSP nonce for script, style and stylesheet, preload and modulepreload links that have none. Default: none. */
  nonce?: string;
}

/** What the content of an element may need of its ancestors; saved around each element. */
export interface WriterState {
  /** The namespace in which child elements are. */
  space: Namespace;
  /** The values of the select around, where it has a `value`. */
  values: SelectValues | null;
  /** What the form around is. */
  form: FormState;
}

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
  /** What makes an element need more than its props and its items. */
  readonly #special: number;
  /** The end of the start tag whose attributes were written last: data-hid, where the element takes events, and the bracket. */
  #end = ">";

  /** Makes a writer in an HTML context. */
  constructor(options?: RenderOptions) {
    this.#post = options?.post ?? null;
    this.#nonce = options?.nonce ?? null;
    // Of a button there is nothing more to say where it does not post.
    this.#special = this.#post === null ? ~T_BUTTON : ~0;
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
        if (item.kind === Kind.Template) this.#template(item);
        else {
          const inner = this.open(item);
          if (inner !== null) this.writeItems(inner);
        }
        this.path?.leave();
      }
    }
  }

  #element(node: VNode): void {
    const tag = tagOf(node.type as string);
    if ((tag.traits & this.#special) === 0) return this.#ordinary(node, tag);
    const { space, values, form } = this;
    const inner = this.#openElement(node, tag);
    if (inner === null) return;
    this.writeItems(inner);
    this.out += tag.close;
    this.space = space;
    this.values = values;
    this.form = form;
  }

  /** Writes an element that has nothing special about it, and so leaves the state as it is. */
  #ordinary(node: VNode, tag: Tag): void {
    const { props, content } = node;
    let html: string;
    if (props === null) html = tag.whole;
    else {
      html = this.#attributes(node, tag, props);
      html += this.#end;
    }
    if (typeof content === "string") {
      this.out += html + heldText(content) + tag.close;
      return;
    }
    if (content === null || content.length === 0) {
      this.out += html + tag.close;
      return;
    }
    const children = content;
    const [first] = children;
    if (children.length === 1 && first.kind === Kind.Text && first.lead === 0) {
      html += first.text === "" ? "<!---->" : escapeText(first.text);
      this.out += html + tag.close;
      return;
    }
    this.out += html;
    this.writeItems(children);
    this.out += tag.close;
  }

  /**
   * Writes an item up to its content.
   *
   * @returns The items of the content, after which {@linkcode close} is due; null when the item is complete.
   */
  open(item: VNode): readonly VNode[] | null {
    switch (item.kind) {
      case Kind.Element:
        return this.#openElement(item, tagOf(item.type as string));
      case Kind.Text:
        this.#text(item);
        return null;
      case Kind.Fragment:
      case Kind.Component:
        return item.children;
      case Kind.Raw:
        this.out += `<!--r-->${item.text}<!--/r-->`;
        return null;
      case Kind.Template:
        return this.openRegion(item, 0);
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

  /** Writes an instance of a template. */
  #template(node: VNode): void {
    const { space } = this;
    for (let region = 0;; region++) {
      const items = this.openRegion(node, region);
      if (items === null) return;
      const at = node.children![region];
      this.path?.enter(at);
      this.writeItems(items);
      this.path?.leave();
      this.space = space;
    }
  }

  /**
   * Goes on with an instance of a template, from behind the region before to the next one.
   *
   * @returns The items of that region; null when the instance is complete.
   */
  openRegion(node: VNode, region: number): readonly VNode[] | null {
    return writeTemplate(this, node, region);
  }

  #text(run: VNode): void {
    if (run.lead !== 0) this.out += "<!---->";
    const text = run.text;
    this.out += text === "" ? "<!---->" : escapeText(text);
  }

  #openElement(node: VNode, tag: Tag): readonly VNode[] | null {
    const name = node.type as string;
    const traits = tag.traits;
    const props = node.props;
    let start = tag.open;
    let hidden: string | null = null;
    if (props !== null) start = this.#attributes(node, tag, props);
    // What was said of events is of this element alone: nothing between here and there writes another one's.
    const end = props === null ? ">" : this.#end;
    if ((traits & T_RARE) !== 0) {
      const extra = this.#rareAttributes(node, traits);
      start += extra.attributes;
      hidden = extra.content;
    }
    start += end;
    if (this.space === 0 && (traits & (T_VOID | T_TEXT | T_RAW)) !== 0 || (traits & T_TEXT) !== 0) {
      this.out += start + this.#closedContent(node, name, tag);
      return null;
    }
    if (typeof node.content === "string") {
      const text = heldText(node.content);
      const newline = (traits & T_NEWLINE) !== 0 && this.space === 0 && text.charCodeAt(0) === 10 ? "\n" : "";
      this.out += `${start}${hidden ?? ""}${newline}${text}${tag.close}`;
      return null;
    }
    const children = node.content;
    if (children === null || children.length === 0) {
      this.out += hidden === null ? start + tag.close : start + hidden + tag.close;
      return null;
    }
    if (traits === 0 && children.length === 1 && children[0].kind === Kind.Text && children[0].lead === 0) {
      const text = children[0].text;
      this.out += start + (text === "" ? "<!---->" : escapeText(text)) + tag.close;
      return null;
    }
    this.out += start;
    if (hidden !== null) this.out += hidden;
    if ((traits & T_NEWLINE) !== 0 && this.space === 0 && startsWithNewline(children)) this.out += "\n";
    if ((traits & T_SPACE) !== 0) this.space = innerSpace(node, name, this.space);
    if ((traits & T_SELECT) !== 0) this.values = selectValues(props);
    if ((traits & T_FORM) !== 0) this.form = hidden === null ? 1 : 2;
    return children;
  }

  /** Attributes that no prop gives, and content that no child gives. */
  #rareAttributes(node: VNode, traits: number): { attributes: string; content: string | null } {
    let attributes = "";
    if ((traits & T_CUSTOM) !== 0 && node.children !== null) attributes += ' data-own=""';
    if ((traits & T_OPTION) !== 0 && this.values !== null && this.values.select(node)) {
      attributes += ' selected=""';
    }
    const nonce = this.#nonce;
    if ((traits & T_NONCE) !== 0 && nonce !== null && node.props?.nonce === undefined && takesNonce(node)) {
      attributes += ` nonce="${escapeAttribute(nonce)}"`;
    }
    if (this.#post !== null && this.path !== null && this.space === 0) {
      if ((traits & T_FORM) !== 0) return formPost(node, this.#post, this.path);
      if ((traits & T_BUTTON) !== 0) attributes += buttonPost(node, this.form, this.path);
    }
    return { attributes, content: null };
  }

  /** What follows the start tag of an element that holds no nodes, its end tag included. */
  #closedContent(node: VNode, name: string, tag: Tag): string {
    const html = this.space === 0;
    if (html && (tag.traits & T_VOID) !== 0) {
      if (node.children === null || node.children.length === 0) return "";
      throw coded("E050", new TypeError(`Cannot render children of <${name}>: the element is void`));
    }
    if ((tag.traits & T_TEXT) === 0) return `${checkRawText(name, flatText(node, name))}${tag.close}`;
    const text = contentOf(node);
    if (html && (tag.traits & T_RAW) !== 0) return `${checkRawText(name, text)}${tag.close}`;
    const newline = html && (tag.traits & T_NEWLINE) !== 0 && text.charCodeAt(0) === 10 ? "\n" : "";
    return `${newline}${escapeText(text)}${tag.close}`;
  }

  /** The start tag of an element with its attributes, up to what {@linkcode HtmlWriter.#end} says then. */
  #attributes(node: VNode, tag: Tag, props: Props): string {
    const type = node.type as string;
    let start = tag.open;
    let place = 0;
    // Whether all so far is as it was in the element before.
    let same = true;
    let event: AttributeName | null = null;
    let handler: unknown;
    let several = false;
    for (const name in props) {
      // Ahead of the step: a getter may render something itself, and steps are everyone's.
      const value = props[name];
      const step = stepAt(tag, type, place++, name);
      const { attribute } = step;
      const { prefix } = attribute;
      if (prefix === null) continue;
      if (prefix === "") {
        if (typeof value === "string") eachAttribute(type, props, nothing); // throws
        if (event !== null) several = true;
        event = attribute;
        handler = value;
        continue;
      }
      if (name === "selected" && this.values !== null && type === "option") continue;
      if (typeof value === "string") {
        const known = same ? step.go(start, value) : null;
        if (known !== null) {
          start = known;
          continue;
        }
        same = false;
        const written = attribute.write(value);
        if (written !== null) {
          start += written;
          continue;
        }
      }
      same = false;
      // A parser knows the name in lower case: so must the check of URLs, for HREF is href.
      const text = attributeValue(type, name.toLowerCase(), value);
      if (text !== null) start += prefix + escapeAttribute(text) + '"';
    }
    this.#end = ">";
    if (event !== null && node.num !== 0) {
      const events = several ? eventsOf(node) : event.events(node, handler);
      this.#end = events === ">" ? events : HID + node.num + events;
    }
    return start;
  }
}

/** The text that an element keeps itself. */
function heldText(text: string): string {
  if (text === "") return "<!---->";
  return isPlainText(text) ? text : escapeText(domText(text));
}

const nothing = (): void => {};

/** What stands before the number of an element that takes events. */
const HID = ' data-hid="';

function takesNonce(node: VNode): boolean {
  const rel = node.props?.rel;
  return node.type !== "link" || rel === "stylesheet" || rel === "preload" || rel === "modulepreload";
}

/** The namespace of the children of an element, given the one that it stands in. */
function innerSpace(node: VNode, name: string, space: Namespace): Namespace {
  return space === 2 && name === "annotation-xml" && isHtmlAnnotation(node.props) ? 0 : spaceIn(name, space);
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
    else throw coded("E049", new TypeError(`Cannot put a node into <${tag}>: it holds text alone`));
  }
  return text;
}
