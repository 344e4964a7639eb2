/**
 * A server of a test: on a free port, quiet, with what it logged at hand.
 *
 * @module
 */
import { type App, type AppOptions, createApp } from "../../server/app.ts";
import { createLogger, type LogRecord } from "../../server/log.ts";

/** A secret of tests. */
export const SECRET = "a secret of tests, thirty-two characters and more";

/** A running application. */
export interface TestApp extends AsyncDisposable {
  app: App;
  origin: string;
  logs: LogRecord[];
}

/** Starts an application; `wrap` puts a handler of one's own before it. */
export function startApp(
  options: AppOptions,
  port = 0,
  wrap: (app: App) => App["fetch"] = (app) => app.fetch,
): TestApp {
  const logs: LogRecord[] = [];
  const logger = createLogger({ level: "debug", sink: (record) => void logs.push(record) });
  const app = createApp({ secret: SECRET, memory: false, logger, ...options });
  let at = 0;
  const server = Deno.serve({ port, hostname: "127.0.0.1", onListen: (a) => void (at = a.port) }, wrap(app));
  return {
    app,
    origin: `http://127.0.0.1:${at}`,
    logs,
    async [Symbol.asyncDispose]() {
      if (Deno.env.get("SHOWLOGS")) console.log(logs);
      await app.shutdown();
      await server.shutdown();
    },
  };
}
