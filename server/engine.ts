/**
 * What the parts of one server share, made once from the application's options.
 *
 * @module
 */
import type { Child, VNode } from "../vdom/node.ts";
import type { Networks } from "./address.ts";
import type { Assets } from "./assets.ts";
import type { ClientUrls } from "./client_files.ts";
import type { Clock } from "./clock.ts";
import type { Csp } from "./csp.ts";
import type { Limits } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Routes } from "./router.ts";
import type { Sealer } from "./seal.ts";
import type { AllowedOrigins, Tokens } from "./security.ts";
import type { SessionShared } from "./shared.ts";
import type { StaticFiles } from "./static.ts";
import type { SessionStore } from "./store.ts";

/** What is shown instead of a page that failed: gets the error, and a function that makes the page anew. */
export type PageFallback = (error: unknown, reset: () => void) => Child;

/** The shared parts. */
export interface Engine {
  /** The pages and APIs. */
  readonly routes: Routes;
  /** Shown instead of a page that failed. */
  readonly fallback: PageFallback;
  /** The document's title, language and head. */
  readonly document: { title?: string; lang: string; head: () => readonly VNode[] };
  /** Every limit. */
  readonly limits: Limits;
  /** What is counted. */
  readonly metrics: Metrics;
  /** The logger. */
  readonly log: Logger;
  /** The clock. */
  readonly clock: Clock;
  /** Seals snapshots. */
  readonly sealer: Sealer;
  /** Makes and checks tokens. */
  readonly tokens: Tokens;
  /** Keeps snapshots. */
  readonly store: SessionStore;
  /** The policy of pages. */
  readonly csp: Csp;
  /** Origins besides our own. */
  readonly origins: AllowedOrigins;
  /** Trusted proxies. */
  readonly proxies: Networks;
  /** The client's files. */
  readonly assets: Assets;
  /** Where the client is. */
  readonly client: ClientUrls;
  /** The application's own files; null when it has none. */
  readonly files: StaticFiles | null;
  /** Names this build: unnamed state is restored within it only. */
  readonly build: string;
  /** Whether mistakes are errors, and errors are told. */
  readonly dev: boolean;
  /** Whether forms and buttons post when JavaScript is off. */
  readonly noscript: boolean;
  /** Whether pages change by view transitions. */
  readonly viewTransitions: boolean;
  /** What sessions share. */
  readonly shared: SessionShared;
}

/** Where sockets connect. */
export const SOCKET_PATH = "/_vango/live";
