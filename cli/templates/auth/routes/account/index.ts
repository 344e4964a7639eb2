import { component, useCtx } from "@vango/core";
import { button, form, h1, p, section } from "@vango/core/elements";
import { useUser } from "../../auth/user.ts";

export default component(() => {
  useCtx().title("Account · {{title}}");
  const user = useUser();
  return () => [
    section(
      { class: "hero" },
      h1("Your account"),
      p({ class: "lead" }, "You are signed in as ", user?.email, "."),
    ),
    form(
      { method: "post", action: "/api/auth/sign-out" },
      button({ class: "button quiet" }, "Sign out"),
    ),
  ];
});
