import { component, Link } from "@vango/core";
import { code, div, h1, h2, li, ol, p, section } from "@vango/core/elements";
import { Counter } from "../components/counter.ts";
import { everyone } from "../store/everyone.ts";

export default component(() => () => [
  section(
    { class: "hero" },
    h1("Hello from {{title}}"),
    p(
      { class: "lead" },
      "Components live on the server. A click goes up over one socket, and only what changed comes back.",
    ),
    // if tailwind
    p(
      {
        class:
          "inline-flex w-fit items-center gap-2 rounded-full bg-accent/10 px-3 py-1 text-sm text-accent",
      },
      "Styled with Tailwind",
    ),
    // end
  ),
  div(
    { class: "grid" },
    section(
      { class: "card" },
      h2("This tab"),
      p({ class: "muted" }, "A signal of the component. Each tab has its own."),
      Counter({ label: "This tab" }),
    ),
    section(
      { class: "card" },
      h2("Everyone"),
      p({ class: "muted" }, "A signal of the server. Open a second tab, and click."),
      Counter({ label: "Everyone", count: everyone }),
    ),
  ),
  section(
    { class: "card" },
    h2("What now?"),
    ol(
      { class: "steps" },
      li(
        "Change ",
        code("routes/index.ts"),
        ": the page follows, and the counters keep their values.",
      ),
      li("Add a page: ", code("deno task vango gen route 'projects/[id:int]'")),
      li("Run the tests: ", code("deno task test")),
    ),
    p(Link({ href: "/about" }, "How this project is laid out")),
  ),
]);
