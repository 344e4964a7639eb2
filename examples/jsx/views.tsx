/**
 * Views in JSX: compiled by Deno's precompile transform here; examples/jsx/equal_test.ts compares them with element
 * functions.
 *
 * @module
 */
import type { Child } from "../../mod.ts";

/** A card whose slots are text and attributes. */
export function Card(
  props: { id: string; name: string; tone: string; count: number; note: string | null },
): Child {
  return (
    <div id={props.id} class={["card", props.tone]}>
      <h2>Hello, {props.name}!</h2>
      <p title={props.note}>
        You have {props.count} &lt;new&gt; messages
      </p>
      <br />
    </div>
  );
}

/** A list whose rows are one template. */
export function List(props: { rows: { id: number; label: string }[]; onPick: (id: number) => void }): Child {
  return (
    <ul>
      {props.rows.map((row) => (
        <li key={row.id} id={`r${row.id}`}>
          <b>{row.label}</b> no. {row.id}
        </li>
      ))}
    </ul>
  );
}

/** Elements with handlers and controls. */
export function Form(props: { value: string; onInput: () => void }): Child {
  return (
    <form onSubmit={props.onInput}>
      <label for="x">Name</label>
      <input id="x" value={props.value} onInput={props.onInput} disabled={false} />
      <button type="submit">Send</button>
    </form>
  );
}
