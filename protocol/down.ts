/**
 * One entry for everything that a server may send: the client's.
 *
 * @module
 */
import { readBareText } from "./bare.ts";
import { type DownControl, type ErrorFrame, readControlDown, readError } from "./control.ts";
import { readServerHello, type ServerHello } from "./hello.ts";
import type { Limits } from "./limits.ts";
import type { WireNode } from "./nodes.ts";
import { type PatchFrame, readPatches } from "./patch.ts";
import { fail, openFrame, readFlags } from "./read.ts";

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
export function decodeDown(bytes: Uint8Array, limits?: Partial<Limits>): DownFrame {
  const bare = readBareText(bytes, limits);
  if (bare !== null) return { kind: "patches", frame: bare };
  const type = openFrame(bytes, limits);
  if (type === 1 || type === 4) fail(0x17, 0);
  readFlags(type === 2 ? 3 : 0);
  switch (type) {
    case 0:
      return { kind: "hello", hello: readServerHello() };
    case 2:
      return { kind: "patches", frame: readPatches() };
    case 3:
      return { kind: "control", control: readControlDown() };
    case 5:
      return { kind: "error", error: readError() };
  }
  return fail(0x16, 0);
}
