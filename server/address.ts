/**
 * Owns who is at the other end: the client's address, and the origin that it used, through proxies that are trusted and
 * despite those that are not.
 *
 * A proxy appends what it saw, so the list reads client, proxy, proxy; the entries that a client wrote itself stand on
 * the left. Hence: start from the socket's peer, and step left only while the hop that spoke is a trusted one.
 *
 * ```
 * X-Forwarded-For: 6.6.6.6 (forged), 203.0.113.7, 10.0.0.5      peer 10.0.0.9, trusted 10.0.0.0/8
 *                                    ^ the client  ^ trusted         ^ trusted
 * ```
 *
 * @module
 */
import { VangoError } from "./errors.ts";

/** Networks whose word about their own clients is believed, made by {@link parseNetworks}. */
export type Networks = readonly Network[];

/** Which proxies are trusted, and what they write. */
export interface Proxies {
  /** The proxies' own addresses. */
  readonly networks: Networks;
  /**
   * The one header that they write; the other is a client's own words, which a proxy that does not know it lets pass.
   * Default: `x-forwarded-for` (with `x-forwarded-proto`).
   */
  readonly header?: "x-forwarded-for" | "forwarded";
  /** Whether they also write the host that the browser asked for. Default false: the Host header is passed on. */
  readonly forwardedHost?: boolean;
}

/** One network: addresses whose first `bits` bits equal those of `address`. */
export interface Network {
  /** The network's address as one number: 32 bits for IPv4, 128 for IPv6. */
  readonly address: bigint;
  /** Whether it is of IPv6. */
  readonly v6: boolean;
  /** How many leading bits count: 0 to 32 or 128. */
  readonly bits: number;
}

/** Who sent a request, and to where. */
export interface Client {
  /** The client's address in its canonical spelling, or the peer's as it was given when that is none (a socket file). */
  readonly address: string;
  /** The key to count it by: see {@link addressKey}. */
  readonly key: string;
  /** Whether the browser uses HTTPS. */
  readonly secure: boolean;
  /** The host, perhaps with a port, that the browser asked for; empty when it is malformed. */
  readonly host: string;
  /** The origin that the browser asked for: `https://example.com`; empty when the host is. */
  readonly origin: string;
}

const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "127.0.0.0/8", "::1/128"],
};

/**
 * Reads a list of addresses (`10.0.0.1`), networks (`10.0.0.0/8`, `fd00::/8`) and the words `loopback` and `private`.
 *
 * @throws {VangoError} When one is neither.
 */
export function parseNetworks(list: readonly string[]): Networks {
  return list.flatMap((item) => SPECIAL[item] ?? [item]).map((item) => {
    const slash = item.indexOf("/");
    const parsed = parseAddress(slash < 0 ? item : item.slice(0, slash));
    const width = parsed?.v6 ? 128 : 32;
    const bits = slash < 0
      ? width
      : /^\d{1,3}$/.test(item.slice(slash + 1))
      ? Number(item.slice(slash + 1))
      : -1;
    if (parsed === null || bits < 0 || bits > width) {
      throw new VangoError("network", `Cannot use "${item}" as a trusted proxy`, {
        hint: 'Write an address ("10.0.0.1"), a network ("10.0.0.0/8"), "loopback" or "private".',
      });
    }
    return { ...parsed, bits };
  });
}

/** Whether an address is in one of the networks. */
export function inNetworks(address: string, networks: Networks): boolean {
  if (networks.length === 0) return false;
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  return networks.some((network) => {
    const shift = BigInt((network.v6 ? 128 : 32) - network.bits);
    return network.v6 === parsed.v6 && network.address >> shift === parsed.address >> shift;
  });
}

/**
 * Who sent a request.
 *
 * What proxies wrote (X-Forwarded-For, -Proto and -Host, or Forwarded of RFC 7239) counts only when the peer is trusted.
 *
 * @param request Its URL gives the host and scheme that we see ourselves.
 * @param peer The address of the socket's other end; empty when there is none.
 */
export function clientOf(request: Request, peer: string, proxies: Proxies): Client {
  const url = new URL(request.url);
  let hop: Hop = { address: peer };
  if (inNetworks(peer, proxies.networks)) hop = firstUntrusted(request.headers, peer, proxies);
  const secure = hop.proto === undefined
    ? url.protocol === "https:"
    : hop.proto === "https" || hop.proto === "wss";
  const forwardedHost = proxies.forwardedHost ? hop.host : undefined;
  const host = validHost(forwardedHost ?? request.headers.get("host") ?? url.host, secure);
  const address = canonicalAddress(hop.address) ?? hop.address;
  return {
    address,
    key: addressKey(address),
    secure,
    host,
    origin: host === "" ? "" : `${secure ? "https" : "http"}://${host}`,
  };
}

/**
 * The key by which an address is counted: an IPv4 address as it is, an IPv6 address by its first 64 bits, since one
 * client owns that many and can use a new one for each request.
 */
export function addressKey(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return address.slice(0, 64);
  return parsed.v6 ? `${formatV6(parsed.address >> 64n << 64n)}/64` : formatV4(parsed.address);
}

/** An address in one spelling: IPv4 in IPv6 (`::ffff:1.2.3.4`) as IPv4, IPv6 in RFC 5952's; null when it is none. */
export function canonicalAddress(address: string): string | null {
  const parsed = parseAddress(address);
  if (parsed === null) return null;
  return parsed.v6 ? formatV6(parsed.address) : formatV4(parsed.address);
}

interface Hop {
  address: string;
  proto?: string;
  host?: string;
}

/** More hops than any real chain has; the rest of a longer header is not read. */
const MAX_HOPS = 32;

function firstUntrusted(headers: Headers, peer: string, proxies: Proxies): Hop {
  const hops = proxies.header === "forwarded"
    ? forwardedHops(headers.get("forwarded") ?? "")
    : plainHops(headers);
  let last: Hop = { address: peer };
  for (const hop of hops) {
    // An obfuscated or unknown entry ends the walk: what stands left of it is nobody's word.
    if (canonicalAddress(hop.address) === null) return { ...hop, address: last.address };
    last = hop;
    if (!inNetworks(hop.address, proxies.networks)) break;
  }
  return last;
}

/** Hops from the right, of X-Forwarded-*: proxies set -Proto and -Host once, so they count for every hop. */
function plainHops(headers: Headers): Hop[] {
  const proto = lastOf(headers.get("x-forwarded-proto"))?.toLowerCase();
  const host = lastOf(headers.get("x-forwarded-host"));
  const list = (headers.get("x-forwarded-for") ?? "").split(",").reverse().slice(0, MAX_HOPS);
  const hops = list.map((item) => ({ address: bareAddress(item.trim()), proto, host })).filter((hop) => {
    return hop.address !== "";
  });
  // Without any address the nearest proxy still says how it was reached.
  return hops.length > 0 || proto === undefined && host === undefined ? hops : [{ address: "", proto, host }];
}

/** Hops from the right, of Forwarded: `for=1.2.3.4;proto=https;host=example.com, for="[::1]:80"`. */
function forwardedHops(header: string): Hop[] {
  return splitQuoted(header, ",").reverse().slice(0, MAX_HOPS).map((element) => {
    const hop: Hop = { address: "" };
    for (const pair of splitQuoted(element, ";")) {
      const equals = pair.indexOf("=");
      if (equals < 0) continue;
      const name = pair.slice(0, equals).trim().toLowerCase();
      const value = unquote(pair.slice(equals + 1).trim());
      if (name === "for") hop.address = bareAddress(value);
      else if (name === "proto") hop.proto = value.toLowerCase();
      else if (name === "host") hop.host = value;
    }
    return hop;
  });
}

function lastOf(header: string | null): string | undefined {
  const value = header?.slice(header.lastIndexOf(",") + 1).trim();
  return value === "" ? undefined : value;
}

/** Splits at a separator outside quotes. */
function splitQuoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === "\\") i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === separator) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/g, "$1");
}

/** Without brackets and port: `[::1]:80` -> `::1`, `1.2.3.4:80` -> `1.2.3.4`. */
function bareAddress(text: string): string {
  if (text.startsWith("[")) return text.slice(1, Math.max(1, text.indexOf("]")));
  const colon = text.indexOf(":");
  return colon >= 0 && colon === text.lastIndexOf(":") ? text.slice(0, colon) : text;
}

/** A host header in the browser's spelling, without the scheme's own port; empty when it is not just a host. */
function validHost(host: string, secure: boolean): string {
  if (host.length > 260 || !/^[A-Za-z0-9._~[\]:-]+$/.test(host)) return "";
  return URL.parse(`${secure ? "https" : "http"}://${host}`)?.host ?? "";
}

function parseAddress(text: string): { address: bigint; v6: boolean } | null {
  if (text.length > 64) return null;
  const v4 = parseV4(text);
  if (v4 !== null) return { address: v4, v6: false };
  const v6 = text.includes(":") ? parseV6(text) : null;
  if (v6 === null) return null;
  return v6 >> 32n === 0xffffn ? { address: v6 & 0xffffffffn, v6: false } : { address: v6, v6: true };
}

function parseV4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  let address = 0n;
  for (let i = 1; i <= 4; i++) {
    // A leading zero is octal to some and decimal to others: neither.
    if (Number(match[i]) > 255 || match[i].length > 1 && match[i].startsWith("0")) return null;
    address = address << 8n | BigInt(match[i]);
  }
  return address;
}

function parseV6(text: string): bigint | null {
  let head = text.replace(/%.*$/, "");
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(head);
  if (dotted !== null) {
    const v4 = parseV4(dotted[2]);
    if (v4 === null) return null;
    head = `${dotted[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  }
  const halves = head.split("::");
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => half === "" ? [] : half.split(":"));
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array(missing).fill("0"), ...(right ?? [])];
  let address = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    address = address << 16n | BigInt(`0x${group}`);
  }
  return address;
}

function formatV4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => address >> shift & 255n).join(".");
}

function formatV6(address: bigint): string {
  const hex = address.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  // The URL parser writes the compressed form of RFC 5952.
  return new URL(`http://[${hex.join(":")}]`).hostname.slice(1, -1);
}
