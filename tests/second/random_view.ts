/**
 * A view that is another tree in each version, and mostly the one before: each choice is made anew every few versions.
 *
 * @module
 */
import { type Child, component, each, Fragment, raw, signal, trustHtml } from "../../mod.ts";
import { customElement } from "../../vdom/custom_element.ts";
import * as el from "../../vdom/elements.ts";
import { createNode, type VNode } from "../../vdom/node.ts";
import { Card, List } from "../../examples/jsx/views.tsx";

/** FNV-1a over a text, mixed so that low bits vary. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ h >>> 15, 0x85ebca6b);
  return (h ^ h >>> 13) >>> 0;
}

const TEXTS = ["", "a", "b", "x < y & z", "Count: 1", "Count: 12", "\u{1f600} é", " "];
const bound = signal("bound");
const Inner = component((props: { at: string; version: number }) => () =>
  new Choice(props.at, props.version).children(1)
);

/** What a version chooses at a place. */
class Choice {
  constructor(readonly at: string, readonly version: number) {}

  /** A whole number below `n`, the same for 1 to 4 versions. */
  pick(what: string, n: number): number {
    const period = 1 + hash(`${this.at} ${what} period`) % 4;
    return hash(`${this.at} ${what} ${Math.floor(this.version / period)}`) % n;
  }

  below(what: string | number): Choice {
    return new Choice(`${this.at}/${what}`, this.version);
  }

  text(what: string): string {
    return TEXTS[this.pick(what, TEXTS.length)];
  }

  /** The children of an element: slots that come and go. */
  children(depth: number): Child[] {
    return Array.from({ length: 1 + hash(this.at) % 4 }, (_x, i) => this.below(i).child(depth));
  }

  /** Rows whose order and number change. */
  rows<T>(row: (id: number, at: Choice) => T): T[] {
    const ids = [1, 2, 3, 4, 5, 6, 7].filter((id) => this.pick(`has ${id}`, 3) > 0);
    if (this.pick("turned", 2)) ids.reverse();
    if (this.pick("swapped", 3) === 0) ids.unshift(...ids.splice(-1));
    return ids.map((id) => row(id, this.below(id)));
  }

  child(depth: number): Child {
    const { version } = this;
    const kind = hash(this.at) % (depth > 3 ? 6 : 14);
    switch (this.pick("absent", 5) === 0 ? 0 : kind) {
      case 0:
        return this.pick("absent", 2) ? null : this.text("t");
      case 1:
        return this.text("t");
      case 2:
        return bound;
      case 3:
        return raw(trustHtml(["", "<b>raw</b>", "text <i>raw</i> text"][this.pick("raw", 3)]));
      case 4:
        return this.control();
      case 5:
        return el.span(this.attrs(), this.text("t"));
      case 6:
        return Inner({ at: this.at, version });
      case 7:
        return Fragment(...this.children(depth + 1));
      case 8:
        return each(this.rows((id, at) => ({ id, at })), ({ id }) => id, ({ at }) => at.child(depth + 1));
      case 9:
        return List({ rows: this.rows((id, at) => ({ id, label: at.text("label") })), onPick() {} });
      case 10:
        return this.rows((id, at) =>
          Card({
            id: `c${id}`,
            name: at.text("n"),
            tone: at.text("tone"),
            count: at.pick("c", 9),
            note: at.text("o") || null,
          })
        );
      case 11:
        return this.drawing();
      case 12:
        return customElement(
          this.pick("tag", 2) ? "x-a" : "x-b",
          ...(hash(`${this.at} own`) % 2 ? this.children(depth + 1) : []),
        );
      default:
        return [el.div, el.p, el.section][depth > 2 ? 2 : 0](
          this.attrs(),
          ...this.children(depth + 1),
        );
    }
  }

  attrs(): el.HtmlElementProps {
    const attrs: el.HtmlElementProps = { class: ["a", { b: this.pick("b", 2) === 0 }] };
    if (this.pick("title", 2)) attrs.title = this.text("title");
    if (this.pick("style", 2)) {
      attrs.style = { color: this.pick("c", 2) ? "red" : "blue", "--n": this.pick("n", 3) };
    }
    if (this.pick("click", 2)) attrs.onClick = () => {};
    return attrs;
  }

  control(): VNode {
    const value = ["", "one", "two"][this.pick("value", 3)];
    const on = this.pick("on", 2) === 1;
    switch (hash(`${this.at} control`) % 4) {
      case 0:
        return el.input({ value, onInput: () => {} });
      case 1:
        return el.input({ type: "checkbox", checked: on, disabled: this.pick("disabled", 2) === 1 });
      case 2:
        return el.textarea({ value });
      default:
        return el.select(
          { value: value || "one" },
          el.option({ value: "one" }, "1"),
          el.option({ value: "two" }, this.text("t")),
        );
    }
  }

  drawing(): VNode {
    const shapes = this.rows((id, at) => createNode("circle", { key: id, r: at.pick("r", 9) }, []));
    return createNode("svg", { viewBox: "0 0 9 9" }, [
      createNode("g", {}, shapes),
      this.pick("foreign", 2) ? createNode("foreignObject", {}, [el.div(this.text("t"))]) : null,
    ]);
  }
}

/** The tree of a seed in a version. */
export function randomView(seed: number, version: number): Child {
  const root = new Choice(`seed ${seed}`, version);
  return [0, 1, 2, 3, 4, 5].map((i) => root.below(i).child(0));
}
