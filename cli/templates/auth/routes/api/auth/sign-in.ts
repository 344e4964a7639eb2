import type { ApiContext } from "@vango/core";
import { checkAccount, readCredentials } from "../../../auth/account.ts";
import { localPath, signIn } from "../../../auth/user.ts";

/** Takes the form of /sign-in. */
export async function POST({ request, ctx }: ApiContext): Promise<Response> {
  const { email, password, ...form } = await readCredentials(request);
  const next = localPath(form.next, "/account");
  const found = await checkAccount(email, password);
  if (typeof found !== "string") return signIn(ctx, found, next);
  const query = new URLSearchParams({ error: found, next });
  return new Response(null, { status: 303, headers: { location: `/sign-in?${query}` } });
}
