import type { ApiContext } from "@vango/core";
import { signOut } from "../../../auth/user.ts";

/** Takes the button of /account. */
export function POST({ ctx }: ApiContext): Response {
  return signOut(ctx, "/");
}
