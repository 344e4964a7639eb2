/**
 * The test kit: its document follows the wire, whatever the page is made of.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { mount } from "../../testing/mod.ts";
import {
  button,
  div,
  input,
  li,
  option,
  p,
  pre,
  select,
  span,
  svg,
  textarea,
  ul,
} from "../../vdom/elements.ts";
import { raw, trustHtml } from "../../vdom/helpers.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";

const ROW = ["<li ", "><b>", "</b> and ", "</li>"];

Deno.test("templates are built from their definition and their slots", async () => {
  const rows = signal<string[]>([]);
  const Page = component(() => () =>
    ul(rows.value.map((r) => jsxTemplate(ROW, jsxAttr("id", r), jsxEscape(r), jsxEscape(r === "b" ? "" : r))))
  );
  await using page = await mount(Page);
  rows.value = ["a", "b"];
  await page.flushed();
  assertEquals(page.html(), '<ul><li id="a"><b>a</b> and a</li><li id="b"><b>b</b> and </li></ul>');
  rows.value = ["b", "c"];
  await page.flushed();
  assertEquals(page.text(), "b and c and c");
});

Deno.test("raw HTML, text-only elements, lists and separators stay in step through any change", async () => {
  const n = signal(0);
  await using page = await mount(() =>
    div(
      n.value % 2 ? [raw(trustHtml(`<i>${n.value}</i><b>raw</b>`)), "after"] : "text ",
      n.value % 3 ? span("s", n) : null,
      textarea(`lines\n${n.value}`),
      pre("\nfirst"),
      select(
        { value: String(n.value % 2) },
        option({ value: "0" }, "zero"),
        option({ value: "1" }, "one ", n),
      ),
      svg({ viewBox: "0 0 1 1" }),
      [["nested ", n.value]],
      raw(trustHtml("<hr>")),
      n.value > 3 ? p("end") : "",
    )
  );
  for (let i = 1; i < 12; i++) {
    n.value = i;
    await page.flushed();
    assertEquals(page.get("select").value, String(i % 2));
  }
  assertEquals(page.traffic.resyncs, 0);
});

Deno.test("rows that are sorted, taken out and put in stay in step", async () => {
  const order = signal([1, 2, 3, 4, 5, 6, 7, 8]);
  const Row = component(
    (props: { n: number }) => () => [li({ class: { odd: props.n % 2 === 1 } }, props.n), "-"],
  );
  await using page = await mount(() => ul(order.value.map((n) => Row({ key: n, n }))));
  let seed = 42;
  for (let i = 0; i < 60; i++) {
    const next: number[] = [];
    for (let k = 0; k < 8; k++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      const n = 1 + (seed >> 8) % 12;
      if (!next.includes(n)) next.push(n);
    }
    order.value = next;
    await page.flushed();
    assertEquals(page.text(), next.map((n) => `${n} -`).join(" "));
  }
  assertEquals(page.traffic.resyncs, 0);
});

Deno.test("what the user types is not taken back by an answer that did not know of it", async () => {
  const Field = component(() => {
    const value = signal("");
    return () =>
      div(
        input({ value, onInput: (e) => value.value = e.value.trimStart() }),
        button({ onClick: () => value.value = "" }, "clear"),
      );
  });
  await using page = await mount(Field);
  const typing = page.get("input").type("ab");
  const more = page.get("input").type("c");
  await Promise.all([typing, more]);
  assertEquals(page.get("input").value, "abc");
  await page.get("button").click();
  assertEquals(page.get("input").value, "");
});

Deno.test("a custom event tells its detail", async () => {
  const log: unknown[] = [];
  await using page = await mount(() =>
    div({ "on:my-event": (e: { type: string; detail: unknown }) => log.push(e.type, e.detail) })
  );
  await page.get("div").dispatch("my-event", { detail: { a: [1] } });
  assertEquals(log, ["my-event", { a: [1] }]);
});
