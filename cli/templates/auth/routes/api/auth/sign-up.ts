import type { ApiContext } from "@vango/core";
import { createAccount, readCredentials } from "../../../auth/account.ts";
import { localPath, signIn } from "../../../auth/user.ts";

/** Takes the form of /sign-up. */
export async function POST({ request, ctx }: ApiContext): Promise<Response> {
  const { email, password, ...form } = await readCredentials(request);
  const next = localPath(form.next, "/account");
  const made = await createAccount(email, password);
  if (typeof made !== "string") return signIn(ctx, made, next);
  const query = new URLSearchParams({ error: made, next });
  return new Response(null, { status: 303, headers: { location: `/sign-up?${query}` } });
}
