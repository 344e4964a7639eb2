/**
 * The test kit: WebSocket messages in a stream of bytes, however it is cut.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { concat, writeWs, type WsMessage, WsReader } from "../../testing/ws_frames.ts";
import { Random } from "../support/random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A frame as RFC 6455 writes it. */
function frame(opcode: number, payload: Bytes, { last = true, mask = null as number[] | null } = {}): Bytes {
  const { length } = payload;
  const size = length < 126
    ? [length]
    : length < 65_536
    ? [126, length >> 8, length & 255]
    : [127, 0, 0, 0, 0, length >>> 24, length >> 16 & 255, length >> 8 & 255, length & 255];
  if (mask !== null) size[0] |= 0x80;
  const body = mask === null ? payload : payload.map((byte, i) => byte ^ mask[i & 3]);
  return concat([new Uint8Array([(last ? 0x80 : 0) | opcode, ...size, ...mask ?? []]), body]);
}

const bytes = (length: number, seed = 7): Bytes =>
  new Uint8Array(length).map((_, i) => (i * 31 + seed) & 255);

function readInPieces(stream: Bytes, sizes: () => number): WsMessage[] {
  const reader = new WsReader();
  const messages: WsMessage[] = [];
  for (let at = 0; at < stream.length;) {
    const size = sizes();
    messages.push(...reader.push(stream.slice(at, at + size)));
    at += size;
  }
  return messages;
}

Deno.test("a stream without a whole message gives none", () => {
  const whole = frame(2, bytes(300), { mask: [1, 2, 3, 4] });
  for (const length of [0, 1, 2, 4, 7, whole.length - 1]) {
    assertEquals(new WsReader().push(whole.slice(0, length)), [], `${length} bytes`);
  }
});

Deno.test("what is no binary message goes through and is not read", () => {
  const text = frame(1, bytes(3));
  const close = frame(8, bytes(2), { mask: [9, 9, 9, 9] });
  const [first, second] = new WsReader().push(concat([text, close]));
  assertEquals([first, second], [{ raw: text, data: null }, { raw: close, data: null }]);
});

Deno.test("a message in several frames is one, and what came between its frames goes first", () => {
  const mask = [5, 6, 7, 8];
  const parts = [
    frame(2, bytes(10, 1), { last: false, mask }),
    frame(9, bytes(1), { mask }),
    frame(0, bytes(200, 2), { last: false, mask }),
    frame(0, bytes(3, 3), { mask }),
  ];
  const messages = new WsReader().push(concat(parts));
  assertEquals(messages, [
    { raw: parts[1], data: null },
    {
      raw: concat([parts[0], parts[2], parts[3]]),
      data: concat([bytes(10, 1), bytes(200, 2), bytes(3, 3)]),
    },
  ]);
});

Deno.test("messages come out of a stream that comes byte by byte", () => {
  const payloads = [0, 1, 125, 126, 300].map((size) => bytes(size, size));
  const stream = concat(payloads.map((payload) => frame(2, payload, { mask: [1, 0xff, 3, 4] })));
  assertEquals(readInPieces(stream, () => 1).map(({ data }) => data), payloads);
});

Deno.test("messages of every size come out of a stream that is cut anywhere", () => {
  const sizes = [0, 1, 4, 125, 126, 127, 1000, 65_535, 65_536, 70_000];
  const payloads = sizes.map((size) => bytes(size, size));
  for (const mask of [null, [0x11, 0xfe, 0, 0x7a]]) {
    const frames = payloads.map((payload) => frame(2, payload, { mask }));
    const random = new Random(42);
    for (const most of [500, 100_000]) {
      const pieces = () => 1 + random.below(most);
      const messages = readInPieces(concat(frames), pieces);
      assertEquals(messages.map(({ data }) => data), payloads);
      assertEquals(messages.map(({ raw }) => raw), frames);
    }
  }
});

Deno.test("writeWs() writes what a reader reads", () => {
  assertEquals(new WsReader().push(writeWs([3, 1, 5])), [{
    raw: new Uint8Array([0x82, 3, 3, 1, 5]),
    data: new Uint8Array([3, 1, 5]),
  }]);
});
