/**
 * Requests as a script of a page sends them: options, and how they go where there is no browser.
 *
 * @module
 */

/** Options of {@linkcode Page.request}: those of `fetch()`, and what is sent as JSON. */
export interface RequestOptions extends RequestInit {
  /** Is sent as the body, in JSON. */
  json?: unknown;
}

/** Redirects that a request follows. */
const MAX_REDIRECTS = 20;

/** The options as `fetch()` takes them. @throws {TypeError} When there are a body and JSON, or JSON cannot carry it. */
export function requestInit({ json, ...init }: RequestOptions): RequestInit {
  if (json === undefined) return init;
  if (init.body !== undefined) throw new TypeError("Cannot send a request with both body and json: pass one");
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return { ...init, headers, body: JSON.stringify(json) };
}

/** Sends a request of a page of an origin, with what a browser says of it; redirects are followed. */
export async function sendRequest(
  to: URL,
  init: RequestInit,
  origin: string,
  send: (url: URL, init: RequestInit) => Promise<Response>,
): Promise<Response> {
  if (to.origin !== origin) throw new TypeError(`Cannot request ${to}: it is not of the application`);
  const method = init.method?.toUpperCase() ?? "GET";
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries({ site: "same-origin", mode: "cors", dest: "empty" })) {
    headers.set(`sec-fetch-${name}`, value);
  }
  if (method !== "GET" && method !== "HEAD") headers.set("origin", origin);
  let url = to;
  let next: RequestInit = { ...init, headers };
  for (let redirects = 0;; redirects++) {
    const response = await send(url, { ...next, redirect: "manual" });
    const location = response.headers.get("location");
    const leads = location !== null && [301, 302, 303, 307, 308].includes(response.status);
    if (!leads || init.redirect === "manual") return response;
    await response.body?.cancel();
    url = new URL(location, url);
    if (redirects === MAX_REDIRECTS || init.redirect === "error" || url.origin !== origin) {
      throw new TypeError(`Cannot request ${to}: it redirects to ${url}`);
    }
    // As a browser does: what was posted is not posted again, unless the status says so.
    if (response.status < 307) {
      for (const name of ["content-type", "origin"]) headers.delete(name);
      next = { headers, method: method === "HEAD" ? method : "GET" };
    }
  }
}
