/**
 * The operations that few pages need.
 *
 * @module
 */
import type { Controls } from "./controls.ts";
import type { Core } from "./core.ts";
import type { Apply, Operation } from "./patches.ts";
import type { Client } from "./state.ts";

type History = "pushState" | "replaceState";

const query = (how: History): Apply => (c, _, pairs) => {
  const url = new URL(c.win.location.href);
  for (const [name, value] of pairs) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  c.win.history[how](null, "", url);
};

const path = (how: History): Apply => (c, _, to) => {
  // Another origin is never reached by history, and "//host" is one.
  if (!/^\/(?![/\\])/.test(to)) return;
  c.win.history[how](null, "", to);
  if (how === "pushState") c.win.scrollTo(0, 0);
};

/** Sets an element of the head that is found by an attribute, or removes it. */
function inHead(
  c: Client,
  tag: string,
  key: string,
  name: string,
  holds: string,
  content: string | null,
): void {
  let element = [...c.doc.head.querySelectorAll(tag)].find((element) => element.getAttribute(key) === name);
  if (content === null) element?.remove();
  else {
    if (!element) c.doc.head.append(element = c.doc.createElement(tag));
    element.setAttribute(key, name);
    element.setAttribute(holds, content);
  }
}

const named: Operation[0] = (_, from) => [from.string(), from.maybe()];
const pairs: Operation[0] = (_, from) => [from.list(() => [from.string(), from.string()])];

/** Makes the operations, those on controls with the help of `controls`. */
export function createOperations(core: Core, controls: Controls): Record<number, Operation> {
  return {
    // SetValue, SetChecked, SetSelected
    0x08: ["s", (c, node, value) => controls.change(node, "value", () => controls.setValue(c, node, value))],
    0x09: ["u", (_, node, on) => controls.change(node, "checked", () => node.checked = !!on)],
    0x0a: ["u", (_, node, on) => controls.change(node, "selected", () => node.selected = !!on)],
    // Focus, Blur, ScrollTo
    0x0b: ["", (_, node) => node.focus()],
    0x0c: ["", (_, node) => node.blur()],
    0x0d: [
      (_, from) => [from.int(), from.int(), from.uint()],
      (c, node, left, top, smooth) =>
        (node === c.end ? c.win : node).scrollTo({ left, top, behavior: smooth ? "smooth" : "instant" }),
    ],
    // ToggleClass, RemoveStyle, SetData
    0x12: ["s", (_, node, names) => names.split(" ").forEach((name: string) => node.classList.toggle(name))],
    0x14: ["s", (_, node, name) => node.style.removeProperty(name)],
    0x15: ["ss", (_, node, name, value) => core.setAttr(node, `data-${name}`, value)],
    // SetProp
    0x17: ["su", (_, node, name, on) => {
      if (!/^on/.test(name)) controls.change(node, name, () => node[name] = !!on);
    }],
    // Dispatch
    0x20: ["ss", (c, node, name, detail) =>
      (node === c.end ? c.doc : node).dispatchEvent(
        new c.win.CustomEvent(name, {
          bubbles: true,
          cancelable: true,
          detail: detail ? JSON.parse(detail) : null,
        }),
      )],
    // UrlPush, UrlReplace, NavPush, NavReplace, Navigate
    0x30: [pairs, query("pushState")],
    0x31: [pairs, query("replaceState")],
    0x32: ["s", path("pushState")],
    0x33: ["s", path("replaceState")],
    0x34: ["su", (c, _, to, replace) => {
      const url = new URL(to, c.win.location.href);
      if (/^(https?|mailto|tel):$/.test(url.protocol)) {
        c.win.location[replace ? "replace" : "assign"](url.href);
      }
    }],
    // SetTitle, SetMeta, SetLink
    0x35: ["s", (c, _, text) => c.doc.title = text],
    // Open Graph and the like have names with a colon, in an attribute of their own.
    0x36: [
      named,
      (c, _, name, content) =>
        inHead(c, "meta", name.includes(":") ? "property" : "name", name, "content", content),
    ],
    0x37: [named, (c, _, name, content) => inHead(c, "link", "rel", name, "href", content)],
  };
}
