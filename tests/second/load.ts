/**
 * Loads a page over HTTP: the cookie, what the script's element tells, and the tree, numbered and checked.
 * docs/protocol.md, "The page".
 *
 * @module
 */
import { type Dom, parsePage } from "./dom.ts";
import { Page } from "./page.ts";

/** A page that was loaded. */
export interface Loaded {
  html: string;
  cookie: string;
  /** The data of the script's element, by name without "data-". */
  told: Record<string, string>;
  page: Page;
  checkFailed: boolean;
  /** What must be asked for again: nothing, elements, or (null) everything. */
  faults: Dom[] | null;
  sealed: Uint8Array;
}

/** Loads the page of an origin; `meddle` changes it first, as an extension would. */
export async function loadPage(
  origin: string,
  cookie: string,
  meddle?: (body: Dom) => void,
): Promise<Loaded> {
  const response = await fetch(`${origin}/`, { headers: cookie ? { cookie } : {} });
  const given = response.headers.get("set-cookie")?.split(";")[0];
  return readPage(await response.text(), given ?? cookie, meddle);
}

/** Reads a page. */
export function readPage(html: string, cookie: string, meddle?: (body: Dom) => void): Loaded {
  const body = parsePage(html).children.find((node) => node.tag === "body") as Dom;
  meddle?.(body);
  const start = body.children.findIndex((node) => node.kind === "comment" && node.text === "vango");
  const end = body.children.findIndex((node) => node.attrs.get("id") === "vango");
  const told = Object.fromEntries(
    [...body.children[end].attrs].map(([name, value]) => [name.replace("data-", ""), value]),
  );
  const page = new Page();
  const numbers = page.adopt(body.children.slice(start + 1, end));
  const { count, sum } = page.check();
  const checkFailed = count !== Number(told.n) || sum !== Number(told.sum);
  return {
    html,
    cookie,
    told,
    page,
    checkFailed,
    faults: checkFailed ? page.locate(numbers, Number(told.n)) : [],
    sealed: Uint8Array.fromBase64(told.x ?? "", { alphabet: "base64url" }),
  };
}
