/**
 * Development's script in the browser: shows what is wrong, swaps style sheets, and says in the console what happened.
 *
 * Its socket is its own, so it works while the application is broken.
 *
 * @module
 */
import type { BrowserMessage } from "../messages.ts";
import { hideOverlay, showOverlay } from "./overlay.ts";
import { swapStyles } from "./styles.ts";

const SOCKET_PATH = "/_vango/dev/socket";
/** Milliseconds between attempts to connect; a restart takes half a second. */
const RETRY_MS = [100, 100, 200, 200, 500, 500, 1000];

let boot = "";
let attempts = 0;

function connect(): void {
  const socket = new WebSocket(SOCKET_PATH.replace(/^/, location.origin.replace(/^http/, "ws")));
  socket.addEventListener("message", ({ data }) => {
    attempts = 0;
    take(JSON.parse(data) as BrowserMessage);
  });
  socket.addEventListener("close", () => {
    setTimeout(connect, RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
  });
}

function take(message: BrowserMessage): void {
  switch (message.type) {
    case "hello":
      if (message.report !== null) showOverlay(message.report);
      // The page of an application that could not be started: now it can.
      else if (document.documentElement.hasAttribute("data-vango-broken")) location.reload();
      else hideOverlay();
      if (boot !== "" && boot !== message.boot && message.why !== undefined) {
        say(`started anew: ${message.why}`);
      }
      boot = message.boot;
      return;
    case "broken":
      return showOverlay(message.report);
    case "mended":
      return hideOverlay();
    case "swapped":
      hideOverlay();
      say(`${message.modules.join(", ")} in ${Math.round(message.ms)} ms`);
      for (const reason of message.lost) console.warn(`[vango] State was not kept: ${reason}`);
      return;
    case "styles":
      return swapStyles(message.paths);
    case "restart":
      return say(`starts anew: ${message.reason}. State comes back from its snapshot.`);
  }
}

function say(text: string): void {
  console.info(`[vango] ${text}`);
}

connect();
