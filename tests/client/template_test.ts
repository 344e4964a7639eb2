/**
 * Templates in the real client: in the namespace and the table that they stand in, with handlers, and told again.
 *
 * @module
 */
// The second script, which pages load on first need, is there at once.
import "../../client/rare.ts";
import { assert, assertEquals } from "@std/assert";
import { signal } from "../../core/mod.ts";
import { component } from "../../runtime/component.ts";
import { decodeDown } from "../../protocol/mod.ts";
import { each } from "../../vdom/helpers.ts";
import { a, b, h1, li, ul } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { type Child, createNode } from "../../vdom/node.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { MAX_TOLD } from "../../vdom/told.ts";
import { type OpenPage, openPage } from "../support/loopback.ts";

async function settle(page: OpenPage): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    page.endTurn();
    page.deliverUp();
    page.deliverDown();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** A page that shows what a number says. */
async function shows(view: (n: number) => Child) {
  const n = signal(0);
  const page = await openPage(component(() => () => view(n.value))());
  await settle(page);
  return {
    page,
    async to(value: number) {
      n.value = value;
      await settle(page);
    },
  };
}

const PATH = ["<path ", "></path>"];
const LINK = ["<a ", "><b>", "</b></a>"];

Deno.test("one template is cloned in the namespace that each of its instances stands in", async () => {
  const link = () => jsxTemplate(LINK, jsxAttr("href", "/x"), jsxEscape("go"));
  const { page, to } = await shows((n) => [
    createNode("svg", null, [[n > 1 && link()]]),
    createNode("p", null, [[n > 0 && link()]]),
    createNode("svg", null, [n > 2 && createNode("foreignObject", null, [link()])]),
    createNode("svg", null, [[n > 3 && jsxTemplate(PATH, jsxAttr("d", "M0"))]]),
  ]);
  await using _ = page;
  for (const n of [1, 2, 3, 4]) await to(n);
  const spaces = [...page.document.querySelectorAll("a, b, path")].map(({ localName, namespaceURI }) =>
    `${localName} ${namespaceURI!.split("/").pop()}`
  );
  assertEquals(spaces, ["a svg", "b svg", "a xhtml", "b xhtml", "a xhtml", "b xhtml", "path svg"]);
});

Deno.test("what stands in a region is made in the namespace of its element", async () => {
  const SVG = ["<svg><g>", "</g><foreignObject>", "</foreignObject></svg>"];
  const { page, to } = await shows((n) => [
    n > 0 &&
    jsxTemplate(SVG, jsxEscape(createNode("path", null, [])), jsxEscape(createNode("p", null, ["x"]))),
  ]);
  await using _ = page;
  await to(1);
  assertEquals(
    [...page.document.querySelectorAll("path, p")].map(({ namespaceURI }) => namespaceURI!.split("/").pop()),
    ["svg", "xhtml"],
  );
});

Deno.test("rows of a table are cloned as rows, with cells that hold nodes", async () => {
  const TABLE = ["<table><tbody>", "</tbody></table>"];
  const ROW = ["<tr ", "><td>", "</td><td>", "</td></tr>"];
  const { page, to } = await shows((n) =>
    jsxTemplate(
      TABLE,
      jsxEscape(
        Array.from({ length: n }, (_x, i) =>
          jsxTemplate(ROW, jsxAttr("key", i), jsxEscape(i), jsxEscape(createNode("i", null, ["x"])))),
      ),
    )
  );
  await using _ = page;
  await to(2);
  await to(3);
  assertEquals(
    page.document.querySelector("table")!.outerHTML,
    `<table><tbody>${
      [0, 1, 2].map((i) => `<tr><td>${i}</td><td><i>x</i></td></tr>`).join("")
    }</tbody></table>`,
  );
});

Deno.test("a click on a handler of a template reaches the newest function, from the page and from a clone alike", async () => {
  const ROW = ["<li>", "<a ", ">", "</a></li>"];
  const clicked: string[] = [];
  const { page, to } = await shows((n) =>
    createNode("ul", null, [
      Array.from({ length: n + 1 }, (_x, i) =>
        jsxTemplate(
          ROW,
          jsxEscape(n > 1 && createNode("hr", null, [])),
          jsxAttr("onclick", () => void clicked.push(`${i} of ${n}`)),
          jsxEscape(i),
        )),
    ])
  );
  await using _ = page;
  const click = async (i: number) => {
    (page.document.querySelectorAll("a")[i] as unknown as HTMLElement).click();
    await settle(page);
  };
  await click(0);
  await to(1);
  await click(1);
  await to(2);
  await click(0);
  await click(2);
  assertEquals(clicked, ["0 of 0", "1 of 1", "0 of 2", "2 of 2"]);
});

Deno.test("a template that was evicted is told again before it is used", async () => {
  const places = Array.from({ length: MAX_TOLD + 5 }, (_x, i) => [`<p title="t${i}">`, "</p>"]);
  const { page, to } = await shows((n) =>
    createNode("div", null, [
      n === 0 ? null : [createNode("hr", { key: n }, []), jsxTemplate(places[n % places.length], n)],
    ])
  );
  await using _ = page;
  for (let n = 1; n < places.length * 2; n += 1) {
    await to(n);
    const shown = page.document.querySelector("p")!;
    assertEquals([shown.getAttribute("title"), shown.textContent], [`t${n % places.length}`, String(n)]);
  }
});

Deno.test("rows of element functions come as instances, with the numbers and handlers that they would have one by one", async () => {
  const chosen = signal(-1);
  const { page, to } = await shows((n) => [
    h1("Chosen: ", chosen),
    ul(each(
      Array.from({ length: n }, (_x, i) => i),
      (i) => i,
      (i) =>
        li({ id: `r${i}` }, b(i % 2 ? "" : "x"), a({ onClick: () => void (chosen.value = i) }, "No. ", i)),
    )),
  ]);
  await using _ = page;
  await to(1000);
  const sent = page.down.map((bytes) => decodeDown(bytes));
  assert(sent.some((f) => f.kind === "patches" && f.frame.patches.some(({ op }) => op === Op.TemplateDef)));
  const links = page.document.querySelectorAll("li a");
  assertEquals([links.length, links[998].textContent], [1000, "No. 998"]);
  for (const at of [3, 998]) {
    (links[at] as HTMLElement).click();
    await settle(page);
    assertEquals(page.document.querySelector("h1")!.textContent, `Chosen: ${at}`);
  }
});
