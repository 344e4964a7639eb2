/**
 * The table in JSX, precompiled by Deno; table_functions.ts is its other form.
 *
 * @module
 */
import type { Child } from "../../mod.ts";
import type { Row, RowActions } from "./rows.ts";

/** The table of some rows. */
export function tableOf(rows: readonly Row[], actions: RowActions): Child {
  return (
    <table>
      <tbody>
        {rows.map(({ id, label }) => (
          <tr key={id} id={`row-${id}`}>
            <td>{id}</td>
            <td>
              <a onClick={() => actions.choose(id)}>{label}</a>
            </td>
            <td>
              <a onClick={() => actions.remove(id)}>x</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
