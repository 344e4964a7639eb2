import { component, type ErrorPageProps } from "@vango/core";
import { button, h1, p, section } from "@vango/core/elements";

/** Is shown in the place of a page that failed. The error itself is in the log. */
export default component<ErrorPageProps>((props) => () =>
  section(
    { class: "hero" },
    h1(props.status === 500 ? "Something went wrong" : `Error ${props.status}`),
    p({ class: "lead" }, "The rest of the application goes on. You can try again."),
    p(button({ class: "button", onClick: () => props.reset() }, "Try again")),
  )
);
