/**
 * Vango's diff of precompiled JSX.
 *
 * @module
 */
import { prepareView } from "./vango.ts";

/** See bench/contender.ts. */
export const prepare = prepareView((items) => (
  <ul>
    {items.map((item) => <li key={item.id} id={item.dom} class={item.tone}>{item.label}</li>)}
  </ul>
));
