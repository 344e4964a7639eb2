/**
 * What the writer knows of tags, props and events by their names: looked up once, then kept, in tables of bounded size.
 *
 * @module
 */
import { eachAttribute, eventSpec, isControlled, isEventProp } from "../vdom/attrs.ts";
import { DROPS_NEWLINE, MATH_TEXT, RAW_TEXT, SVG_HTML, VOID } from "../vdom/html_names.ts";
import { Kind, TEXT_ONLY, VNode } from "../vdom/node.ts";
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
  /** The props of the element before, in their order: neighbours are alike. */
  readonly steps: Step[];
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
    steps: [],
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

const names = new Map<string, AttributeName>();

/** How many values of one attribute are kept. */
const KEPT = 16;
/** The length up to which values are kept, and how many in a row may not be found again before none is looked for any more. */
const MAX_KEPT = 32;
const MAX_MISSES = 200;
/** How many props of the element before are remembered. */
const MAX_STEPS = 16;

/**
 * How a prop is written. Many elements have the same values of an attribute, of `class` above all: how some plain ones are written is
 * kept whole, as long as it is found again now and then.
 */
export class AttributeName {
  /** The prop. */
  readonly name: string;
  /** What is written before the value: ` name="`; "" of an event, null of what is no attribute. */
  readonly prefix: string | null;
  readonly #values: (string | null)[] = new Array(KEPT).fill(null);
  readonly #written: (string | null)[] = new Array(KEPT).fill(null);
  #misses = 0;
  // Of an event, what is written for a plain function: with a payload, without one, and without one by a control whose value is the
  // server's, which is told also to a handler that does not ask.
  #asking: string | null = null;
  #plain: string | null = null;
  #controlled: string | null = null;

  /** A name with what is written before its value. */
  constructor(name: string, prefix: string | null) {
    this.name = name;
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

  /** What {@linkcode eventsOf} gives of an element that takes this event alone. */
  events(node: VNode, handler: unknown): string {
    if (typeof handler !== "function") return eventsOf(node);
    if (handler.length > 0) return this.#asking ??= this.#eventsOf("b", handler);
    this.#plain ??= this.#eventsOf("b", handler);
    this.#controlled ??= this.#eventsOf("select", handler);
    return this.#plain === this.#controlled || !isControlled(node) ? this.#plain : this.#controlled;
  }

  /** Of an element of its own: what is kept for all depends on no other. */
  #eventsOf(tag: string, handler: unknown): string {
    return flatten(eventsOf(new VNode(Kind.Element, tag, { [this.name]: handler }, null, "", null)));
  }
}

/**
 * What follows the number of an element that takes events, to the end of its start tag: a space, the events, escaped, the quote and
 * the bracket; the bracket alone when it takes none.
 */
export function eventsOf(node: VNode): string {
  const spec = eventSpec(node);
  return spec === "" ? ">" : ` ${escapeAttribute(spec)}">`;
}

/**
 * How a prop is written.
 *
 * @throws {RenderError} When the name is one of the framework's own.
 * @throws {TypeError} When it could not be an attribute's.
 */
export function attributeOf(tag: string, name: string): AttributeName {
  const known = names.get(name);
  if (known !== undefined) return known;
  let prefix: string | null = null;
  if (isEventProp(name)) {
    prefix = "";
  } else {
    const lower = name.toLowerCase();
    if (lower === "data-hid" || lower === "data-own") {
      throw new RenderError("reserved", `Cannot set ${name} of <${tag}>: the name is the framework's`);
    }
    eachAttribute(tag, { [name]: null }, () => prefix = flatten(` ${name}="`));
  }
  const found = new AttributeName(name, prefix);
  // Whether `value` is an attribute depends on the tag.
  if (name !== "value" && names.size < MAX_KNOWN) names.set(name, found);
  return found;
}

/** A prop of a start tag, and how the tag was written up to here. */
export class Step {
  /** The prop. */
  attribute: AttributeName;
  #value: string | null = null;
  #before = "";
  #written = "";
  /** The value that was met instead, the last time. */
  #other: string | null = null;
  #misses = 0;

  /** A step at this prop. */
  constructor(attribute: AttributeName) {
    this.attribute = attribute;
  }

  /** Becomes one at another prop. */
  turn(attribute: AttributeName): void {
    this.attribute = attribute;
    this.#value = this.#other = null;
    this.#misses = 0;
  }

  /**
   * What is written up to here in one piece, with this value; null when that is not known.
   *
   * @param before What is written up to this prop: the start of a tag, or what another step gave. So comparing it is quick.
   */
  go(before: string, value: string): string | null {
    if (this.#misses > MAX_MISSES) return null;
    if (this.#value === value && this.#before === before) {
      this.#other = null;
      this.#misses = 0;
      return this.#written;
    }
    this.#misses++;
    if (this.#other !== value || !isPlain(value)) {
      this.#other = value.length > MAX_KEPT ? null : value;
      return null;
    }
    // Twice in a row: it may come again.
    this.#value = value;
    this.#before = before;
    this.#other = null;
    return this.#written = flatten(before + this.attribute.prefix + value + '"');
  }
}

/** The step at a prop of an element of a tag. Its name is looked up only where it is not the one that the element before had here. */
export function stepAt({ steps }: Tag, type: string, place: number, name: string): Step {
  if (place < steps.length) {
    const step = steps[place];
    if (step.attribute.name !== name) step.turn(attributeOf(type, name));
    return step;
  }
  const step = new Step(attributeOf(type, name));
  if (place < MAX_STEPS) steps.push(step);
  return step;
}

/** What is written before a prop's value, ` name="`: "" of an event's, null when it is no attribute. */
export function prefixOf(tag: string, name: string): string | null {
  return attributeOf(tag, name).prefix;
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
