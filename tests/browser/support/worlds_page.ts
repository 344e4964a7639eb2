/**
 * The browser's side of tests/browser/worlds_test.ts, bundled for it: the parser and the client are the real ones.
 *
 * @module
 */
import * as rare from "../../../client/rare.ts";
import { start } from "../../../client/start.ts";
import type { Page } from "../../../client/state.ts";
import {
  controlsOfDom,
  essence,
  firstOf,
  numbersOfDom,
  type Shape,
  shapesOfDom,
} from "../../support/dom_shape.ts";

/** What a step of a world must lead to. */
export interface Step {
  /** What the server sent, in Base64. */
  frames: string[];
  /** A page that is rendered anew. */
  fresh: string;
  /** The server's numbers. */
  numbers: unknown;
  /** What controls must show. */
  controls: string[];
  /** Whether every element must be the same object as before. */
  keeps: boolean;
}

/** A page and what happens to it. */
export interface Story {
  html: string;
  /** The server's hello, in Base64. */
  hello: string;
  steps: Step[];
}

/** What is not as it must be. */
export interface Fault {
  step: number;
  what: string;
  is: unknown;
  must: unknown;
}

type Marked = Element & { worldsMark?: number };

/** What the parser makes of pages, between the marker and the script; scripting is off. */
function parse(pages: string[]): Shape[][] {
  return pages.map((html) => {
    const end = new DOMParser().parseFromString(html, "text/html").getElementById("vango")!;
    return shapesOfDom(firstOf(end), end);
  });
}

/** A window with a page of its own, whose script does not run. */
function openWindow(html: string): { win: Page; close: () => void } {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const { contentDocument, contentWindow } = frame;
  contentDocument!.write(html.replace('<script type="module"', '<script type="text/plain"'));
  contentDocument!.close();
  return { win: contentWindow as Page, close: () => frame.remove() };
}

function tree(document: Document): Shape[] {
  const end = document.getElementById("vango")!;
  return essence(shapesOfDom(firstOf(end), end));
}

const rest = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

/** Plays a story; gives the first fault, or null. */
async function play({ html, hello, steps }: Story): Promise<Fault | null> {
  const { win, close } = openWindow(html);
  const up: Uint8Array[] = [];
  let socket: PageSocket | undefined;
  class PageSocket {
    readyState = 1;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: Uint8Array }) => void) | null = null;
    constructor() {
      socket = this;
    }
    send(bytes: Uint8Array): void {
      up.push(bytes);
    }
    close(): void {}
  }
  const vango = start(win, {
    socket: PageSocket as unknown as typeof WebSocket,
    load: () => Promise.resolve(rare),
  });
  const receive = (frame: string) => socket!.onmessage!({ data: Uint8Array.fromBase64(frame) });
  try {
    await rest();
    socket!.onopen!();
    receive(hello);
    for (const [at, step] of steps.entries()) {
      const elements = (): Marked[] => [...win.document.body.querySelectorAll("*")];
      elements().forEach((element, i) => element.worldsMark = i);
      const before = elements().length;
      step.frames.forEach(receive);
      await rest();
      const fresh = new DOMParser().parseFromString(step.fresh, "text/html");
      const asked = up.some((frame) => frame[0] === 3 && frame[1] === 0x10);
      const checks: [what: string, is: unknown, must: unknown][] = [
        ["asked for a resync", asked, false],
        ["tree", tree(win.document), tree(fresh)],
        ["numbers", numbersOfDom(win.document), step.numbers],
        ["controls", controlsOfDom(win.document), step.controls],
      ];
      if (step.keeps) {
        const kept = elements().filter((element, i) => element.worldsMark === i).length;
        checks.push(["elements that stayed", kept, before]);
      }
      for (const [what, is, must] of checks) {
        if (JSON.stringify(is) !== JSON.stringify(must)) return { step: at, what, is, must };
      }
    }
    return null;
  } finally {
    vango.close();
    close();
  }
}

/** Plays stories one after the other. */
async function playAll(stories: Story[]): Promise<(Fault | null)[]> {
  const faults = [];
  for (const story of stories) faults.push(await play(story));
  return faults;
}

/** What the test finds in the page. */
export interface Worlds {
  parse: typeof parse;
  playAll: typeof playAll;
}

(globalThis as unknown as { worlds: Worlds }).worlds = { parse, playAll };
