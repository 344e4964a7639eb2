import { component, Link, useCtx } from "@vango/core";
import { h1, p, section } from "@vango/core/elements";

/** Is shown for every path that has no page. */
export default component(() => {
  const ctx = useCtx();
  ctx.title("Not found · {{title}}");
  return () =>
    section(
      { class: "hero" },
      h1("Nothing here"),
      p({ class: "lead" }, "There is no page at ", ctx.url.pathname, "."),
      p(Link({ href: "/", class: "button" }, "Go home")),
    );
});
