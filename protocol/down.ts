/**
 * One entry for everything that a server may send: the client's.
 *
 * @module
 */
import { frameType } from "./bytes.ts";
import { decodeControlDown, decodeError, type DownControl, type ErrorFrame } from "./control.ts";
import { ProtocolError } from "./error.ts";
import { decodeServerHello, type ServerHello } from "./hello.ts";
import type { Limits } from "./limits.ts";
import type { WireNode } from "./nodes.ts";
import { decodePatches, type PatchFrame } from "./patch.ts";

/** A frame from the server. */
export type DownFrame =
  | { kind: "hello"; hello: ServerHello }
  | { kind: "patches"; frame: PatchFrame<WireNode> }
  | { kind: "control"; control: DownControl<WireNode> }
  | { kind: "error"; error: ErrorFrame };

/**
 * Reads a frame from the server.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a browser sends it.
 */
export function decodeDown(bytes: Uint8Array, limits?: Limits): DownFrame {
  const type = frameType(bytes);
  switch (type) {
    case 0:
      return { kind: "hello", hello: decodeServerHello(bytes, limits) };
    case 2:
      return { kind: "patches", frame: decodePatches(bytes, limits) };
    case 3:
      return { kind: "control", control: decodeControlDown(bytes, limits) };
    case 5:
      return { kind: "error", error: decodeError(bytes, limits) };
  }
  throw new ProtocolError(type === 1 || type === 4 ? 0x17 : 0x16, 0);
}
