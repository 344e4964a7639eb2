/**
 * Preact's SSR from precompiled JSX.
 *
 * @module
 */
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { click, prepareViews, type Views } from "../data.ts";

const views: Views<JSX.Element> = {
  card: (u) => (
    <div class="card" id={`c${u.id}`}>
      <h2 class={u.role}>Hello {u.name}</h2>
      <p>Some text that is a little longer</p>
      <a href={u.path} class="link">{u.mail}</a>
      <img src={u.path} alt={u.name} />
      <span>{u.id}</span>
    </div>
  ),
  table: (users) => (
    <table>
      <tbody>
        {users.map((u) => (
          <tr key={u.id}>
            <td class="id">{u.id}</td>
            <td>{u.name}</td>
            <td>{u.mail}</td>
            <td class={u.role}>{u.role}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ),
  buttons: (numbers) => (
    <div>
      {numbers.map((i) => <button key={i} type="button" class="b" onClick={click}>Button {i}</button>)}
    </div>
  ),
};

/** See bench/contender.ts. */
export const prepare = prepareViews(views, renderToString);
