/** Start tags that are like the one before, or not. @module */
import { assertEquals } from "@std/assert";
import type { Props } from "../../vdom/node.ts";
import { renderToString } from "../../render/mod.ts";
import { on } from "../../vdom/handler.ts";
import { h, mount } from "./_trees.ts";

const NAMES = ["class", "id", "title", "key", "onClick", "hidden", "lang"];
const VALUES = ["a", "b", 'say "hi"', "", "x".repeat(40), "a&b"];

/** The attributes as the standard's serialisation has them. */
function written(props: Props): string {
  let text = "";
  for (const [name, value] of Object.entries(props)) {
    if (name === "key" || name === "onClick" || value === false) continue;
    const plain = value === true ? "" : String(value);
    text += ` ${name}="${plain.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  }
  return text + ("onClick" in props ? ' data-hid="N click:1"' : "");
}

Deno.test("renderToString() writes start tags by their own props, whichever came before", () => {
  let seed = 11;
  const random = (n: number) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 1) % n;
  let props: Props = {};
  for (let i = 0; i < 5000; i++) {
    // Most are as the one before, or differ in one value.
    if (random(4) === 0) {
      props = {};
      for (let k = random(NAMES.length); k > 0; k--) {
        const name = NAMES[random(NAMES.length)];
        if (name === "onClick") props[name] = () => {};
        else props[name] = name === "hidden" ? random(2) === 0 : VALUES[random(VALUES.length)];
      }
    } else if (random(3) === 0) {
      props = { ...props, class: VALUES[random(VALUES.length)] + (random(2) === 0 ? i : "") };
    }
    const tag = ["b", "button"][random(2)];
    const page = renderToString(mount(h(tag, props))).replace(/data-hid="\d+/, 'data-hid="N');
    assertEquals(page, `<${tag}${written(props)}></${tag}>`);
  }
});

Deno.test("a getter that renders an element of the same tag meanwhile changes nothing of this one", () => {
  const html: string[] = [];
  for (let i = 0; i < 3; i++) {
    const props = {
      title: "x",
      get class() {
        renderToString(mount(h("p", { title: "x", id: "c" })));
        return "c";
      },
    };
    html.push(renderToString(mount(h("p", props))));
  }
  assertEquals(html, new Array(3).fill('<p title="x" class="c"></p>'));
});

Deno.test("what a getter says the next time is kept for no other element", () => {
  const handler = (_event: unknown) => {};
  for (let changes = 1; changes < 8; changes++) {
    const name = `on:turn-${changes}`;
    let reads = 0;
    const get = () => reads++ < changes ? handler : on(handler, { prevent: true });
    renderToString(mount(h("b", Object.defineProperty({}, name, { get, enumerable: true }))));
    assertEquals(renderToString(mount(h("b", { [name]: handler }))).includes(",p"), false);
  }
});
