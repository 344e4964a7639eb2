/**
 * The table in element functions; table.tsx is its other form.
 *
 * @module
 */
import type { Child } from "../../mod.ts";
import { a, table, tbody, td, tr } from "../../vdom/elements.ts";
import type { Row, RowActions } from "./rows.ts";

/** The table of some rows; without actions that of a plain page, which takes no events. */
export function tableOf(rows: readonly Row[], actions: RowActions | null): Child {
  return table(
    tbody(
      rows.map(({ id, label }) =>
        tr(
          { key: id, id: `row-${id}` },
          td(id),
          td(a(actions === null ? {} : { onClick: () => actions.choose(id) }, label)),
          td(a(actions === null ? {} : { onClick: () => actions.remove(id) }, "x")),
        )
      ),
    ),
  );
}
