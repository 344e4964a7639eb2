/**
 * Firefox over WebDriver BiDi, which it speaks itself on a port that it prints.
 *
 * @module
 */
import type { Driver } from "./driver.ts";

/** Preferences of a quiet Firefox: no first page, no requests of its own. */
const PREFERENCES = {
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "remote.active-protocols": 1,
};

/** Starts Firefox without a window, runs a function with its page, and ends it. */
export async function withFirefox(executable: string, fn: (driver: Driver) => Promise<void>): Promise<void> {
  const profile = await Deno.makeTempDir({ prefix: "vango-firefox-" });
  const lines = Object.entries(PREFERENCES).map(([name, value]) =>
    `user_pref("${name}", ${JSON.stringify(value)});`
  );
  await Deno.writeTextFile(`${profile}/user.js`, lines.join("\n"));
  const child = new Deno.Command(executable, {
    args: ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    const address = await readAddress(child);
    const session = await openSession(`${address}/session`);
    try {
      await fn(await attach(session));
    } finally {
      // Firefox ends by itself, and its socket with it.
      await session.send("browser.close", {}).catch(() => {});
      await session.closed;
    }
  } finally {
    await end(child);
    await Deno.remove(profile, { recursive: true });
  }
}

/** Waits for the end, which was asked for; after 5 s it is brought about. */
async function end(child: Deno.ChildProcess): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await child.status;
  clearTimeout(timer);
}

/** The address that Firefox prints. What it prints later is read too, so that it never waits for a reader. */
async function readAddress(child: Deno.ChildProcess): Promise<string> {
  const found = Promise.withResolvers<string>();
  let output = "";
  const reading = child.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(text) {
        output += text;
        const address = /WebDriver BiDi listening on (ws:\S+)/.exec(output);
        if (address !== null) found.resolve(address[1]);
      },
    }),
  );
  reading.then(() => found.reject(new Error(`Cannot start Firefox: it ended\n${output}`)), found.reject);
  return await found.promise;
}

interface Session {
  send(method: string, params: object): Promise<Record<string, unknown>>;
  closed: Promise<void>;
}

async function openSession(url: string): Promise<Session> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const closed = Promise.withResolvers<void>();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, type, result, error, message } = JSON.parse(data);
    if (type === "success") waiting.get(id)?.resolve(result);
    if (type === "error") waiting.get(id)?.reject(new Error(`${error}: ${message}`));
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error("Firefox closed its socket"));
    closed.resolve();
  };
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`Cannot connect to Firefox at ${url}`));
  });
  const send: Session["send"] = (method, params) => {
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(++last, answer);
    socket.send(JSON.stringify({ id: last, method, params }));
    return answer.promise;
  };
  await send("session.new", { capabilities: {} });
  return { send, closed: closed.promise };
}

async function attach({ send }: Session): Promise<Driver> {
  // The first page of a window that nobody sees never gets the focus, a new one does.
  const { context } = await send("browsingContext.create", { type: "tab" }) as { context: string };

  await send("browsingContext.setViewport", { context, viewport: { width: 1280, height: 900 } });
  return {
    async go(url) {
      await send("browsingContext.navigate", { context, url, wait: "none" });
    },
    async evaluate(expression) {
      const { type, result, exceptionDetails } = await send("script.evaluate", {
        expression: `JSON.stringify(${expression})`,
        target: { context },
        awaitPromise: true,
      }) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
      if (type !== "success") throw new Error(`Cannot evaluate ${expression}: ${exceptionDetails?.text}`);
      return result?.value === undefined ? undefined : JSON.parse(result.value);
    },
    async perform(actions) {
      await send("input.performActions", { context, actions });
    },
  };
}
