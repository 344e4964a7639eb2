// deno-lint-ignore-file jsx-no-useless-fragment -- what is tested
/** @jsxRuntime automatic */
/** @jsxImportSource @vango/core */
/**
 * What the types must accept as users write it: inference of payloads, signals as values, helpers, JSX. Checked, never
 * run.
 *
 * @module
 */

import { computed, signal } from "@preact/signals-core";
import {
  br,
  circle,
  customElement,
  defineElement,
  div,
  img,
  input,
  li,
  svg,
  ul,
} from "../../vdom/elements.ts";
import type { CustomEventPayload } from "../../vdom/events.ts";
import { each, Fragment, match, on, raw, text, trustHtml, unless, when } from "../../vdom/helpers.ts";
import type { Child, VNode } from "../../vdom/node.ts";

const name = signal("a");
const flag = signal(true);
const three = computed(() => 3);
const kind = signal<"a" | "b">("a");
const user = signal<{ name: string } | null>(null);

// Children
div("text", 1, 2n, null, undefined, false, name, three, [div(), ["x"]], flag.value && "x");
br();
br({ class: "wide" });

// Class, style and values
div({ class: "a" });
div({ class: ["a", { b: flag, c: true }, name, flag.value && "d"], style: { color: name, "--gap": 4 } });
input({
  value: name,
  checked: flag,
  disabled: three.value > 2,
  step: "any",
  "aria-label": name,
  "data-row": 3,
});
img({ width: "3", height: 4, loading: "lazy", alt: "" });
svg({ viewBox: "0 0 1 1", fill: name }, circle({ r: 1, cx: three }));

// Handlers: the payload is inferred, with options too; what they return does not matter
div({ onClick: (e) => e.clientX });
div({ onClick: () => name.value = "b", onKeyDown: null, onKeyUp: flag.value && (() => {}) });
div({ onClick: async () => await Promise.resolve() });
input({ onInput: on((e) => name.value = e.value, { debounce: 200 }) });
div({ onKeyDown: on((e) => e.key satisfies string, { keys: ["Enter"], prevent: true }) });
div({ onClick: on(() => three.value, { optimistic: { class: { add: "on" } } }) });
div({ "on:zap": (e) => e.detail });
div({ "on:zap": (e: CustomEventPayload<{ x: number }>) => e.detail.x });
div({ "on:zap": on((e: CustomEventPayload<number>) => e.detail.toFixed(), { once: true }) });

// Custom elements
customElement("x-y", { zip: 1, "on:bar": (e) => e.detail, onClick: (e) => e.clientX }, "a");
const rating = defineElement<{ stars: number }>("x-rating");
rating({ stars: 3, class: "a" }, "text");
// @ts-expect-error: the type of its own prop
rating({ stars: "3" });
// @ts-expect-error: its own prop is not optional
rating({ class: "a" });

// Helpers
when(user, (u) => u.name satisfies string);
when(user.value, (u) => u.name, () => "nobody");
unless(flag, () => "off");
match(kind, { a: () => 1, b: () => 2 });
match(kind.value, { a: () => 1 }, (other) => other satisfies "a" | "b");
// @ts-expect-error: a branch is missing
match(kind, { a: () => 1 });
ul(each([{ id: 1 }], (item) => item.id, (item, index) => li(item.id, index)));
// @ts-expect-error: an object is no key
each([{ id: 1 }], (item) => item, () => "x");
text`a ${1} b ${name}`;
text("a", name);
raw(trustHtml("<b>x</b>"));
// @ts-expect-error: a string is not trusted
raw("<b>x</b>");
// @ts-expect-error: an object that looks like it is not trusted
raw({ html: "<b>x</b>" });

// Not props, and not children either
// @ts-expect-error: a promise is no child
div(Promise.resolve("x"));
// @ts-expect-error: a date is no child
div(new Date());
// @ts-expect-error: trusted HTML is made a node by raw()
div(trustHtml("x"));
// @ts-expect-error: props come first
div("x", { class: "a" });
// @ts-expect-error: of several props only the first argument counts
div({ class: "a" }, { class: "b" });

// JSX
function Titled(props: { title: string; children?: Child }): VNode {
  return <section>{props.title}{props.children}</section>;
}
function Plain(): string {
  return "text";
}

/** A tree in JSX. */
export const tree: VNode = (
  <main class={["a", { b: flag }]} onClick={(e) => e.clientX} data-row="1" hidden>
    <Titled title="x" key="k">some {name} text</Titled>
    <Plain />
    {[1, 2].map((n) => <li key={n}>{n}</li>)}
    <Fragment key="f">a{name}</Fragment>
    <>b</>
    <input checked={flag} disabled onInput={on((e) => name.value = e.value, { throttle: 100 })} />
    <details open={flag}>text</details>
    <br />
    <svg viewBox="0 0 1 1">
      <circle r="1" />
    </svg>
    <x-rating stars={3} onClick={(e) => e.clientX}>text</x-rating>
  </main>
);
// @ts-expect-error: no such element
<blik />;
// @ts-expect-error: a prop is missing
<Titled />;
// @ts-expect-error: another type
<Titled title={3} />;
