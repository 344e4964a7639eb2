/**
 * The page that is fuzzed: every event of the table, controls, lists that grow and shrink, templates, and a handler that waits.
 * What handlers are given goes into the tree, so it comes back as patches.
 *
 * @module
 */
import { component, signal } from "../../mod.ts";
import { button, div, form, input, li, p, select, textarea, ul } from "../../vdom/elements.ts";
import { option } from "../../vdom/elements.ts";
import { EVENTS } from "../../vdom/event_table.ts";
import { createNode } from "../../vdom/node.ts";
import { jsxAttr, jsxTemplate } from "../../vdom/jsx.ts";

const CARD = ["<p ", ">Last: <b>", "</b></p>"];
/** What a page keeps of what it is told. */
const MAX_TEXT = 200;

/** The page. */
export const FuzzPage = component(() => {
  const count = signal(0, { name: "count" });
  const text = signal("", { name: "text" });
  const rows = signal<readonly string[]>(["a", "b"], { name: "rows" });
  const told = signal("", { name: "told" });
  const tell = (event: unknown) => {
    told.value = (JSON.stringify(event) ?? "").slice(0, MAX_TEXT);
    count.inc();
  };
  const all: Record<string, unknown> = { id: "all" };
  for (const [name, , family] of EVENTS) all[`on:${name}`] = family === "-" ? () => tell(name) : tell;
  const wait = async () => {
    await Promise.resolve();
    count.inc();
  };
  return () =>
    div(
      createNode("section", all, ["Told: ", told]),
      button({ id: "count", onClick: () => count.inc() }, "Count: ", count),
      button({ onClick: wait }, "wait"),
      button(
        { onClick: () => rows.update((list) => list.length < 8 ? [...list, `r${count.peek()}`] : []) },
        "+",
      ),
      ul(rows.value.map((row, i) =>
        li({ key: `${row}${i}`, onClick: () => rows.update((l) => l.slice(1)) }, row)
      )),
      form(
        { onSubmit: tell },
        input({
          name: "text",
          value: text,
          onInput: (e) =>
            text.value = e.value.slice(0, 20),
        }),
        input({ type: "checkbox", name: "check", onChange: tell }),
        textarea({ name: "long", onInput: tell }),
        select({ name: "one", onChange: tell }, option("a"), option("b")),
        button("send"),
      ),
      jsxTemplate(CARD, jsxAttr("class", count.value % 2 ? "odd" : null), told.value),
      text.value.length > 10 ? p(text.value) : null,
    );
});
