/**
 * What went over the WebSockets of a page: every frame with its bytes, as the browser saw it.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** One WebSocket message. */
export interface Frame {
  /** Which way it went, seen from the page. */
  direction: "up" | "down";
  /** The number of its socket: 0 for the first that the page opened since the recording began. */
  socket: number;
  /** 1 text, 2 binary. */
  opcode: number;
  /** The payload. */
  bytes: Uint8Array;
  /** Seconds, on a clock that only goes forward. */
  at: number;
}

/** A recording of the frames of a page. */
export interface FrameRecorder {
  /** The frames so far, in order. */
  readonly frames: Frame[];
  /** The addresses of the sockets so far, by number. */
  readonly sockets: string[];
  /** The numbers of the sockets that have closed. */
  readonly closed: number[];
  /** Payload bytes so far in one direction. */
  total(direction: Frame["direction"]): number;
  /** Waits until a frame passes the test, which earlier frames may do too. @throws {Error} After 5 seconds. */
  waitFor(test: (frame: Frame) => boolean): Promise<Frame>;
  /** Ends the recording. */
  close(): Promise<void>;
}

const WAIT = 5_000;

/** Starts to record; sockets that were open before are not seen, so call it before `page.goto`. */
export async function recordFrames(page: Page): Promise<FrameRecorder> {
  const session = await page.context().newCDPSession(page);
  const frames: Frame[] = [], sockets: string[] = [], closed: number[] = [];
  const numbers = new Map<string, number>();
  const waiting = new Set<(frame: Frame) => void>();
  const add = (direction: Frame["direction"], { requestId, timestamp, response }: FrameEvent) => {
    const { opcode, payloadData } = response;
    const bytes = opcode === 2 ? Uint8Array.fromBase64(payloadData) : new TextEncoder().encode(payloadData);
    const frame = { direction, socket: numbers.get(requestId) ?? -1, opcode, bytes, at: timestamp };
    frames.push(frame);
    for (const check of waiting) check(frame);
  };
  session.on("Network.webSocketCreated", ({ requestId, url }) => {
    numbers.set(requestId, sockets.length);
    sockets.push(url);
  });
  session.on("Network.webSocketClosed", ({ requestId }) => closed.push(numbers.get(requestId) ?? -1));
  session.on("Network.webSocketFrameSent", (event) => add("up", event));
  session.on("Network.webSocketFrameReceived", (event) => add("down", event));
  await session.send("Network.enable");
  return {
    frames,
    sockets,
    closed,
    total: (direction) =>
      frames.reduce((sum, f) => f.direction === direction ? sum + f.bytes.length : sum, 0),
    waitFor(test) {
      const found = frames.find(test);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        const check = (frame: Frame) => {
          if (!test(frame)) return;
          end();
          resolve(frame);
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`No such frame within ${WAIT} ms; ${frames.length} frames were seen`));
        }, WAIT);
        waiting.add(check);
      });
    },
    close: () => session.detach(),
  };
}

/** What the DevTools protocol says of a frame. */
interface FrameEvent {
  requestId: string;
  timestamp: number;
  response: { opcode: number; payloadData: string };
}
