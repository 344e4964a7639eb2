/**
 * Owns what posted forms led to: a form that is sent again (a reload, a double click) shows it, and runs nothing.
 *
 * The page is kept as its snapshot, sealed for the same browser, in the store; a redirect as its address. While the first
 * post still runs in this process, those after it wait for its end.
 *
 * @module
 */
import type { Engine } from "./engine.ts";
import type { Keeper } from "./keeper.ts";
import type { Session } from "./session.ts";
import { decodeSnapshot, type Snapshot } from "./snapshot.ts";

/** What a post led to: the state of a page, or another address. */
export type PostResult = { readonly snapshot: Snapshot } | { readonly redirect: string };

/** The results of a server's posts, by the id of the token that each used up. */
export class PostResults {
  readonly #engine: Engine;
  readonly #keeper: Keeper;
  readonly #running: Map<string, Promise<void>> = new Map();

  /** Keeps nothing yet. */
  constructor(engine: Engine, keeper: Keeper) {
    this.#engine = engine;
    this.#keeper = keeper;
  }

  /** How many posts run now. */
  get running(): number {
    return this.#running.size;
  }

  /** Waits for the post that uses the token now, if any. Gives what ends this one. */
  async begin(token: string): Promise<() => void> {
    const before = this.#running.get(token);
    if (before !== undefined) {
      await before;
      return () => {};
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(token, promise);
    return () => {
      this.#running.delete(token);
      resolve();
    };
  }

  /** Keeps what a post led to. What cannot be kept is logged, and its token refused from then on. */
  async keep(token: string, session: Session): Promise<void> {
    const { redirect } = session.ctx;
    const { binding } = session;
    const sealed = redirect === null
      ? await this.#keeper.seal(session)
      : await this.#engine.sealer.seal(new TextEncoder().encode(redirect.url), {
        purpose: "redirect",
        binding,
      });
    if (sealed.length > 0) await this.#keeper.store(keyOf(token), sealed);
  }

  /** What the post that used the token up led to; null when it is not kept. */
  async load(token: string, binding: string): Promise<PostResult | null> {
    const { sealer, build } = this.#engine;
    const sealed = await this.#keeper.stored(keyOf(token));
    if (sealed === null) return null;
    const page = await sealer.open(sealed, { purpose: "snapshot", binding });
    if (page !== null) {
      const snapshot = decodeSnapshot(page.bytes, build);
      return snapshot === null ? null : { snapshot };
    }
    const redirect = await sealer.open(sealed, { purpose: "redirect", binding });
    return redirect === null ? null : { redirect: new TextDecoder().decode(redirect.bytes) };
  }
}

/** No session has such an id. */
function keyOf(token: string): string {
  return `post:${token}`;
}
