/**
 * Development's own way to the browsers: a script, and a WebSocket that tells it what happens. It works while the application
 * is broken, and when it was broken from the start.
 *
 * What it tells has code of the project in it, so a socket is opened for pages of this origin only, at a name that is this
 * machine's.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DEV_CLIENT_JS } from "./browser_dist.ts";
import type { BrowserMessage, Report } from "./messages.ts";

const HASH = createHash("sha256").update(DEV_CLIENT_JS).digest("base64url").slice(0, 8);

/** Where the script is. */
export const SCRIPT_URL = `/_vango/dev/client-${HASH}.js`;
const SOCKET_PATH = "/_vango/dev/socket";

/** The way to the browsers of one process. */
export class Channel {
  /** Names this process. */
  readonly boot: string = crypto.randomUUID();
  readonly #sockets: Set<WebSocket> = new Set();
  readonly #why: string | undefined;
  readonly #hosts: ReadonlySet<string>;
  #report: Report | null = null;

  /** `why`: why the process was started anew; `host`: the name that the command line gave. */
  constructor(options: { why?: string; host?: string }) {
    this.#why = options.why;
    this.#hosts = new Set(options.host === undefined ? [] : [options.host]);
  }

  /** What is wrong; null when nothing is. */
  get report(): Report | null {
    return this.#report;
  }

  /** Tells that something is wrong, or (null) that nothing is any more. */
  set report(report: Report | null) {
    if (report === null && this.#report === null) return;
    this.#report = report;
    this.send(report === null ? { type: "mended" } : { type: "broken", report });
  }

  /** Tells every browser. */
  send(message: BrowserMessage): void {
    const text = JSON.stringify(message);
    for (const socket of this.#sockets) if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }

  /** Answers a request for what is development's; null for all else. */
  handle(request: Request): Response | null {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/_vango/dev/")) return null;
    const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
    if (pathname === SCRIPT_URL) {
      return new Response(DEV_CLIENT_JS, {
        headers: { ...headers, "content-type": "text/javascript; charset=utf-8" },
      });
    }
    if (pathname !== SOCKET_PATH) return new Response("Not found", { status: 404, headers });
    if (!this.#mayConnect(request)) return new Response("Not allowed", { status: 403, headers });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.addEventListener("open", () => {
      this.#sockets.add(socket);
      const hello: BrowserMessage = { type: "hello", boot: this.boot, why: this.#why, report: this.#report };
      socket.send(JSON.stringify(hello));
    });
    socket.addEventListener("close", () => this.#sockets.delete(socket));
    socket.addEventListener("error", () => this.#sockets.delete(socket));
    return response;
  }

  #mayConnect(request: Request): boolean {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") return false;
    const host = request.headers.get("host") ?? "";
    const origin = request.headers.get("origin") ?? "";
    if (!URL.canParse(origin) || new URL(origin).host !== host) return false;
    const { hostname } = new URL(origin);
    // A name that another's DNS leads here would be of "this origin" too.
    return /^(.+\.)?localhost$|^[\d.]+$|^\[[\da-f:.]+\]$/i.test(hostname) || this.#hosts.has(hostname);
  }

  /** Ends every socket. */
  close(): void {
    for (const socket of this.#sockets) socket.close(1001, "development ends");
    this.#sockets.clear();
  }
}

/** The page of an application that could not be started: its script shows what is wrong, and loads the page when it goes. */
export function brokenPage(report: Report): Response {
  const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const at = report.file === undefined
    ? ""
    : `<p><code>${escape(`${report.file}:${report.line ?? 1}`)}</code></p>`;
  const html = `<!DOCTYPE html>
<html lang="en" data-vango-broken>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escape(report.title)}</title>
<script type="module" src="${SCRIPT_URL}"></script>
</head>
<body>
<main><h1>${escape(report.title)}</h1><p>${escape(report.message)}</p>${at}</main>
</body>
</html>`;
  return new Response(html, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'self'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "retry-after": "1",
    },
  });
}
