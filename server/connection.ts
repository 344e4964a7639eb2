/**
 * Who connects, and what of its hello can be trusted.
 *
 * @module
 */
import type { ClientHello } from "../protocol/mod.ts";
import type { PackedHeaders } from "./ctx.ts";
import type { Wire } from "./shared.ts";

/** Who connects. */
export interface Connection {
  /** The socket. */
  wire: Wire;
  /** The value of the browser's cookie. */
  binding: string;
  /** The key of the address. */
  address: string;
  /** The origin that the browser asked for. */
  origin: string;
  /** The headers of the socket's request, packed. */
  headers: PackedHeaders;
}

/** The longest path, with query and fragment, that a browser may say, in UTF-16 units, as the headers of a request are bounded. */
export const MAX_ADDRESS = 16_384;

/** Where the browser says that it is; "/" for what is no path. What comes after an origin stays below it. */
export function pathOf({ path }: ClientHello): string {
  return path[0] === "/" && path.length <= MAX_ADDRESS ? path : "/";
}
