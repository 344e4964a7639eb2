/**
 * The inline script: what it holds, what it prevents, and how large it is.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Window } from "happy-dom";
import { STUB } from "../../client/stub.ts";

interface Held {
  window: Window;
  held: Event[];
  fire(selector: string, type: string, init?: object): boolean;
}

/** Runs the stub in a page. */
async function withStub(html: string, run: (page: Held) => void): Promise<void> {
  const window = new Window();
  window.document.body.innerHTML = html;
  const scope = {} as { vango: Event[] };
  const source = STUB.replaceAll("vango=[]", "scope.vango=[]");
  new Function("scope", "addEventListener", source)(scope, window.addEventListener.bind(window));
  run({
    window,
    held: scope.vango,
    fire(selector, type, init = {}) {
      const Type = type === "click" ? window.MouseEvent : window.Event;
      const event = new Type(type, { bubbles: true, cancelable: true, ...init });
      window.document.querySelector(selector)!.dispatchEvent(event as never);
      return event.defaultPrevented;
    },
  });
  await window.happyDOM.close();
}

Deno.test("the stub has at most 300 bytes, and nothing that ends a script", () => {
  assert(new TextEncoder().encode(STUB).length <= 300);
  assert(!/<\/|<!--/.test(STUB));
});

Deno.test("the stub holds clicks and submits that a handler takes, in order", async () => {
  const html = "<form data-hid='1 submit:12'><button data-hid='2 click:1'><b>x</b></button></form>";
  await withStub(html, (page) => {
    page.fire("b", "click");
    page.fire("form", "submit");
    assertEquals(page.held.map((e) => e.type), ["click", "submit"]);
  });
});

Deno.test("the stub prevents a handled submit, a click with p, and a post of the hidden form", async () => {
  const html =
    "<form id=a data-hid='1 submit:12'></form><form id=b></form><i data-hid='3 click:1m,s,p'>x</i>" +
    "<u data-hid='4 click:1 keydown:20,p'>x</u><form id='vango-form'></form>" +
    "<button id=c form='vango-form' data-hid='5 click:1'>x</button><button id=d form='vango-form'>x</button>";
  await withStub(html, (page) => {
    assertEquals(
      [
        page.fire("#a", "submit"),
        page.fire("#b", "submit"),
        page.fire("i", "click"),
        page.fire("u", "click"),
        page.fire("#c", "click"),
      ],
      [true, false, true, false, true],
    );
    assertEquals(page.held.length, 4);
  });
});

Deno.test("the stub leaves plain links, and links that are opened elsewhere, to the browser", async () => {
  await withStub("<a id=a href='/x'>x</a><a id=b href='/y' data-hid='2 click:1,p'>y</a>", (page) => {
    page.window.document.body.addEventListener(
      "click",
      (e) => e.target !== page.window.document.body && e.defaultPrevented,
    );
    assertEquals(
      [page.fire("#b", "click", { ctrlKey: true }), page.fire("#b", "click")],
      [false, true],
    );
    assertEquals(page.held.length, 1);
  });
});
