/**
 * WebSocket messages in a stream of bytes (RFC 6455, section 5): where each ends, and what is in it.
 *
 *     0x82 0x05 … 5 bytes          from the server
 *     0x82 0x85 mask mask mask mask … 5 bytes, masked          from the browser
 *
 * @module
 */

/** One message as it came. */
export interface WsMessage {
  /** All its bytes, headers too: to be sent on as they are. */
  readonly raw: Uint8Array<ArrayBuffer>;
  /** What it carries, unmasked; null for what is no binary message: close, ping, pong, text. */
  readonly data: Uint8Array<ArrayBuffer> | null;
}

const BINARY = 2;

/** Cuts a stream of bytes into messages. */
export class WsReader {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** The frames so far of a message that came in several. */
  #raw: Uint8Array<ArrayBuffer>[] = [];
  #data: Uint8Array<ArrayBuffer>[] = [];
  #opcode = 0;

  /** Takes the next bytes and gives the messages that are whole now. */
  push(bytes: Uint8Array<ArrayBuffer>): WsMessage[] {
    this.#bytes = concat([this.#bytes, bytes]);
    const messages: WsMessage[] = [];
    for (let message = this.#next(); message !== null; message = this.#next()) {
      if (message.raw.length > 0) messages.push(message);
    }
    return messages;
  }

  /** The next whole frame; without bytes when more of its message must come. */
  #next(): WsMessage | null {
    const frame = this.#frame();
    if (frame === null) return null;
    const { raw, data, opcode, isLast } = frame;
    // Control frames may come between the parts of a message.
    if (opcode >= 8) return { raw, data: null };
    if (opcode > 0) this.#opcode = opcode;
    this.#raw.push(raw);
    this.#data.push(data);
    if (!isLast) return { raw: new Uint8Array(), data: null };
    const whole = { raw: concat(this.#raw), data: this.#opcode === BINARY ? concat(this.#data) : null };
    this.#raw = [];
    this.#data = [];
    return whole;
  }

  #frame():
    | { raw: Uint8Array<ArrayBuffer>; data: Uint8Array<ArrayBuffer>; opcode: number; isLast: boolean }
    | null {
    const all = this.#bytes;
    if (all.length < 2) return null;
    const isMasked = (all[1] & 0x80) !== 0;
    const short = all[1] & 0x7f;
    const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    let at = 2 + sizeBytes;
    if (all.length < at + (isMasked ? 4 : 0)) return null;
    let size = short;
    if (sizeBytes > 0) {
      size = 0;
      for (const byte of all.subarray(2, at)) size = size * 256 + byte;
    }
    const mask = isMasked ? all.slice(at, at += 4) : null;
    if (all.length < at + size) return null;
    const data = all.slice(at, at + size);
    if (mask !== null) { for (let i = 0; i < size; i++) data[i] ^= mask[i & 3]; }
    this.#bytes = all.slice(at + size);
    return { raw: all.slice(0, at + size), data, opcode: all[0] & 15, isLast: (all[0] & 0x80) !== 0 };
  }
}

/** A binary message of a server, of at most 125 bytes. */
export function writeWs(data: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0x80 | BINARY, data.length, ...data]);
}

/** Bytes one after the other. */
export function concat(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
