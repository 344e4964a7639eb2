/**
 * What the writer knows of tags, props and events by their names: looked up once, then kept, in tables of bounded size.
 *
 * @module
 */
import { eachAttribute, eventSpec, isEventProp } from "../vdom/attrs.ts";
import { DROPS_NEWLINE, MATH_TEXT, RAW_TEXT, SVG_HTML, VOID } from "../vdom/html_names.ts";
import { TEXT_ONLY, type VNode } from "../vdom/node.ts";
import { RenderError } from "./errors.ts";
import { escapeAttribute, flatten, isPlain } from "./escape.ts";

/** A tag: how it is written, and the bits of what is special about it. */
export interface Tag {
  /** The start tag, up to the attributes. */
  readonly open: string;
  /** The start tag of an element without attributes. */
  readonly whole: string;
  /** The end tag. */
  readonly close: string;
  /** The bits `T_…`, as they hold in the HTML namespace. */
  readonly traits: number;
}

/** Has no content and no end tag. */
export const T_VOID = 1;
/** Holds text alone. */
export const T_TEXT = 2;
/** Is read raw by a parser. */
export const T_RAW = 4;
/** Loses its first newline to a parser. */
export const T_NEWLINE = 8;
/** May change the namespace of its content. */
export const T_SPACE = 16;
/** Is a select. */
export const T_SELECT = 32;
/** Is a custom element. */
export const T_CUSTOM = 64;
/** Is an option. */
export const T_OPTION = 128;
/** Is a form. */
export const T_FORM = 256;
/** Is a button. */
export const T_BUTTON = 512;
/** May carry a nonce. */
export const T_NONCE = 1024;
/** May get attributes that no prop gives. */
export const T_RARE: number = T_CUSTOM | T_OPTION | T_FORM | T_BUTTON | T_NONCE;

// deno-lint-ignore no-control-regex
const TAG_NAME = /^[a-zA-Z][^\s/>\0-\x1f\x7f"'<=&]*$/;
const MAX_KNOWN = 2000;
const tags = new Map<string, Tag>();

/**
 * Looks up a tag.
 *
 * @throws {RenderError} When the name would be markup, or is that of an element which a parser never closes.
 */
export function tagOf(name: string): Tag {
  const known = tags.get(name);
  if (known !== undefined) return known;
  if (typeof name !== "string" || !TAG_NAME.test(name) || name.toLowerCase() === "plaintext") {
    throw new RenderError("tag", `Cannot render an element with the tag ${JSON.stringify(name)}`);
  }
  const tag: Tag = {
    open: flatten(`<${name}`),
    whole: flatten(`<${name}>`),
    close: flatten(`</${name}>`),
    traits: traitsOf(name),
  };
  if (tags.size < MAX_KNOWN) tags.set(name, tag);
  return tag;
}

const NAMED_TRAITS: Readonly<Record<string, number>> = {
  svg: T_SPACE,
  math: T_SPACE,
  "annotation-xml": T_SPACE,
  select: T_SELECT,
  option: T_OPTION,
  form: T_FORM,
  button: T_BUTTON,
  script: T_NONCE,
  style: T_NONCE,
  link: T_NONCE,
};

function traitsOf(name: string): number {
  let traits = Object.hasOwn(NAMED_TRAITS, name) ? NAMED_TRAITS[name] : 0;
  if (VOID.has(name)) traits |= T_VOID;
  if (TEXT_ONLY.has(name)) traits |= T_TEXT;
  if (RAW_TEXT.has(name)) traits |= T_RAW;
  if (DROPS_NEWLINE.has(name)) traits |= T_NEWLINE;
  if (SVG_HTML.has(name) || MATH_TEXT.has(name)) traits |= T_SPACE;
  if (name.includes("-")) traits |= T_CUSTOM;
  return traits;
}

const names = new Map<string, AttributeName | null>();

/** How many values of one attribute are kept. */
const KEPT = 16;
/** The length up to which values are kept, and how many in a row may not be found again before none is looked for any more. */
const MAX_KEPT = 32;
const MAX_MISSES = 200;

/**
 * How a prop is written. Many elements have the same values of an attribute, of `class` above all: how some plain ones are written is
 * kept whole, as long as it is found again now and then.
 */
export class AttributeName {
  /** What is written before the value: ` name="`; "" of an event. */
  readonly prefix: string;
  readonly #values: (string | null)[] = new Array(KEPT).fill(null);
  readonly #written: (string | null)[] = new Array(KEPT).fill(null);
  #misses = 0;

  /** A name with what is written before its value. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** A plain value with its name and quotes; null of one that must be looked at further. */
  write(value: string): string | null {
    if (this.#misses > MAX_MISSES || value.length > MAX_KEPT) {
      return isPlain(value) ? this.prefix + value + '"' : null;
    }
    const at = (value.length * 5 + value.charCodeAt(0)) & (KEPT - 1);
    if (this.#values[at] === value) {
      const written = this.#written[at];
      if (written !== null) {
        this.#misses = 0;
        return written;
      }
      // The second time: it may come again.
      return this.#written[at] = flatten(this.prefix + value + '"');
    }
    if (!isPlain(value)) return null;
    this.#misses++;
    this.#values[at] = value;
    this.#written[at] = null;
    return this.prefix + value + '"';
  }
}

/**
 * How a prop is written; null when it is no attribute.
 *
 * @throws {RenderError} When the name is one of the framework's own.
 * @throws {TypeError} When it could not be an attribute's.
 */
export function attributeOf(tag: string, name: string): AttributeName | null {
  const known = names.get(name);
  if (known !== undefined) return known;
  let found: AttributeName | null = null;
  if (isEventProp(name)) {
    found = new AttributeName("");
  } else {
    const lower = name.toLowerCase();
    if (lower === "data-hid" || lower === "data-own") {
      throw new RenderError("reserved", `Cannot set ${name} of <${tag}>: the name is the framework's`);
    }
    eachAttribute(tag, { [name]: null }, () => found = new AttributeName(flatten(` ${name}="`)));
  }
  // Whether `value` is an attribute depends on the tag.
  if (name !== "value" && names.size < MAX_KNOWN) names.set(name, found);
  return found;
}

/** What is written before a prop's value, ` name="`: "" of an event's, null when it is no attribute. */
export function prefixOf(tag: string, name: string): string | null {
  return attributeOf(tag, name)?.prefix ?? null;
}

/** HTML, SVG, MathML. */
export type Namespace = 0 | 1 | 2;

/** The namespace of the children of an element, given the one that it stands in; of annotation-xml that of MathML. */
export function spaceIn(name: string, space: Namespace): Namespace {
  if (space === 0) return name === "svg" ? 1 : name === "math" ? 2 : 0;
  if (name === "svg") return 1;
  if (space === 1) return SVG_HTML.has(name) ? 0 : 1;
  return MATH_TEXT.has(name) ? 0 : 2;
}

/** Specs of one plain handler by its prop: without a payload, and with one. */
const specs: readonly Map<string, string>[] = [new Map(), new Map()];

/**
 * The events that an element takes, escaped for an attribute.
 *
 * @param event The one event prop that it has, or "" when it has several.
 */
export function specOf(node: VNode, event: string): string {
  const handler = event === "" || node.props === null ? null : node.props[event];
  if (typeof handler !== "function") return escapeAttribute(eventSpec(node));
  const table = specs[handler.length > 0 ? 1 : 0];
  let spec = table.get(event);
  if (spec === undefined) {
    spec = escapeAttribute(eventSpec(node));
    if (table.size < MAX_KNOWN) table.set(event, spec);
  }
  return spec;
}
