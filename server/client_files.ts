/**
 * The built client, as files to serve. The only place of the server that knows it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { CLIENT_HOOKS_JS, CLIENT_JS, CLIENT_NAV_JS, CLIENT_RARE_JS, CLIENT_STUB } from "../client/dist.ts";
import { type Assets, createAssets } from "./assets.ts";

/** The inline script that holds early clicks and submits. */
export const STUB: string = CLIENT_STUB;

/** Where the scripts of the pages are. */
export interface ClientUrls {
  /** The first script. It finds the second one by its own path, and that one the fourth. */
  readonly url: string;
  /** The third script, for pages that have routes: what `data-nav` says. */
  readonly nav: string;
}

/** The files, and where they are. They share the short names of their members, so they have one hash. */
export function clientFiles(): { assets: Assets; client: ClientUrls } {
  const type = "text/javascript; charset=utf-8";
  // 48 bits tell the builds of one application apart.
  const hash = [CLIENT_JS, CLIENT_RARE_JS, CLIENT_NAV_JS, CLIENT_HOOKS_JS]
    .reduce((sum, script) => sum.update(script), createHash("sha256"))
    .digest("base64url").slice(0, 8);
  const url = `/_vango/client-${hash}.js`;
  const nav = `/_vango/nav-${hash}.js`;
  const assets = createAssets({
    [url]: { body: CLIENT_JS, type, hashed: true },
    [`/_vango/rare-${hash}.js`]: { body: CLIENT_RARE_JS, type, hashed: true },
    [`/_vango/hooks-${hash}.js`]: { body: CLIENT_HOOKS_JS, type, hashed: true },
    [nav]: { body: CLIENT_NAV_JS, type, hashed: true },
  });
  return { assets, client: { url, nav } };
}
