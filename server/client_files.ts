/**
 * The built client, as files to serve. The only place of the server that knows it.
 *
 * @module
 */
import { CLIENT_JS, CLIENT_RARE_JS, CLIENT_STUB } from "../client/dist.ts";
import { type Assets, createAssets } from "./assets.ts";

/** The inline script that holds early clicks and submits. */
export const STUB: string = CLIENT_STUB;

/** The files, and where the two parts are. */
export function clientFiles(): { assets: Assets; client: { url: string; rare: string } } {
  const type = "text/javascript; charset=utf-8";
  const assets = createAssets({
    "/_vango/client.js": { body: CLIENT_JS, type },
    "/_vango/rare.js": { body: CLIENT_RARE_JS, type },
  });
  return { assets, client: { url: assets.url("/_vango/client.js")!, rare: assets.url("/_vango/rare.js")! } };
}
