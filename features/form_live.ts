/**
 * A form as it lives in a component: what `form()` gives.
 *
 * @module
 */
import { batch, computed, type Owner, type ReadonlySignal, signal } from "../core/mod.ts";
import { treeHash } from "../render/mod.ts";
import { Instance } from "../runtime/instance.ts";
import { useCtx } from "../server/ctx.ts";
import { form as formElement } from "../vdom/elements.ts";
import type { SubmitEventPayload } from "../vdom/events.ts";
import type { Child, VNode } from "../vdom/node.ts";
import type { FormProps } from "../vdom/props_html.ts";
import type { SchemaInput, SchemaOutput, StandardResult, StandardSchema } from "../server/standard_schema.ts";
import { keyOf } from "./_schema.ts";
import { type Steps, steps } from "./_steps.ts";
import { Field, type FieldHost, type FieldSpec, idOfValue } from "./form_field.ts";
import type { FieldName, Form, FormOptions, SubmitHandler } from "./form_types.ts";
import {
  type FieldKind,
  type FieldType,
  type FieldValue,
  fromField,
  kindsOf,
  own,
  toField,
  withoutOwn,
  withOwn,
} from "./form_values.ts";

/** The name of the submit button's field, which tells a form that is sent twice. */
const ONCE = "_once";

/** The key of messages that are about the whole form. */
const WHOLE = "";

type Fields = Readonly<Record<string, FieldValue>>;
type Messages = Readonly<Record<string, string>>;

/** How many forms an owner has, for their ids. */
const counts: WeakMap<Owner, number> = new WeakMap();

/** A living form. */
export class LiveForm<S extends StandardSchema<object, unknown>> implements Form<S>, FieldHost {
  readonly #schema: S;
  readonly #kind: (name: string, control: FieldType) => FieldKind;
  readonly #id: string;
  /** Those that the page has shown, in that order. */
  readonly #fields: Map<string, Field> = new Map();
  #initial: Readonly<Record<string, unknown>>;
  readonly #values;
  /** What is typed into passwords: no snapshot has it. */
  readonly #secrets;
  readonly #touched;
  /** What the schema says of the fields that are touched. */
  readonly #issues;
  /** What `setError()` said. */
  readonly #said;
  readonly #submitting;
  readonly #submitted;
  /** How many submits were right: what the submit button sends. */
  readonly #count;
  #button: ReturnType<Form<S>["submitButton"]> | null = null;
  /** Fields into which something was typed since the last reset. */
  readonly #typed: Set<string> = new Set();
  /** Of the newest check. */
  #check = 0;
  /** What the submit that is handled now brought. */
  #sent: Fields | null = null;
  /** Of what the last right submit brought. */
  #print = 0;
  readonly values: ReadonlySignal<Fields>;
  readonly errors: ReadonlySignal<Messages>;

  /** Made by `form()`. */
  constructor(schema: S, { name = "form", initial = {}, types = {} }: FormOptions<S>, owner: Owner) {
    this.#schema = schema;
    this.#initial = initial as Record<string, unknown>;
    this.#kind = kindsOf(schema, this.#initial, types as Record<string, undefined>);
    const nth = counts.get(owner) ?? 0;
    counts.set(owner, nth + 1);
    const path = owner instanceof Instance ? owner.path : "";
    // Two components, or two forms of one, may have fields of the same name.
    this.#id = `f${treeHash(`${path} ${nth}`).toString(36).slice(-6)}`;
    this.#values = signal<Fields>(heldOf(this.#initial), { name: `${name}.values` });
    this.#secrets = signal<Fields>({}, { transient: true });
    this.#touched = signal<readonly string[]>([], { name: `${name}.touched` });
    this.#issues = signal<Messages>({}, { name: `${name}.issues` });
    this.#said = signal<Messages>({}, { name: `${name}.errors` });
    this.#submitting = signal(false, { transient: true });
    this.#submitted = signal(false, { name: `${name}.submitted` });
    this.#count = signal(0, { name: `${name}.count` });
    this.values = computed(() => ({ ...this.#values.value, ...this.#secrets.value }));
    this.errors = computed(() => ({ ...this.#issues.value, ...this.#said.value }));
  }

  get touched(): ReadonlySignal<readonly string[]> {
    return this.#touched;
  }

  get submitting(): ReadonlySignal<boolean> {
    return this.#submitting;
  }

  get submitted(): ReadonlySignal<boolean> {
    return this.#submitted;
  }

  // What the view asks for.

  // deno-lint-ignore no-explicit-any -- the overloads of Form say which props which options give
  field(name: string, options: FieldSpec = {}): any {
    return this.#fieldOf(name).props(options);
  }

  option(name: string, value: string): { value: string; selected: ReadonlySignal<boolean> } {
    return this.#fieldOf(name).option(value);
  }

  label(name: string, value?: string): { for: string } {
    return { for: idOfValue(this.idOf(name), value) };
  }

  error(name: string = WHOLE): string {
    return name === WHOLE ? own(this.errors.value, WHOLE) ?? "" : this.#fieldOf(name).error.value;
  }

  errorProps(name: string = WHOLE): { id: string; role: "alert" } {
    return { id: `${this.idOf(name)}-error`, role: "alert" };
  }

  submitButton(): ReturnType<Form<S>["submitButton"]> {
    return this.#button ??= {
      type: "submit",
      name: ONCE,
      value: computed(() => String(this.#count.value)),
      "aria-disabled": computed(() => this.#submitting.value ? "true" : undefined),
    };
  }

  form(props: FormProps, ...children: Child[]): VNode {
    return formElement({ novalidate: true, ...props }, ...children);
  }

  // What fields ask for.

  idOf(name: string): string {
    return name === WHOLE ? this.#id : `${name}-${this.#id}`;
  }

  typed(name: string, value: FieldValue): void | Promise<void> {
    this.#changed(name, value);
    if (this.#touched.peek().length > 0) return steps(this.#look());
  }

  left(name: string): void | Promise<void> {
    // Who only passes by has done nothing wrong yet.
    if (!this.#typed.has(name) || this.#touched.peek().includes(name)) return;
    this.#touched.value = [...this.#touched.peek(), name];
    return steps(this.#look());
  }

  chosen(name: string, value: FieldValue): void | Promise<void> {
    this.#changed(name, value);
    const touched = this.#touched.peek();
    if (!touched.includes(name)) this.#touched.value = [...touched, name];
    return steps(this.#look());
  }

  #changed(name: string, value: FieldValue): void {
    this.#typed.add(name);
    this.#submitted.value = false;
    this.#said.value = withoutOwn(this.#said.peek(), name);
    this.#hold([[name, value]]);
  }

  /** The field of a name; from the first call on it is one of the page's. */
  #fieldOf(name: string): Field {
    let field = this.#fields.get(name);
    if (field === undefined) this.#fields.set(name, field = new Field(this, name));
    return field;
  }

  #hold(values: readonly [name: string, value: FieldValue][]): void {
    const isSecret = ([name]: readonly [string, unknown]) => this.#fields.get(name)?.isSecret === true;
    const secret = values.filter(isSecret);
    if (secret.length > 0) this.#secrets.value = withOwn(this.#secrets.peek(), secret);
    if (secret.length === values.length) return;
    this.#values.value = withOwn(this.#values.peek(), values.filter((each) => !isSecret(each)));
  }

  // What the application does.

  setError(first: string, message?: string): void {
    const name = message === undefined ? WHOLE : first;
    this.#said.value = withOwn(this.#said.peek(), [[name, message ?? first]]);
  }

  setValue(name: FieldName<S>, value: unknown): void {
    this.#hold([[name, toField(value)]]);
  }

  reset(initial?: Partial<SchemaInput<S>>): void {
    batch(() => {
      if (initial !== undefined) this.#initial = initial as Record<string, unknown>;
      const sent = this.#sent;
      // What was typed since the submit is newer than the wish to reset.
      const newer = Object.entries(this.values.peek()).filter(([name, value]) =>
        sent !== null && !isEqual(own(sent, name), value)
      );
      this.#values.value = heldOf(this.#initial);
      this.#secrets.value = {};
      this.#hold(newer);
      this.#typed.clear();
      for (const [name] of newer) this.#typed.add(name);
      this.#touched.value = [];
      this.#issues.value = {};
      this.#said.value = {};
      this.#submitted.value = false;
      this.#check++;
    });
  }

  onSubmit(handler: SubmitHandler<S>): (event: SubmitEventPayload) => void | Promise<void> {
    return (event) => steps(this.#submit(event, handler));
  }

  *#submit(event: SubmitEventPayload, handler: SubmitHandler<S>): Steps {
    if (this.#submitting.peek()) return;
    const fields = event.fields.filter(([name]) => this.#fields.has(name));
    const print = treeHash(JSON.stringify(fields));
    // A second click before the page of the first had come: the same fields, from a rendering that was submitted.
    if (event.has(ONCE) && event.get(ONCE) !== String(this.#count.peek()) && print === this.#print) return;
    this.#take(fields);
    this.#sent = this.values.peek();
    this.#touched.value = [...this.#fields.keys()];
    this.#said.value = {};
    this.#submitted.value = false;
    this.#submitting.value = true;
    this.#check++;
    let taken = false;
    try {
      const result = (yield this.#validate()) as StandardResult<SchemaOutput<S>>;
      this.#issues.value = this.#messagesOf(result);
      taken = result.issues === undefined;
      if (result.issues === undefined) yield handler(result.value, event);
    } finally {
      this.#submitting.value = false;
      this.#sent = null;
      // Nobody should find in a page what was typed into a password.
      if (useCtx().phase === "post") this.#secrets.value = {};
    }
    const errors = this.errors.peek();
    // A schema may say no without a word; a handler that did not run has taken nothing.
    if (taken && Object.keys(errors).length === 0) {
      this.#submitted.value = true;
      this.#count.value++;
      this.#print = print;
    } else [...this.#fields].find(([name]) => Object.hasOwn(errors, name))?.[1].focus();
  }

  /** Takes over what was submitted. */
  #take(fields: readonly (readonly [name: string, value: string])[]): void {
    const texts = new Map<string, string[]>();
    for (const name of this.#fields.keys()) texts.set(name, []);
    for (const [name, value] of fields) texts.get(name)?.push(value);
    const held: [string, FieldValue][] = [];
    for (const [name, field] of this.#fields) {
      const value = field.submitted(texts.get(name) ?? []);
      if (value !== undefined) held.push([name, value]);
    }
    this.#hold(held);
  }

  /** Checks what is held, and shows what is wrong with the fields that are touched. */
  *#look(): Steps {
    const check = ++this.#check;
    const messages = this.#messagesOf((yield this.#validate()) as StandardResult<unknown>);
    if (check !== this.#check) return;
    // What is wrong with the whole is told by a submit; then it goes on being true or not.
    const shown = new Set(this.#touched.peek());
    if (Object.hasOwn(this.#issues.peek(), WHOLE)) shown.add(WHOLE);
    this.#issues.value = Object.fromEntries(Object.entries(messages).filter(([name]) => shown.has(name)));
  }

  #validate(): unknown {
    const held = this.values.peek();
    const given = new Map<string, unknown>();
    for (const [name, value] of Object.entries(this.#initial)) {
      if (!this.#fields.has(name) && isEqual(own(held, name), toField(value))) given.set(name, value);
    }
    for (const [name, value] of Object.entries(held)) {
      if (given.has(name)) continue;
      given.set(name, fromField(value, this.#kind(name, this.#fields.get(name)?.type ?? "text")));
    }
    for (const [name, field] of this.#fields) {
      if (!given.has(name)) given.set(name, fromField(field.empty, this.#kind(name, field.type)));
    }
    // Some libraries tell a property that is undefined from one that is missing.
    const input = Object.fromEntries([...given].filter(([, value]) => value !== undefined));
    return this.#schema["~standard"].validate(input);
  }

  /** The first message of each field. What is wrong with a property that the page has no field for is said of the whole. */
  #messagesOf(result: StandardResult<unknown>): Messages {
    const messages = new Map<string, string>();
    for (const issue of result.issues ?? []) {
      const key = keyOf(issue);
      const name = this.#fields.has(key) ? key : WHOLE;
      if (!messages.has(name)) messages.set(name, key === name ? issue.message : `${key}: ${issue.message}`);
    }
    return Object.fromEntries(messages);
  }
}

/** What a form holds at first. */
function heldOf(initial: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, toField(value)]));
}

function isEqual(a: FieldValue | undefined, b: FieldValue): boolean {
  return a === b || typeof a === "object" && typeof b === "object" && a.length === b.length &&
      a.every((item, i) => item === b[i]);
}
