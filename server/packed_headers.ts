/**
 * Headers of requests as texts: there are as many as there are sessions, and hardly anybody asks for them.
 *
 * @module
 */
import { sharedText } from "./shared_texts.ts";

/** Headers as texts, since an object of them takes eight times as much. */
export interface PackedHeaders {
  /** A line for each but the cookies, name and value: one text for all sessions for which it is the same. */
  readonly common: string;
  /** The cookies, which are one browser's own; "" when there are none. */
  readonly cookie: string;
}

/** Packs headers. */
export function packHeaders(headers: Headers): PackedHeaders {
  const common = [...headers].filter(([name]) => name !== "cookie");
  // join() gives a flat text, where adding up would keep every piece of it.
  const text = common.map((pair) => pair.join(":")).join("\n");
  return { common: sharedText(text), cookie: headers.get("cookie") ?? "" };
}

/** Headers of what was packed. */
export function unpackHeaders({ common, cookie }: PackedHeaders): Headers {
  const headers = new Headers();
  for (const line of common.split("\n")) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1));
  }
  if (cookie !== "") headers.append("cookie", cookie);
  return headers;
}
