/**
 * Random pages that change: a tree of specs whose components, bound signals, lists and templates a test edits step by step.
 *
 *     World ── content ── component 0 ── [el, text, list, template …]
 *                   └──── component 1 ── …             each is one signal: an edit re-runs one view
 *           └─ texts, classes, values ──               bound signals: an edit runs no view
 *
 * What it shows depends on the signals alone, so that a page rendered anew from one world must be what a page that lived
 * through all its edits is by now. Every tree passes the nesting check.
 *
 * @module
 */
import { type ReadonlySignal, Signal } from "../../core/mod.ts";
import { type Component, component } from "../../runtime/component.ts";
import { type Child, componentNode, createNode, fragment, Kind, VNode } from "../../vdom/node.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { Random } from "./random.ts";
import { CLASSES, PLACES, SIGNALS, type Spec, SpecMaker, TEXTS, type Where } from "./world_specs.ts";

/** A page that can be edited. */
export class World {
  readonly #random: Random;
  readonly #content: Signal<Spec[]>[] = [];
  readonly #where: Where[] = [];
  readonly #texts: Signal<string | number | null>[] = [];
  readonly #classes: Signal<string | null>[] = [];
  /** What the server wants its controls to show. */
  readonly values: Signal<string>[] = [];
  /** Waits of handlers that go on: each call lets one settle. */
  readonly waiting: (() => void)[] = [];
  /** Whether the page stands between two buttons, so that a client can tell where it was changed. */
  framed = false;
  readonly #part: Component<{ id: number; title: string }>;
  readonly #wrap: Component<{ children?: Child }>;
  readonly #maker: SpecMaker;

  /** Makes a random page of about `size` nodes in each component. */
  constructor(seed: number, size = 12) {
    const random = this.#random = new Random(seed);
    for (let i = 0; i < SIGNALS; i++) {
      this.#texts.push(new Signal<string | number | null>(random.pick(TEXTS)));
      this.#classes.push(new Signal<string | null>(random.pick(CLASSES)));
      this.values.push(new Signal(String(i % 3)));
    }
    this.#part = component((props: { id: number; title: string }) => () => {
      const slots = this.#content[props.id].value.map((spec) => this.#slot(spec));
      if (this.#where[props.id] === "flow") slots.unshift(props.title);
      return (slots.length === 1 ? slots[0] : slots) as Child;
    }, { name: "Part" });
    this.#wrap = component(
      (props: { children?: Child }) => () => props.children ?? null,
      { name: "Wrap" },
    );
    this.#maker = new SpecMaker(random, {
      where: this.#where,
      add: (where, make) => {
        const id = this.#where.push(where) - 1;
        const content = new Signal<Spec[]>([]);
        this.#content.push(content);
        content.value = make(id);
        return id;
      },
    });
    this.#maker.newPart("flow", size);
  }

  /** The page: another node at each call. */
  page(): VNode {
    const page = componentNode(this.#part, { id: 0, title: "" });
    const end = () => createNode("button", { onClick: () => {} }, []);
    return this.framed ? createNode("div", null, [end(), page, end()]) : page;
  }

  /** Makes a few random changes; `seed` says which. */
  edit(seed: number): void {
    const random = this.#random.restart(seed);
    for (let n = 1 + random.below(3); n > 0; n--) {
      const at = random.below(SIGNALS);
      if (random.in(4)) this.#texts[at].value = random.in(6) ? null : random.pick([...TEXTS, 7]);
      else if (random.in(6)) this.#classes[at].value = random.pick(CLASSES);
      else if (random.in(8)) this.values[at].value = String(random.below(3));
      else {
        const id = random.below(this.#content.length);
        const specs = structuredClone(this.#content[id].peek());
        this.#maker.change(specs, id);
        this.#content[id].value = specs;
      }
    }
  }

  // What it shows.

  #slot(spec: Spec): unknown {
    switch (spec.t) {
      case "text":
        return spec.text;
      case "none":
        return false;
      case "bound":
        return this.#texts[spec.at];
      case "el":
        return this.#element(spec);
      case "control":
        return this.#control(spec);
      case "list":
        return spec.kids.map((kid) => this.#slot(kid));
      case "fragment":
        return fragment(spec.kids.map((kid) => this.#slot(kid)), spec.key);
      case "wrap":
        return componentNode(this.#wrap, {
          key: spec.key,
          children: spec.kids.map((kid) => this.#slot(kid)),
        });
      case "raw":
        return new VNode(Kind.Raw, null, null, null, spec.html, null);
      case "part":
        return componentNode(this.#part, { key: spec.key, id: spec.id, title: spec.title });
      case "template":
        return this.#template(spec);
    }
  }

  #element(spec: Spec & { t: "el" }): VNode {
    const { plain, bound, click } = spec.attrs;
    const props: Record<string, unknown> = { key: spec.key, ...plain };
    if (bound !== null) props.class = this.#classes[bound];
    if (click === 1) props.onClick = () => {};
    if (click === 2) props.onClick = (_event: unknown) => {};
    return createNode(spec.tag, props, spec.kids.map((kid) => this.#slot(kid)));
  }

  /** A control; its handler takes what was typed over, refuses it, changes it, or does so later. */
  #control({ tag, key, at, mode, kids }: Spec & { t: "control" }): VNode {
    const wanted = this.values[at];
    const takes = (value: string) => {
      if (mode === 1) return;
      if (mode !== 3) wanted.value = mode === 2 ? value.slice(0, 2) : value;
      else {
        return new Promise<void>((done) =>
          this.waiting.push(() => {
            wanted.value = value;
            done();
          })
        );
      }
    };
    const value: string | ReadonlySignal<string> = mode % 2 ? wanted : wanted.value;
    const onInput = (event: { value: string }) => takes(event.value);
    if (tag !== "check") {
      return createNode(tag, { key, value, onInput }, kids.map((kid) => this.#slot(kid)));
    }
    const onChange = (event: { checked: boolean }) => takes(event.checked ? "1" : "0");
    return createNode("input", { key, type: "checkbox", checked: wanted.value === "1", onChange }, []);
  }

  #template(spec: Spec & { t: "template" }): unknown {
    const { strings, slots } = PLACES[spec.place];
    const values = [...slots].map((kind, i) => {
      const slot = spec.slots[i];
      if (kind === "k") return jsxAttr("key", spec.key);
      if (kind !== "c") return jsxEscape(this.#slot(slot));
      return jsxAttr(
        "class",
        slot.t === "bound" ? this.#classes[slot.at] : slot.t === "text" ? slot.text : null,
      );
    });
    return jsxTemplate(strings, ...values);
  }
}
