/**
 * What stands between a page and its client: scripts that are held back, sockets that a test can write to.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** Holds the client's scripts back until the function that it gives is called. Call it before `page.goto`. */
export async function holdClient(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route(/\.js/, async (route) => {
    await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}

/** Makes the page's sockets reachable, for {@linkcode sendRaw}. Call it before `page.goto`. */
export async function keepSockets(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sockets: WebSocket[] = (window as unknown as { sockets: WebSocket[] }).sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
  });
}

/** Sends bytes over the newest socket of a page, past its client. */
export async function sendRaw(page: Page, bytes: number[]): Promise<void> {
  await page.evaluate((bytes) => {
    (window as unknown as { sockets: WebSocket[] }).sockets.at(-1)!.send(new Uint8Array(bytes));
  }, bytes);
}
