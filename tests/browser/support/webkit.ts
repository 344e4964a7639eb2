/**
 * WebKitGTK's MiniBrowser over W3C WebDriver, on a display that nobody sees.
 *
 * @module
 */
import type { Driver } from "./driver.ts";

/** Starts Xvfb, the driver and its browser, runs a function with its page, and ends them. */
export async function withWebkit(executable: string, fn: (driver: Driver) => Promise<void>): Promise<void> {
  const display = await startDisplay();
  const port = freePort();
  const env: Record<string, string> = {
    DISPLAY: display.name,
    GDK_BACKEND: "x11",
    LIBGL_ALWAYS_SOFTWARE: "1",
  };
  // WebKit's sandbox needs what root in a container has not.
  if (Deno.uid() === 0) env.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = "1";
  const child = new Deno.Command(executable, {
    args: [`--port=${port}`, "--host=127.0.0.1"],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const base = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(base);
    const { sessionId } = await request<{ sessionId: string }>("POST", `${base}/session`, {
      capabilities: { alwaysMatch: { pageLoadStrategy: "none" } },
    });
    const session = `${base}/session/${sessionId}`;
    try {
      await request("POST", `${session}/window/rect`, { width: 1280, height: 900 });
      await fn(attach(session));
    } finally {
      await request("DELETE", session);
    }
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await display.end();
  }
}

/** An X server on a display of its own choice. */
async function startDisplay(): Promise<{ name: string; end(): Promise<void> }> {
  const child = new Deno.Command("Xvfb", {
    args: ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let name = "";
  while (!name.endsWith("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Cannot start Xvfb: it ended before it had a display");
    name += value;
  }
  return {
    name: `:${name.trim()}`,
    async end() {
      child.kill("SIGTERM");
      await child.status;
      await reader.cancel();
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function waitUntilReady(base: string): Promise<void> {
  for (let i = 0; i < 250; i++) {
    const ready = await request("GET", `${base}/status`).then(() => true, () => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Cannot reach WebKitWebDriver at ${base}: it did not listen within 5 s`);
}

async function request<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) {
    throw new Error(`${method} ${new URL(url).pathname} failed: ${value?.error}: ${value?.message}`);
  }
  return value;
}

function attach(session: string): Driver {
  return {
    async go(url) {
      await request("POST", `${session}/url`, { url });
    },
    async evaluate<T>(expression: string) {
      const script = `return JSON.stringify(${expression})`;
      const text = await request<string | null>("POST", `${session}/execute/sync`, { script, args: [] });
      return (text === null ? undefined : JSON.parse(text)) as T;
    },
    async perform(actions) {
      await request("POST", `${session}/actions`, { actions });
    },
  };
}
