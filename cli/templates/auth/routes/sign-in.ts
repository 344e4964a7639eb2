import { component, useCtx } from "@vango/core";
import { CredentialsForm } from "../components/credentials_form.ts";

export default component(() => {
  useCtx().title("Sign in · {{title}}");
  return () =>
    CredentialsForm({
      title: "Sign in",
      action: "/api/auth/sign-in",
      fresh: false,
      other: ["/sign-up", "No account yet? Sign up"],
    });
});
