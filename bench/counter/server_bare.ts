/**
 * The limit: the same counter on Deno's WebSocket, written by hand for this one page. It takes and gives the same bytes as
 * Vango's server, but checks nothing, keeps nothing for a replay, and knows that there is one text and one button.
 *
 * @module
 */
import { listen } from "./control.ts";

const TEXT_NUM = 3;
const PREFIX = "Count: ".length;
const buf = new Uint8Array(64);

listen((request) => {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.binaryType = "arraybuffer";
  let count = 0;
  socket.onmessage = ({ data }) => {
    const up = new Uint8Array(data as ArrayBuffer);
    let at = 1;
    // Past ackDelta, which flag 1 announces.
    if (up[0] & 16) { while (up[at++] > 127); }
    let seq = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = up[at++];
      seq += (byte & 127) * scale;
      if (byte < 128) break;
    }
    socket.send(answer(seq, ++count));
  };
  return response;
});

/** Patches frame: TextRange of the digits that changed. */
function answer(seq: number, count: number): Uint8Array<ArrayBuffer> {
  let changed = 1;
  for (let power = 10; count % power === 0; power *= 10) changed++;
  const digits = String(count);
  const grew = count === 10 ** (digits.length - 1) && count > 1 ? 1 : 0;
  let at = 0;
  buf[at++] = 0x12;
  at = uvarint(seq, at);
  at = uvarint(seq, at);
  buf[at++] = 0x16;
  buf[at++] = TEXT_NUM;
  buf[at++] = PREFIX + digits.length - changed;
  buf[at++] = changed - grew;
  buf[at++] = changed * 2;
  for (let i = digits.length - changed; i < digits.length; i++) buf[at++] = digits.charCodeAt(i);
  return buf.slice(0, at);
}

function uvarint(n: number, at: number): number {
  while (n > 127) {
    buf[at++] = n % 128 | 128;
    n = Math.floor(n / 128);
  }
  buf[at++] = n;
  return at;
}
