import { type Ctx, redirect } from "@vango/core";
import { userOf } from "../../auth/user.ts";

/**
 * Guards every page below account/. It runs for the page, for navigation over the socket and for each event, so signing out in
 * one tab ends the others.
 */
export default (ctx: Ctx, next: () => Promise<unknown>): Promise<unknown> =>
  userOf(ctx) === null ? redirect(`/sign-in?next=${encodeURIComponent(ctx.path)}`) : next();
