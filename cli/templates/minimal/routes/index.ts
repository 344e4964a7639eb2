import { component, signal } from "@vango/core";
import { button, code, div, h1, img, output, p, section } from "@vango/core/elements";

export default component(() => {
  // State of this page. It lives on the server, and survives a lost connection and a restart.
  const count = signal(0, { name: "count" });
  return () =>
    section(
      { class: "hero middle" },
      img({ src: "/favicon.svg", alt: "", width: 72, height: 72 }),
      h1("Hello from {{title}}"),
      p(
        { class: "lead" },
        "This page is ",
        code("routes/index.ts"),
        ". Change it, and it changes here.",
      ),
      div(
        { class: "card counter" },
        button(
          { class: "button quiet", "aria-label": "One less", onClick: () => count.dec() },
          "−",
        ),
        output({ "aria-label": "Count" }, count),
        button({ class: "button", "aria-label": "One more", onClick: () => count.inc() }, "+"),
      ),
    );
});
