/**
 * Vango's diff of element functions.
 *
 * @module
 */
import { li, ul } from "../../vdom/elements.ts";
import { prepareView } from "./vango.ts";

/** See bench/contender.ts. */
export const prepare = prepareView((items) =>
  ul(items.map((item) => li({ key: item.id, id: item.dom, class: item.tone }, item.label)))
);
