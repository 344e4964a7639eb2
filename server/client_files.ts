/**
 * The built client, as files to serve. The only place of the server that knows it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { CLIENT_JS, CLIENT_RARE_JS, CLIENT_STUB } from "../client/dist.ts";
import { type Assets, createAssets } from "./assets.ts";

/** The inline script that holds early clicks and submits. */
export const STUB: string = CLIENT_STUB;

/** The files, and where the script of the pages is. It finds the second one by its own path, so both have one hash. */
export function clientFiles(): { assets: Assets; client: { url: string } } {
  const type = "text/javascript; charset=utf-8";
  // 48 bits tell the builds of one application apart.
  const hash = createHash("sha256").update(CLIENT_JS).update(CLIENT_RARE_JS).digest("base64url").slice(0, 8);
  const url = `/_vango/client-${hash}.js`;
  const assets = createAssets({
    [url]: { body: CLIENT_JS, type, hashed: true },
    [`/_vango/rare-${hash}.js`]: { body: CLIENT_RARE_JS, type, hashed: true },
  });
  return { assets, client: { url } };
}
