/**
 * A page that a real client keeps in a real document, and that the kit reads through a copy.
 *
 *     act: guard ─► event in the document ─► … server … ─► document ─► comes to rest ─► copy ─► the action resolves
 *
 * It rests when the server has every event that was sent, the page has every frame of the server, and neither works on
 * anything.
 *
 * @module
 */
import { mustBeAble, mustBeTaken } from "./guards.ts";
import { Mirror } from "./mirror.ts";
import { Page } from "./page.ts";
import type { PageParts } from "./page_parts.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Action, Stage } from "./stage.ts";

/** How a page does what a user does, and tells what it shows. */
export interface Driver {
  /** Lets a moment pass: a turn of the event loop, or some milliseconds. */
  pause(): Promise<void>;
  /** Resolves when the client has applied what came, and what it sent is on its way. */
  applied(): Promise<void>;
  /** The document now; null while another one is being loaded. */
  snapshot(): Promise<Snapshot | null>;
  /** Does one thing to a node. */
  perform(id: number, action: Action): Promise<void>;
  /** Loads an address; the one that is shown: anew. */
  load(url: URL): Promise<void>;
  /** Goes through the history. */
  travel(by: 1 | -1): Promise<void>;
  /** Breaks the socket. */
  sever(): void;
  /** Has the client open a socket at once. */
  reconnect(): Promise<void>;
  /** Ends it. */
  close(): Promise<void>;
}

/** Moments after which a page that never rests is given up. */
const MAX_MOMENTS = 2000;
/** Moments for which an action waits for its handler's own awaits, and for what the network may have lost. */
const PATIENCE = 10;
/** Real milliseconds that a connection may take. */
const CONNECT_MS = 5000;

/** A page behind a copy. */
export abstract class MirrorPage extends Page {
  /** @ignore */
  protected readonly tree: Mirror = new Mirror();
  /** @ignore */
  protected readonly stage: Stage;
  /** @ignore */
  protected abstract readonly driver: Driver;
  #connected = false;
  #born = 0;
  /** How many connections there had been when it rested. */
  #hellos = 0;
  readonly #scripted: boolean;
  #unfollow: () => void;

  /** Use `mountDom()` or `mountBrowser()`. */
  constructor(parts: PageParts, scripted: boolean) {
    super(parts);
    this.#scripted = scripted;
    this.watch.onRefusal = ({ seq, code, message }) => {
      const what = seq === 0 ? "a frame" : `event ${seq}`;
      this.fail(new Error(`The server refused ${what} with the code ${code}: ${message}`));
    };
    this.#unfollow = parts.clock.follow(() => this.rest());
    // deno-lint-ignore no-this-alias
    const page = this;
    this.stage = {
      get focusedNode() {
        return page.tree.focused;
      },
      has: (node) => page.tree.has(node),
      act: async (plan) => {
        if (page.closed) throw new Error("Cannot act on a page that was closed");
        for (const [node, action] of plan()) {
          mustBeAble(node, action);
          mustBeTaken(node, action);
          await page.driver.perform(page.tree.idOf(node), action);
        }
        await page.rest();
      },
    };
  }

  /** Whether the page has a connection. */
  get connected(): boolean {
    return this.#connected;
  }

  /** @ignore */
  protected override waits(): string[] {
    if (!this.#connected) return [];
    const events = this.watch.unsettled.size;
    return [...events === 0 ? [] : [`${events} event${events === 1 ? "" : "s"}`], ...this.resources()];
  }

  /** @ignore */
  protected override isCovered(): boolean {
    return this.watch.unsettled.size > 0;
  }

  /** @ignore */
  protected override sever(): void {
    this.driver.sever();
  }

  /** @ignore */
  protected override async comeBack(): Promise<void> {
    if (!this.#scripted) return;
    // What the server said before it closed comes before the close: a snapshot that was sealed at the last moment.
    const isBack = () => this.watch.accepted && this.watch.hellos > this.#hellos;
    const isLeft = async () => (await this.driver.snapshot())?.connected === false;
    await this.#until("lose its connection", async () => isBack() || await isLeft());
    if (isBack()) return;
    this.watch.accepted = false;
    await this.driver.reconnect();
    await this.#connect(() => Promise.resolve(this.watch.accepted));
  }

  /** @ignore */
  protected override async load(url: URL): Promise<void> {
    this.watch.reset();
    await this.driver.load(url);
  }

  /** @ignore */
  protected override async travel(by: 1 | -1): Promise<void> {
    await this.driver.travel(by);
  }

  /** @ignore */
  protected override async end(): Promise<void> {
    this.#unfollow();
    await this.driver.close();
  }

  /** Waits until the client is connected, unless it cannot be. */
  async #connect(isConnected: () => Promise<boolean>): Promise<void> {
    const { network } = this;
    const isHeld = () => !network.online || network.waiting.up + network.waiting.down > 0;
    if (this.#scripted) await this.#until("connect", async () => isHeld() || await isConnected());
  }

  async #until(what: string, test: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + CONNECT_MS;
    while (!await test()) {
      if (performance.now() > end) throw new Error(`The page did not ${what} within ${CONNECT_MS} ms`);
      await this.driver.pause();
    }
  }

  /** @ignore */
  protected override async comeToRest(): Promise<void> {
    const { server } = this.parts;
    const begun = performance.now();
    let why = "";
    for (let moment = 0; moment < MAX_MOMENTS; moment++) {
      await this.driver.pause();
      await this.loaded(begun);
      await server.sealed();
      why = "the server works";
      if (!server.idle) continue;
      const { moves } = this.watch;
      await this.driver.applied();
      // What the network holds or has lost is not waited for.
      const behind = this.#behind();
      why = behind;
      if (behind !== "" && (this.network.sound || moment < PATIENCE)) continue;
      if (moment < PATIENCE && this.network.sound && this.watch.unsettled.size > 0) continue;
      why = "another document is on its way";
      const snapshot = await this.driver.snapshot();
      if (snapshot === null || !snapshot.ready) continue;
      if (snapshot.born !== this.#born) {
        this.#born = snapshot.born;
        this.tree.clear();
        this.#show(snapshot);
        // A page that is none of ours has no client.
        if (this.tree.end !== null) {
          if (snapshot.scripted !== this.#scripted) throw misfit(this.#scripted);
          await this.#connect(async () => (await this.driver.snapshot())?.connected === true);
        }
        continue;
      }
      why = "the client has not noticed that its connection is gone";
      if (snapshot.connected && !this.network.linked) continue;
      why = "frames keep coming";
      if (!server.idle || this.watch.moves !== moves) continue;
      if (await this.followed()) continue;
      this.#show(snapshot);
      this.#hellos = this.watch.hellos;
      return this.verify();
    }
    throw new Error(`The page never rests: ${why}`);
  }

  /**
   * Whether the document went elsewhere, and the page after it.
   *
   * @ignore
   */
  protected followed(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** What one end lacks of what the other sent; "" for nothing. */
  #behind(): string {
    const { watch } = this;
    const session = this.parts.server.session(watch.session);
    if (session === null || session.wire === null || !this.network.online) return "";
    if (session.received < watch.sent) return `the server has event ${session.received} of ${watch.sent}`;
    const { lastSeq } = session.outbox;
    return watch.last < lastSeq ? `the page has frame ${watch.last} of ${lastSeq}` : "";
  }

  #show(snapshot: Snapshot): void {
    this.tree.update(snapshot);
    this.#connected = snapshot.connected;
    this.url = new URL(snapshot.url);
  }
}

/** A browser's context has scripts, or has none, whatever is asked of the page. */
function misfit(scripted: boolean): Error {
  return new Error(
    scripted
      ? "The page runs no scripts: pass a page of a context without javaScriptEnabled: false, or javascript: false"
      : "The page runs scripts, which javascript: false cannot stop: pass a page of a context with javaScriptEnabled: false",
  );
}
