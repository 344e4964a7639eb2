/**
 * The `value` of a select, which HTML writes as `selected` on its options.
 *
 * @module
 */
import { attributeValue, contentOf } from "../vdom/attrs.ts";
import { isSignal, type Props, textOf, type VNode } from "../vdom/node.ts";

/** The values that a select is set to, while its options are written. */
export class SelectValues {
  readonly #values: Set<string>;
  readonly #multiple: boolean;

  /** Makes the values of a select; `multiple` as its attribute says. */
  constructor(values: readonly string[], multiple: boolean) {
    this.#values = new Set(values);
    this.#multiple = multiple;
  }

  /**
   * Whether an option is selected: by its `value`, or its text with white space stripped and collapsed. Of a select
   * without `multiple` only the first option that matches is.
   */
  select(option: VNode): boolean {
    const own = option.props === null ? null : attributeValue("option", "value", option.props.value);
    const value = own ?? contentOf(option).replace(/[\t\n\f\r ]+/g, " ").replace(/^ | $/g, "");
    if (!this.#values.has(value)) return false;
    if (!this.#multiple) this.#values.clear();
    return true;
  }
}

/** The values of a select; null when it has no `value`, and its options keep their own `selected`. */
export function selectValues(props: Props | null): SelectValues | null {
  if (props === null) return null;
  const value = read(props.value);
  if (value === null || value === undefined) return null;
  const values = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  return new SelectValues(values, Boolean(read(props.multiple)));
}

function read(value: unknown): unknown {
  return isSignal(value) ? value.value : value;
}
