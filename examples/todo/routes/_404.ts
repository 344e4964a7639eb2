/**
 * What is shown where there is no page.
 *
 * @module
 */
import { component, Link, useCtx } from "@vango/core";
import { h1, p, section } from "@vango/core/elements";

/** "There is no such page". */
export default component(() => {
  useCtx().title("Not found");
  return () =>
    section(
      { class: "card" },
      h1("There is no such page"),
      p("The address may be wrong, or what was here is gone."),
      Link({ href: "/todos", class: "button" }, "To the list"),
    );
}, { name: "NotFound" });
