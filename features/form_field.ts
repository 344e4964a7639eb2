/**
 * One field of a form: the props of its controls, and what a submit says of it.
 *
 * @module
 */
import { computed, type ReadonlySignal } from "../core/mod.ts";
import { treeHash } from "../render/mod.ts";
import type { ValueEventPayload } from "../vdom/events.ts";
import type { VNode } from "../vdom/node.ts";
import { ElementRef, type RefHost } from "../vdom/ref.ts";
import type { FieldOptions } from "./form_types.ts";
import { type FieldType, type FieldValue, listOf, own, textOf } from "./form_values.ts";

/** What a field asks of its form. */
export interface FieldHost {
  /** What the form holds, by name. */
  readonly values: ReadonlySignal<Readonly<Record<string, FieldValue>>>;
  /** The messages that are shown, by name. */
  readonly errors: ReadonlySignal<Readonly<Record<string, string>>>;
  /** The id of a field. */
  idOf(name: string): string;
  /** Something is typed. */
  typed(name: string, value: FieldValue): void | Promise<void>;
  /** The field is left. */
  left(name: string): void | Promise<void>;
  /** Something is chosen, which is right or wrong at once. */
  chosen(name: string, value: FieldValue): void | Promise<void>;
}

/** What the view says of a control. */
export interface FieldSpec extends FieldOptions {
  /** The type of an input. */
  readonly type?: string;
  /** The value of a box or a radio button. */
  readonly value?: string;
  /** Whether it is a select of several values. */
  readonly multiple?: true;
}

/** What a submit says of a field depends on what it is shown as. */
type Control = "text" | "box" | "radio" | "list";

/** A reference that knows whether it was ever filled: who gives an element another one is not taken for absent. */
class FieldRef extends ElementRef {
  used = false;

  override set(node: VNode, host: RefHost): void {
    this.used = true;
    super.set(node, host);
  }
}

/** A field of a form. */
export class Field {
  /** What is wrong with it; "" when nothing is. */
  readonly error: ReadonlySignal<string>;
  /** Whether what is typed is kept out of snapshots and pages. */
  isSecret = false;
  /** What its control is for, where nothing else tells the type. */
  type: FieldType = "text";
  readonly #host: FieldHost;
  readonly #name: string;
  readonly #held: ReadonlySignal<FieldValue | undefined>;
  readonly #describedBy: Map<string | undefined, ReadonlySignal<string | undefined>> = new Map();
  readonly #props: Map<string, { ref: ElementRef; props: object }> = new Map();
  #control: Control = "text";

  /** Made by the form when the view asks for the field first. */
  constructor(host: FieldHost, name: string) {
    this.#host = host;
    this.#name = name;
    this.#held = computed(() => own(host.values.value, name));
    this.error = computed(() => own(host.errors.value, name) ?? "");
  }

  /** The props of a control. The same for the same options. */
  props(spec: FieldSpec): object {
    const { type, value, multiple, describedBy } = spec;
    const key = JSON.stringify([type, value, multiple, describedBy]);
    const known = this.#props.get(key);
    if (known !== undefined && (spec.ref === undefined || spec.ref === known.ref)) return known.props;
    const ref = spec.ref ?? new FieldRef();
    this.#is(spec);
    const props = { ...this.#common(spec, ref), ...this.#own(spec) };
    this.#props.set(key, { ref, props });
    return props;
  }

  /** The props of an option of a select of several. */
  option(value: string): { value: string; selected: ReadonlySignal<boolean> } {
    this.#is({ multiple: true });
    return { value, selected: computed(() => listOf(this.#held.value).includes(value)) };
  }

  /** Puts the focus on the first of its controls that is on the page. */
  focus(): void {
    for (const { ref } of this.#props.values()) {
      if (ref.mounted) return ref.focus();
    }
  }

  /** What the field holds after a submit with these texts under its name; undefined: what it held before. */
  submitted(texts: readonly string[]): FieldValue | undefined {
    // What is not on the page (any more) was not sent, or not by the page.
    if (!this.#isShown()) return undefined;
    switch (this.#control) {
      case "box":
        return texts.length > 0;
      case "list":
        return texts;
      default:
        return texts[0];
    }
  }

  /** What it holds while nobody has said anything. */
  get empty(): FieldValue {
    return this.#control === "box" ? false : this.#control === "list" ? [] : "";
  }

  #isShown(): boolean {
    for (const { ref } of this.#props.values()) {
      if (ref.mounted || ref instanceof FieldRef && !ref.used) return true;
    }
    return this.#props.size === 0;
  }

  #is({ type, value, multiple }: FieldSpec): void {
    // It stays one when it is shown for a while: `type` is then "text".
    if (type === "password") this.isSecret = true;
    if (type === "checkbox") {
      [this.#control, this.type] = value === undefined ? ["box", "boolean"] : ["list", "list"];
    } else if (multiple) [this.#control, this.type] = ["list", "list"];
    else {
      this.#control = type === "radio" ? "radio" : "text";
      this.type = type === "number" || type === "range" ? "number" : type === "date" ? "date" : "text";
    }
  }

  #common({ type, value, describedBy: hint }: FieldSpec, ref: ElementRef): object {
    const id = this.#host.idOf(this.#name);
    let describedBy = this.#describedBy.get(hint);
    if (describedBy === undefined) {
      describedBy = computed(() =>
        this.error.value === "" ? hint : hint === undefined ? `${id}-error` : `${hint} ${id}-error`
      );
      this.#describedBy.set(hint, describedBy);
    }
    return {
      name: this.#name,
      id: type === "radio" || type === "checkbox" ? idOfValue(id, value) : id,
      ...(type === undefined ? null : { type }),
      "aria-invalid": computed(() => this.error.value === "" ? undefined : "true"),
      "aria-describedby": describedBy,
      ref,
    };
  }

  #own({ type, value, multiple }: FieldSpec): object {
    const host = this.#host;
    const name = this.#name;
    const held = this.#held;
    const choose = (make: (event: ValueEventPayload) => FieldValue) => ({
      onChange: (event: ValueEventPayload) => host.chosen(name, make(event)),
    });
    if (type === "checkbox" && value !== undefined) {
      const checked = computed(() => listOf(held.value).includes(value));
      const others = () => listOf(held.peek()).filter((each) => each !== value);
      return { value, checked, ...choose((e) => e.checked ? [...others(), value] : others()) };
    }
    if (type === "checkbox") {
      const checked = computed(() => held.value === true || held.value === "true" || held.value === "on");
      return { checked, ...choose((e) => e.checked) };
    }
    if (type === "radio") {
      return {
        value,
        checked: computed(() => textOf(held.value) === value),
        ...choose((e) => e.value),
      };
    }
    if (type === "file") return choose((e) => e.values[0] ?? "");
    if (multiple) return { multiple, ...choose((e) => e.values) };
    return {
      value: computed(() => textOf(held.value)),
      onInput: (event: ValueEventPayload) => host.typed(name, event.value),
      onBlur: () => host.left(name),
    };
  }
}

/** The id of one control of several of a name. */
export function idOfValue(id: string, value: string | undefined): string {
  return value === undefined ? id : `${id}-${treeHash(value).toString(36).slice(-5)}`;
}
