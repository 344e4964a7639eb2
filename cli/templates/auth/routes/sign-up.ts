import { component, useCtx } from "@vango/core";
import { CredentialsForm } from "../components/credentials_form.ts";

export default component(() => {
  useCtx().title("Sign up · {{title}}");
  return () =>
    CredentialsForm({
      title: "Sign up",
      action: "/api/auth/sign-up",
      fresh: true,
      other: ["/sign-in", "You have an account? Sign in"],
    });
});
