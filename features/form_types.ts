/**
 * What {@linkcode form} gives and takes.
 *
 * @module
 */
import type { ReadonlySignal } from "../core/mod.ts";
import type { FormProps } from "../vdom/props_html.ts";
import type { SubmitEventPayload, ValueEventPayload } from "../vdom/events.ts";
import type { Child, VNode } from "../vdom/node.ts";
import type { ElementRef } from "../vdom/ref.ts";
import type { FieldType, FieldValue } from "./form_values.ts";
import type { SchemaInput, SchemaOutput, StandardSchema } from "../server/standard_schema.ts";

/** The names of the fields of a schema. */
export type FieldName<S extends StandardSchema> = SchemaInput<S> extends infer I
  ? I extends unknown ? Extract<keyof I, string> : never
  : never;

/** Options of {@linkcode form}. */
export interface FormOptions<S extends StandardSchema> {
  /** The name: the start of its signals' names, so one of its own for each form of a component. Default "form". */
  name?: string;
  /** What the fields hold at first, as the schema takes it. A field that is not here is empty. */
  initial?: Partial<SchemaInput<S>>;
  /** The types of fields, where neither `initial` nor the schema's JSON Schema tells. */
  types?: Partial<Record<FieldName<S>, FieldType>>;
}

// Props are type aliases: an interface has no index signature, and elements take `data-*`.

/** What a control shows besides its value, and how it is found. */
export type FieldProps = {
  /** The name: that of the schema's property. */
  name: string;
  /** The id, unique in the document; `label()` refers to it. */
  id: string;
  /** Whether something is wrong with the field. */
  "aria-invalid": ReadonlySignal<"true" | undefined>;
  /** The ids of the message and the hint. */
  "aria-describedby": ReadonlySignal<string | undefined>;
  /** Takes the focus when the field is the first one that is wrong. */
  ref: ElementRef;
};

/** The props of a text control, of a textarea, or of a select of one value. */
export type TextFieldProps = FieldProps & {
  /** What the user typed. */
  value: ReadonlySignal<string>;
  /** Takes over what is typed. */
  onInput: (event: ValueEventPayload) => void | Promise<void>;
  /** Checks the field, if something was typed. */
  onBlur: () => void | Promise<void>;
};

/** The props of an input of a type. */
export type InputFieldProps<T extends TextInputType> = TextFieldProps & {
  /** The type. */
  type: T;
};

/** The props of a file input: what it holds is the names of files. */
export type FileFieldProps = FieldProps & {
  /** The type. */
  type: "file";
  /** Takes over which files are chosen. */
  onChange: (event: ValueEventPayload) => void | Promise<void>;
};

/** The props of a checkbox or a radio button. */
export type CheckFieldProps<T extends "checkbox" | "radio"> = FieldProps & {
  /** The type. */
  type: T;
  /** What is sent when it is checked. */
  value?: string;
  /** Whether it is checked. */
  checked: ReadonlySignal<boolean>;
  /** Takes over whether it is checked. */
  onChange: (event: ValueEventPayload) => void | Promise<void>;
};

/** The props of a select of several values; those of its options are `option()`. */
export type MultipleFieldProps = FieldProps & {
  /** Several may be chosen. */
  multiple: true;
  /** Takes over what is chosen. */
  onChange: (event: ValueEventPayload) => void | Promise<void>;
};

/** The types of input whose value is a text that the user may go on with. */
export type TextInputType =
  | "hidden"
  | "text"
  | "search"
  | "tel"
  | "url"
  | "email"
  | "password"
  | "date"
  | "month"
  | "week"
  | "time"
  | "datetime-local"
  | "number"
  | "range"
  | "color";

/** Options of every field. */
export interface FieldOptions {
  /** The id of a hint, for `aria-describedby`. */
  describedBy?: string;
  /** A reference of one's own; one that is given after the props instead takes the focus from errors. */
  ref?: ElementRef;
}

/** Runs when what was submitted is right. A promise is awaited; what it throws is an error of a handler like any other. */
export type SubmitHandler<S extends StandardSchema> = (
  /** What the schema made of the fields. */
  value: SchemaOutput<S>,
  /** What was submitted. */
  event: SubmitEventPayload,
) => unknown;

/** A form. Made by {@linkcode form}. */
export interface Form<S extends StandardSchema> {
  /** What the fields hold, by name: texts as they were typed. */
  readonly values: ReadonlySignal<Readonly<Record<string, FieldValue>>>;
  /** The messages that are shown, by name; those of the whole form under "". */
  readonly errors: ReadonlySignal<Readonly<Record<string, string>>>;
  /** The names of the fields that were left after something was typed, or submitted. */
  readonly touched: ReadonlySignal<readonly string[]>;
  /** Whether a submit is being checked or handled. */
  readonly submitting: ReadonlySignal<boolean>;
  /** Whether the last submit was right and its handler set no error. */
  readonly submitted: ReadonlySignal<boolean>;

  /** The props of a text control, a textarea, or a select of one value. The same object for each call. */
  field(name: FieldName<S>, options?: FieldOptions): TextFieldProps;
  /** The props of a checkbox: alone, or with a value one of several that make a list. */
  field(name: FieldName<S>, options: FieldOptions & { type: "checkbox"; value?: string }): CheckFieldProps<
    "checkbox"
  >;
  /** The props of a radio button. */
  field(name: FieldName<S>, options: FieldOptions & { type: "radio"; value: string }): CheckFieldProps<
    "radio"
  >;
  /** The props of a file input. */
  field(name: FieldName<S>, options: FieldOptions & { type: "file" }): FileFieldProps;
  /** The props of a select of several values. */
  field(name: FieldName<S>, options: FieldOptions & { multiple: true }): MultipleFieldProps;
  /** The props of an input of a type. What is typed into a password is in no snapshot, and in no page without JavaScript. */
  field<T extends TextInputType>(
    name: FieldName<S>,
    options: FieldOptions & { type: T },
  ): InputFieldProps<T>;
  /** The props of an option of a select of several values. */
  option(name: FieldName<S>, value: string): { value: string; selected: ReadonlySignal<boolean> };
  /** The props of a label: `label(f.label("title"), "Title")`; with a value that of one radio button or box of several. */
  label(name: FieldName<S>, value?: string): { for: string };
  /** What is wrong with a field, or without a name with the whole form; "" when nothing is, or it is not told yet. Subscribes. */
  error(name?: FieldName<S>): string;
  /** The props of the element that shows a field's message: `f.error(name) && p(f.errorProps(name), f.error(name))`. */
  errorProps(name?: FieldName<S>): { id: string; role: "alert" };

  /** Makes the handler of the form's submit: checks all fields, then calls the handler with what the schema made of them. */
  onSubmit(handler: SubmitHandler<S>): (event: SubmitEventPayload) => void | Promise<void>;
  /** The props of the button: two clicks on it are one submit. */
  submitButton(): {
    type: "submit";
    name: string;
    value: ReadonlySignal<string>;
    "aria-disabled": ReadonlySignal<"true" | undefined>;
  };
  /** A `<form>` that leaves all checks to the schema (`novalidate`). Saves a second `form` among the imports. */
  form(props: FormProps, ...children: Child[]): VNode;

  /** Says that something is wrong with the whole form, until it is submitted again. */
  setError(message: string): void;
  /** Says that something is wrong with a field, until it is changed or submitted again. */
  setError(name: FieldName<S>, message: string): void;
  /** Sets what a field holds, as the schema takes it. */
  setValue<K extends FieldName<S>>(name: K, value: SchemaInput<S>[K]): void;
  /**
   * Makes the form as it was at first, or puts other values there from now on. In a submit handler, what the user has typed
   * since the submit stays.
   */
  reset(initial?: Partial<SchemaInput<S>>): void;
}
