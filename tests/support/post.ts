/**
 * A browser without JavaScript: what it sends when a form or a button of a page is used.
 *
 * @module
 */
import { dataOf, type Page } from "./raw_client.ts";

type Fields = [name: string, value: string][];

/** What the nth form of a page carries in its hidden input. */
export function fieldsOf(html: string, nth = 0): Fields {
  const values = [...html.matchAll(/<input[^>]*name="_vango"[^>]*>/g)].map((m) =>
    /value="([^"]*)"/.exec(m[0])![1]
  );
  return [["_vango", unescape(values[nth])]];
}

/** What the nth button with a click handler of its own carries, together with the hidden form that it belongs to. */
export function buttonOf(html: string, nth = 0): Fields {
  const buttons = [...html.matchAll(/<button[^>]*name="(_vango[^"]*)"[^>]*>/g)];
  const [tag, name] = buttons[nth];
  const inputs = [...html.matchAll(/<input[^>]*name="_vango"[^>]*>/g)].map((m) =>
    /value="([^"]*)"/.exec(m[0])![1]
  );
  return [["_vango", unescape(inputs.at(-1)!)], [name, unescape(/value="([^"]*)"/.exec(tag)![1])]];
}

function unescape(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Posts fields as a page's form does. */
export async function post(
  origin: string,
  page: Page,
  body: Fields | FormData | string,
  headers: Record<string, string> = {},
  path = "/",
): Promise<Page> {
  const response = await fetch(origin + path, {
    method: "POST",
    body: Array.isArray(body) ? new URLSearchParams(body) : body,
    headers: { cookie: page.cookie, origin, ...headers },
    redirect: "manual",
  });
  const html = await response.text();
  const data = dataOf(html);
  return { html, status: response.status, cookie: page.cookie, headers: response.headers, data };
}
