/**
 * A real client, in a happy-dom window, on wrong frames. It trusts its server, so a wrong frame may well change the page; but it
 * never throws, never hangs, what it sends can be read, and after a resync a click reaches the server.
 *
 * @module
 */
import { encodeControlDown, encodeServerHello } from "../../protocol/mod.ts";
import { renderToString } from "../../render/mod.ts";
import { TestPage } from "../../tests/client/_page.ts";
import type { Sample } from "../../tests/protocol/support.ts";
import { createNode, listOf, type VNode } from "../../vdom/node.ts";
import { toHex } from "./decoders.ts";
import { type Corpus, mutateSample, wrongFrame } from "./mutate.ts";
import type { Random } from "./random.ts";

/** How much HTML a page may come to have before it is opened anew. */
const MAX_HTML = 100_000;

/** The number of the tree's button: behind main, h1, text, ul, three of li and text, form, input and textarea. */
const BUTTON = 14;

/** The tree that the server has. */
function tree(): VNode[] {
  return listOf(createNode("main", { class: "m" }, [
    createNode("h1", null, ["Count: ", 1]),
    createNode("ul", null, ["a", "b", "c"].map((key) => createNode("li", { id: key }, [key]))),
    createNode("form", { onSubmit: (_: unknown) => {} }, [
      createNode("input", { name: "n", onInput: (_: unknown) => {} }, []),
      createNode("textarea", null, ["text"]),
      createNode("button", { onClick: () => {} }, ["send"]),
    ]),
  ]));
}

/** A client that is sent wrong frames. */
export class LiveClient implements AsyncDisposable {
  readonly #corpus: Corpus;
  #page!: TestPage;
  #seq = 0;
  /** The number of the client's last event. */
  #clicks = 0;
  #reloads = 0;

  readonly #error = console.error;

  private constructor(corpus: Corpus) {
    this.#corpus = corpus;
    // The client tells of each frame that it cannot read.
    console.error = () => {};
  }

  /** Opens a page. */
  static async open(corpus: Corpus): Promise<LiveClient> {
    const client = new LiveClient(corpus);
    await client.#open();
    return client;
  }

  async #open(): Promise<void> {
    this.#reloads = this.#seq = this.#clicks = 0;
    const html = renderToString(listOf(createNode("main", null, ["x"])));
    const page = this.#page = new TestPage(html, {
      rare: true,
      // Nothing is loaded, whatever a frame inserts.
      before: (win) => {
        const { settings } = (win as unknown as { happyDOM: { settings: Record<string, unknown> } }).happyDOM;
        settings.disableCSSFileLoading = settings.disableIframePageLoading = true;
        settings.disableJavaScriptFileLoading = true;
        Object.assign(settings.navigation as object, {
          disableMainFrameNavigation: true,
          disableChildFrameNavigation: true,
          disableChildPageNavigation: true,
        });
        Object.defineProperty(Object.getPrototypeOf(win.location), "reload", {
          value: () => this.#reloads++,
          configurable: true,
        });
      },
    });
    page.accept({ maxMessage: 1 << 16 });
    await page.loadRare();
    this.#resync();
  }

  /** Greets the client as after a loss of the connection, and sends the tree anew. */
  #resync(): void {
    this.#seq += 2;
    this.#page.socket.receive(encodeServerHello({
      status: 0,
      action: 2,
      session: "s",
      resumeKey: "k",
      build: "b",
      nextSeq: this.#seq,
      received: this.#clicks,
      heartbeat: 0,
      maxMessage: 1 << 16,
    }));
    this.#page.socket.receive(
      encodeControlDown({ type: 0x12, seq: this.#seq, received: this.#clicks, nodes: tree() }),
    );
  }

  /**
   * Sends one wrong frame, then the tree anew.
   *
   * @throws {Error} When the client threw, or is dead after a resync.
   */
  async feed(random: Random): Promise<void> {
    const bytes = random.chance(0.7) ? this.#patches(random) : wrongFrame(random, this.#corpus);
    const page = this.#page;
    try {
      page.socket.receive(bytes);
      page.clock.tick(20);
      // It was told to come again.
      if (page.socket.readyState === 0) page.socket.open();
      page.sockets.splice(0, page.sockets.length - 1);
      if (page.vango.state !== "connected" || this.#reloads > 0) return await this.#again();
      this.#resync();
      if (this.#reloads > 0 || page.vango.state !== "connected") return await this.#again();
      this.#checkClick();
      page.errors.length = page.states.length = 0;
    } catch (error) {
      throw new Error(`A client failed [${toHex(bytes)}]`, { cause: error });
    }
    if (page.doc.documentElement.outerHTML.length > MAX_HTML) await this.#again();
  }

  /** Patches of nodes that there are, with the number that comes next, wrong here and there. */
  #patches(random: Random): Uint8Array<ArrayBuffer> {
    const frames = this.#corpus.samples.filter((sample) => sample.kind === "patches");
    const { value } = random.pick(frames);
    const patches = value.patches.map((patch) => "num" in patch ? { ...patch, num: random.int(16) } : patch);
    const sample = { kind: "patches", value: { ...value, seq: this.#seq + 1, patches } } as Sample;
    return mutateSample(random, sample, this.#corpus);
  }

  /**
   * The new tree is there: a click on its button is sent for the number that the server gave it. Beside it there may be nodes that
   * a wrong frame left without numbers.
   */
  #checkClick(): void {
    const page = this.#page;
    page.take();
    const nums: number[] = [];
    for (const button of page.doc.querySelectorAll("main.m > form > button")) page.click(button);
    for (const frame of page.take()) {
      if (frame.kind !== "event") continue;
      this.#clicks = frame.event.seq;
      if (frame.event.code === 1) nums.push(frame.event.num);
    }
    if (!nums.includes(BUTTON)) throw new Error(`After a resync clicks are sent for ${nums}: ${page.html}`);
  }

  /** The page was left (an error that only a reload mends): another one. */
  async #again(): Promise<void> {
    await this.#page.close();
    await this.#open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    console.error = this.#error;
    await this.#page.close();
  }
}
