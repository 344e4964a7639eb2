import { component, Link, useCtx } from "@vango/core";
import { button, form, h1, input, label, p, section } from "@vango/core/elements";
import { type Problem, PROBLEMS } from "../auth/account.ts";

/** What the form takes. */
export interface CredentialsProps {
  /** Its heading and its button. */
  title: string;
  /** The API that it is posted to: a cookie comes with an answer over HTTP alone. */
  action: string;
  /** Whether the password is a new one. */
  fresh: boolean;
  /** The other page, and what its link says. */
  other: readonly [path: string, text: string];
}

/** An address and a password. */
export const CredentialsForm = component<CredentialsProps>((props) => {
  const { searchParams } = useCtx().url;
  const problem = searchParams.get("error");
  const next = searchParams.get("next") ?? "/account";
  return () =>
    section(
      { class: "card stack narrow center" },
      h1(props.title),
      problem !== null && Object.hasOwn(PROBLEMS, problem)
        ? p({ class: "alert", role: "alert" }, PROBLEMS[problem as Problem])
        : null,
      form(
        { class: "stack", method: "post", action: props.action },
        input({ type: "hidden", name: "next", value: next }),
        label(
          { class: "field" },
          "Email",
          input({
            type: "email",
            name: "email",
            required: true,
            autocomplete: "username",
            maxlength: 254,
          }),
        ),
        label(
          { class: "field" },
          "Password",
          input({
            type: "password",
            name: "password",
            required: true,
            autocomplete: props.fresh ? "new-password" : "current-password",
            minlength: props.fresh ? 10 : undefined,
            maxlength: 200,
          }),
        ),
        button({ class: "button" }, props.title),
      ),
      p(
        Link({ href: `${props.other[0]}?next=${encodeURIComponent(next)}` }, props.other[1]),
      ),
    );
});
