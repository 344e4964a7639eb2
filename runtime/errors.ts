/**
 * Where errors come from, and which boundary takes them.
 *
 * @module
 */
import type { Owner, Scope } from "../core/mod.ts";
import { Instance } from "./instance.ts";

/** Where an error came from. */
export type ErrorSource = Parameters<Scope["report"]>[2] | "handler" | "binding" | "diff";

/** What is known of an error. */
export interface ErrorInfo {
  /** What was running. */
  source: ErrorSource;
  /** The component, by name. */
  component: string;
  /** Its path; "" for the page as a whole. */
  path: string;
  /** Whether an error boundary of the application shows it. */
  caught: boolean;
  /** The number of the client's event whose handler failed. */
  event?: number;
}

/** What an instance keeps that is an error boundary. */
export interface BoundaryState {
  /** Whether its newest view is the fallback: what fails below it now is the fallback. */
  readonly shown: boolean;
  /** Whether it takes an error; default: any. */
  admits?(error: unknown): boolean;
  /** Has it show its fallback. Of several errors it shows the first. */
  fail(error: unknown): void;
  /** Has it show its content again, made anew; nothing where it shows that. */
  reset(): void;
}

/**
 * The boundary that takes an error, or null: the error is told and replaces nothing.
 *
 * A boundary that shows its fallback takes nothing more: what fails there is the fallback, hence the next one's; or it is
 * the end of the content that failed, which is told only. The boundary around the page takes neither handlers nor
 * cleanups: the page can go on.
 */
export function boundaryFor(owner: Owner | null, source: ErrorSource, error: unknown): Instance | null {
  // What an effect awaited may fail when its component is gone: nothing on the page is amiss.
  if (owner?.disposed && (source === "effect" || source === "mount")) return null;
  for (let at = owner; at !== null; at = at.parent) {
    if (!(at instanceof Instance) || at.boundary === null || at.disposed) continue;
    const minor = source === "handler" || source === "cleanup";
    if (at.depth === 0 && minor) return null;
    if (!at.boundary.shown && (at.boundary.admits?.(error) ?? true)) return at;
    if (source === "cleanup") return null;
  }
  return null;
}
