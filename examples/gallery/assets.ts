/**
 * What the gallery loads besides its page: a tone, the same tone from a slow network, a picture, one that is broken, and the script of
 * its hooks.
 *
 * @module
 */
import type { App } from "@vango/core";
import { PAD } from "./hooks.ts";

const RATE = 8_000;
const SECONDS = 1.5;
/** Browsers call a download stalled after 3 s. */
const PAUSE = 8_000;

/** A quiet sine of 440 Hz as WAV: 8 bits, mono. */
export function tone(): Uint8Array<ArrayBuffer> {
  const samples = RATE * SECONDS;
  const bytes = new Uint8Array(44 + samples);
  const view = new DataView(bytes.buffer);
  const name = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  name(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  name(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // the size of the format
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true); // bytes per second
  view.setUint16(32, 1, true); // bytes per sample
  view.setUint16(34, 8, true); // bits per sample
  name(36, "data");
  view.setUint32(40, samples, true);
  for (let i = 0; i < samples; i++) {
    bytes[44 + i] = 128 + Math.round(20 * Math.sin(i * 440 * 2 * Math.PI / RATE));
  }
  return bytes;
}

const DOT =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#4f46e5"/></svg>`;

/** Half of the tone at once, the rest when anyone who waits has noticed. */
function slowly(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2));
      timer = setTimeout(() => {
        controller.enqueue(bytes.subarray(bytes.length / 2));
        controller.close();
      }, PAUSE);
    },
    cancel: () => clearTimeout(timer),
  });
}

const WAV = { "content-type": "audio/wav", "cache-control": "no-store" };

/** The bytes that a request asks for: browsers seek only where ranges are served. */
function ranged(request: Request, bytes: Uint8Array<ArrayBuffer>): Response {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "") ?? [];
  if (from === undefined) return new Response(bytes, { headers: { ...WAV, "accept-ranges": "bytes" } });
  const part = bytes.subarray(Number(from), to ? Number(to) + 1 : undefined);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
  return new Response(part, { status: 206, headers: { ...WAV, "content-range": range } });
}

/** The handler of the gallery: its files, then the application. */
export function withAssets(app: App): App["fetch"] {
  return async (request, info) => {
    switch (new URL(request.url).pathname) {
      case "/tone.wav":
        return ranged(request, tone());
      case "/slow.wav":
        return new Response(slowly(tone()), { headers: WAV });
      case "/dot.svg":
        return new Response(DOT, { headers: { "content-type": "image/svg+xml" } });
      case "/hooks/pad.js":
        return new Response(PAD, { headers: { "content-type": "text/javascript" } });
      case "/broken.png":
        return new Response("no picture", { headers: { "content-type": "image/png" } });
    }
    return await app.fetch(request, info);
  };
}
