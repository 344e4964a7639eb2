/**
 * The first frame of each side: who is there, and where both go on.
 *
 * Of a hello of another major version only the version is read, so that it can be answered. A hello of a higher minor
 * version may have more at its end.
 *
 * @module
 */
import { beginFrame, openFrame, type Reader } from "./bytes.ts";
import { type HelloAction, type HelloIntent, type HelloStatus, MAJOR, MINOR } from "./codes.ts";
import type { Limits } from "./limits.ts";

/** What a browser says first. */
export interface ClientHello {
  /** The major version; the rest is empty when it is not ours. */
  major: number;
  /** The minor version. */
  minor: number;
  /** 0 claims the session that rendered the page, 1 resumes one. */
  intent: HelloIntent;
  /** The session's id. */
  session: string;
  /** The page's claim key, or the resume key of the last server hello. */
  key: string;
  /** The build that the page came from. */
  build: string;
  /** The last frame applied. */
  lastSeq: number;
  /** The last event sent. */
  lastEvent: number;
  /** Bits of HelloFlag. */
  flags: number;
  /** The newest sealed snapshot that the browser holds, or empty. */
  sealed: Uint8Array;
  /** Of the viewport, in CSS pixels. */
  width: number;
  /** Of the viewport, in CSS pixels. */
  height: number;
  /** Minutes east of UTC. */
  tzOffset: number;
  /** Bits of Capability. */
  caps: number;
}

/** The server's answer to a hello that it accepts. */
export interface AcceptedHello {
  /** Ok. */
  status: 0;
  /** 0 keep the tree, 1 number it again, 2 a Resync follows. */
  action: HelloAction;
  /** The session's id from now on. */
  session: string;
  /** The key to resume with. */
  resumeKey: string;
  /** The server's build. */
  build: string;
  /** The number of the next frame. */
  nextSeq: number;
  /** The last event that the session has. */
  received: number;
  /** How often a Ping is due, in milliseconds; 0 for never. */
  heartbeat: number;
  /** The largest frame that the server takes, in bytes. */
  maxMessage: number;
}

/** The server's answer to a hello that it refuses. */
export interface RefusedHello {
  /** Why. */
  status: Exclude<HelloStatus, 0>;
  /** Milliseconds after which to try again; 0 for never. */
  retryAfter: number;
  /** For people; empty unless in development. */
  message: string;
}

/** What a server says first. */
export type ServerHello = AcceptedHello | RefusedHello;

/** Writes a browser's hello, in the version of this module. */
export function encodeClientHello(hello: Omit<ClientHello, "major" | "minor">): Uint8Array<ArrayBuffer> {
  const w = beginFrame(0);
  w.u8(MAJOR);
  w.u8(MINOR);
  w.u8(hello.intent);
  w.string(hello.session);
  w.string(hello.key);
  w.string(hello.build);
  w.uvarint(hello.lastSeq);
  w.uvarint(hello.lastEvent);
  w.uvarint(hello.flags);
  w.bytes(hello.sealed);
  w.uvarint(hello.width);
  w.uvarint(hello.height);
  w.svarint(hello.tzOffset);
  w.uvarint(hello.caps);
  return w.finish();
}

/**
 * Reads a browser's hello.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeClientHello(bytes: Uint8Array, limits?: Limits): ClientHello {
  const r: Reader = openFrame(bytes, 0, 0, limits);
  const major = r.u8();
  const minor = r.u8();
  if (major !== MAJOR) return foreignHello(major, minor);
  const intent = r.bool() ? 1 : 0;
  const [session, key, build] = [r.string(), r.string(), r.string()];
  const [lastSeq, lastEvent, flags, sealed] = [r.uvarint(), r.uvarint(), r.uvarint(), r.blob()];
  const [width, height, tzOffset, caps] = [r.uvarint(), r.uvarint(), r.svarint(), r.uvarint()];
  if (minor <= MINOR) r.end();
  return {
    major,
    minor,
    intent,
    session,
    key,
    build,
    lastSeq,
    lastEvent,
    flags,
    sealed,
    width,
    height,
    tzOffset,
    caps,
  };
}

function foreignHello(major: number, minor: number): ClientHello {
  const none = { intent: 0, session: "", key: "", build: "", lastSeq: 0, lastEvent: 0, flags: 0 } as const;
  return { major, minor, ...none, sealed: new Uint8Array(0), width: 0, height: 0, tzOffset: 0, caps: 0 };
}

/** Writes the server's hello. */
export function encodeServerHello(hello: ServerHello): Uint8Array<ArrayBuffer> {
  const w = beginFrame(0);
  w.u8(hello.status);
  if (hello.status === 0) {
    w.u8(hello.action);
    w.string(hello.session);
    w.string(hello.resumeKey);
    w.string(hello.build);
    w.uvarint(hello.nextSeq);
    w.uvarint(hello.received);
    w.uvarint(hello.heartbeat);
    w.uvarint(hello.maxMessage);
  } else {
    w.uvarint(hello.retryAfter);
    w.string(hello.message);
  }
  return w.finish();
}

/**
 * Reads the server's hello. What follows its known end is left to newer versions.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeServerHello(bytes: Uint8Array, limits?: Limits): ServerHello {
  const r: Reader = openFrame(bytes, 0, 0, limits);
  const status = r.u8();
  return status === 0 ? decodeAccepted(r) : {
    status: status as RefusedHello["status"],
    retryAfter: r.uvarint(),
    message: r.string(),
  };
}

function decodeAccepted(r: Reader): AcceptedHello {
  return {
    status: 0,
    action: r.u8() as HelloAction,
    session: r.string(),
    resumeKey: r.string(),
    build: r.string(),
    nextSeq: r.uvarint(),
    received: r.uvarint(),
    heartbeat: r.uvarint(),
    maxMessage: r.uvarint(),
  };
}
