/**
 * What is shown instead of a page that failed.
 *
 * @module
 */
import { component, type ErrorPageProps, HttpError, Link, useCtx } from "@vango/core";
import { button, div, h1, p, section } from "@vango/core/elements";

/** Says what is wrong, if it is for the user, and offers a way on. */
export default component<ErrorPageProps>((props) => {
  useCtx().title("That did not work");
  return () => {
    const { error, reset } = props;
    return section(
      { class: "card", role: "alert" },
      h1("That did not work"),
      p(error instanceof HttpError ? error.message : "Something failed on the server. It was logged."),
      div(
        { class: "actions" },
        Link({ href: "/todos", class: "button" }, "To the list"),
        button({ onClick: () => reset() }, "Try again"),
      ),
    );
  };
}, { name: "Failed" });
