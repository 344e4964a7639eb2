/**
 * What stands in the place of a page that there is not, where the application has no page of its own for that.
 *
 * @module
 */
import { type Component, component } from "../runtime/component.ts";
import { h1, main, p } from "../vdom/elements.ts";

/** "Page not found". */
export const NotFound: Component<Record<never, never>> = component(
  () => () => main(h1("Page not found"), p("There is nothing at this address.")),
  { name: "NotFound" },
);
