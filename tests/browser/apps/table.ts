/**
 * A keyed table of a thousand rows: add, remove, swap, update.
 *
 * @module
 */
import { type Component, component, each, signal } from "../../../mod.ts";
import { button, div, h1, main, table, tbody, td, th, thead, tr } from "../../../vdom/elements.ts";

/** A row. */
export interface Row {
  /** Its key. */
  id: number;
  /** Its text. */
  label: string;
}

const make = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: from + i, label: `Row ${from + i}` }));

/** The page. */
export const TablePage: Component<Record<never, never>> = component(() => {
  const rows = signal(make(1, 1000), { name: "rows" });
  const selected = signal(0, { name: "selected" });
  const next = () => Math.max(0, ...rows.value.map(({ id }) => id)) + 1;
  const act = (id: string, text: string, run: () => void) =>
    button({ id, type: "button", onClick: run }, text);
  const swap = () => rows.update((all) => all.length < 999 ? all : all.with(1, all[998]).with(998, all[1]));
  return () =>
    main(
      h1(rows.value.length, " rows"),
      div(
        { class: "bar" },
        act("add", "Add ten at the end", () => rows.push(...make(next(), 10))),
        act("prepend", "Add one at the start", () => rows.unshift(...make(next(), 1))),
        act("swap", "Swap rows 2 and 999", swap),
        act("update", "Update every tenth", () =>
          rows.update((all) =>
            all.map((row, i) => i % 10 ? row : { ...row, label: `${row.label} !` })
          )),
        act("reverse", "Reverse", () => rows.update((all) => all.toReversed())),
        act("clear", "Clear", () => rows.clear()),
        act("fill", "Fill", () => rows.set(make(next(), 1000))),
      ),
      div(
        { class: "scroll", tabindex: 0, role: "region", "aria-label": "Rows" },
        table(
          thead(tr(th("Number"), th("Label"), th("Actions"))),
          tbody(
            each(rows, (row) => row.id, (row) =>
              tr(
                { class: { selected: selected.value === row.id } },
                td({ class: "number" }, row.id),
                td(row.label),
                td(
                  button({
                    type: "button",
                    class: "select",
                    onClick: () => void (selected.value = row.id),
                  }, "Select"),
                  " ",
                  button({
                    type: "button",
                    class: "remove",
                    onClick: () => rows.removeWhere(({ id }) => id === row.id),
                  }, "Remove"),
                ),
              )),
          ),
        ),
      ),
    );
}, { name: "TablePage" });
