/**
 * The first frame of each side: who is there, and where both go on.
 *
 * Of a hello of another major version only the version is read, so that it can be answered. A hello of a higher minor
 * version may have more at its end.
 *
 * @module
 */
import { type HelloAction, type HelloIntent, type HelloStatus, MAJOR, MINOR } from "./codes.ts";
import type { Limits } from "./limits.ts";
import {
  endFrame,
  openAs,
  readBool,
  readBytes,
  readFlags,
  readString,
  readSvarint,
  readU8,
  readUvarint,
} from "./read.ts";
import {
  beginFrame,
  finishFrame,
  writeBytes,
  writeString,
  writeSvarint,
  writeU8,
  writeUvarint,
} from "./write.ts";

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
  /** The path and query at which the browser is: where a page begins anew of which nothing is left. */
  path: string;
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

/** A browser's hello to be written, in the version of this module; without a path nothing begins anew elsewhere than at "/". */
export type HelloToSend = Omit<ClientHello, "major" | "minor" | "path"> & { path?: string };

/** Writes a browser's hello. */
export function encodeClientHello(hello: HelloToSend): Uint8Array<ArrayBuffer> {
  beginFrame(0);
  writeU8(MAJOR);
  writeU8(MINOR);
  writeU8(hello.intent);
  writeString(hello.session);
  writeString(hello.key);
  writeString(hello.build);
  writeString(hello.path ?? "");
  writeUvarint(hello.lastSeq);
  writeUvarint(hello.lastEvent);
  writeUvarint(hello.flags);
  writeBytes(hello.sealed);
  writeUvarint(hello.width);
  writeUvarint(hello.height);
  writeSvarint(hello.tzOffset);
  writeUvarint(hello.caps);
  return finishFrame();
}

/**
 * Reads a browser's hello.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeClientHello(bytes: Uint8Array, limits?: Partial<Limits>): ClientHello {
  openAs(0, bytes, limits);
  return readClientHello();
}

/** Reads what follows the first byte of a browser's hello. */
export function readClientHello(): ClientHello {
  readFlags(0);
  const major = readU8();
  const minor = readU8();
  if (major !== MAJOR) return foreignHello(major, minor);
  const intent = readBool() ? 1 : 0;
  const [session, key, build, path] = [readString(), readString(), readString(), readString()];
  const [lastSeq, lastEvent, flags, sealed] = [readUvarint(), readUvarint(), readUvarint(), readBytes()];
  const [width, height, tzOffset, caps] = [readUvarint(), readUvarint(), readSvarint(), readUvarint()];
  if (minor <= MINOR) endFrame();
  return {
    major,
    minor,
    intent,
    session,
    key,
    build,
    path,
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
  const none = { intent: 0, session: "", key: "", build: "", path: "", flags: 0 } as const;
  return {
    major,
    minor,
    ...none,
    lastSeq: 0,
    lastEvent: 0,
    sealed: new Uint8Array(0),
    width: 0,
    height: 0,
    tzOffset: 0,
    caps: 0,
  };
}

/** Writes the server's hello. */
export function encodeServerHello(hello: ServerHello): Uint8Array<ArrayBuffer> {
  beginFrame(0);
  writeU8(hello.status);
  if (hello.status === 0) {
    writeU8(hello.action);
    writeString(hello.session);
    writeString(hello.resumeKey);
    writeString(hello.build);
    writeUvarint(hello.nextSeq);
    writeUvarint(hello.received);
    writeUvarint(hello.heartbeat);
    writeUvarint(hello.maxMessage);
  } else {
    writeUvarint(hello.retryAfter);
    writeString(hello.message);
  }
  return finishFrame();
}

/**
 * Reads the server's hello. What follows its known end is left to newer versions.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeServerHello(bytes: Uint8Array, limits?: Partial<Limits>): ServerHello {
  openAs(0, bytes, limits);
  return readServerHello();
}

/** Reads what follows the first byte of the server's hello. */
export function readServerHello(): ServerHello {
  const status = readU8() as HelloStatus;
  return status ? { status, retryAfter: readUvarint(), message: readString() } : {
    status,
    action: readU8() as HelloAction,
    session: readString(),
    resumeKey: readString(),
    build: readString(),
    nextSeq: readUvarint(),
    received: readUvarint(),
    heartbeat: readUvarint(),
    maxMessage: readUvarint(),
  };
}
