/** @module */
import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import {
  addressKey,
  canonicalAddress,
  clientOf,
  inNetworks,
  parseNetworks,
  type Proxies,
} from "../../server/address.ts";
import { VangoError } from "../../server/errors.ts";

const TRUSTED: Proxies = { networks: parseNetworks(["10.0.0.0/8", "fd00::/8"]) };
const FORWARDED: Proxies = { ...TRUSTED, header: "forwarded" };

function client(
  peer: string,
  headers: Record<string, string>,
  proxies: Proxies = TRUSTED,
  url = "http://a.com/x",
) {
  return clientOf(new Request(url, { headers }), peer, proxies);
}

Deno.test("parseNetworks() refuses what is neither address nor network", () => {
  for (
    const item of ["", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0", "::1/129", "1::2::3", "/8"]
  ) {
    assertThrows(() => parseNetworks([item]), VangoError, `Cannot use "${item}"`);
  }
});

Deno.test("inNetworks() compares the leading bits, of the same family", () => {
  const networks = parseNetworks(["10.1.0.0/16", "192.168.1.7", "2001:db8::/33"]);
  const inside = ["10.1.255.255", "::ffff:10.1.0.1", "192.168.1.7", "2001:db8:7fff::1"];
  const outside = [
    "10.2.0.0",
    "192.168.1.8",
    "2001:db8:8000::1",
    "::10.1.0.1",
    "",
    "junk",
    "10.1.0.0.1",
    "010.1.0.1",
  ];
  for (const address of inside) assert(inNetworks(address, networks), address);
  for (const address of outside) assertFalse(inNetworks(address, networks), address);
  assert(inNetworks("8.8.8.8", parseNetworks(["0.0.0.0/0"])));
  assert(inNetworks("127.0.0.5", parseNetworks(["loopback"])));
  assert(inNetworks("172.31.0.1", parseNetworks(["private"])));
});

Deno.test("canonicalAddress() gives one spelling, and null for what is no address", () => {
  assertEquals(canonicalAddress("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
  assertEquals(canonicalAddress("::ffff:1.2.3.4"), "1.2.3.4");
  assertEquals(canonicalAddress("fe80::1%eth0"), "fe80::1");
  assertEquals(canonicalAddress("::"), "::");
  assertEquals(canonicalAddress("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
  for (
    const text of [
      "1.2.3.256",
      "1.2.3",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      ":::",
      "g::1",
      "12345::",
      "x".repeat(1e5),
    ]
  ) {
    assertEquals(canonicalAddress(text), null, text.slice(0, 30));
  }
});

Deno.test("addressKey() counts an IPv6 client by its first 64 bits", () => {
  assertEquals(addressKey("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
  assertEquals(addressKey("2001:db8:1:2:bbbb::2"), addressKey("2001:db8:1:2:aaaa::1"));
  assertEquals(addressKey("::ffff:1.2.3.4"), "1.2.3.4");
  assertEquals(addressKey("u".repeat(100)).length, 64);
});

Deno.test("clientOf() believes nobody when the peer is not trusted", () => {
  const found = client("203.0.113.9", {
    "x-forwarded-for": "6.6.6.6",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.com",
    "forwarded": "for=6.6.6.6;proto=https;host=evil.com",
    "host": "a.com",
  }, { ...TRUSTED, forwardedHost: true });
  assertEquals(found, {
    address: "203.0.113.9",
    key: "203.0.113.9",
    secure: false,
    host: "a.com",
    origin: "http://a.com",
  });
});

Deno.test("clientOf() takes the first address from the right that is not a trusted proxy's", () => {
  assertEquals(
    client("10.0.0.9", { "x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.5" }).address,
    "203.0.113.7",
  );
  assertEquals(client("10.0.0.9", { "x-forwarded-for": "203.0.113.7:4711" }).address, "203.0.113.7");
  assertEquals(client("fd00::1", { "x-forwarded-for": "[2001:db8::7]:4711" }).address, "2001:db8::7");
});

Deno.test("clientOf() takes the farthest proxy when all are trusted, and the peer when none is named", () => {
  assertEquals(client("10.0.0.9", { "x-forwarded-for": "10.0.0.7, 10.0.0.5" }).address, "10.0.0.7");
  assertEquals(client("10.0.0.9", {}).address, "10.0.0.9");
  assertEquals(client("10.0.0.9", { "x-forwarded-for": " , ," }).address, "10.0.0.9");
});

Deno.test("clientOf() stops at an entry that is no address", () => {
  assertEquals(client("10.0.0.9", { "x-forwarded-for": "6.6.6.6, unknown, 10.0.0.5" }).address, "10.0.0.5");
  assertEquals(client("10.0.0.9", { "x-forwarded-for": "<script>" }).address, "10.0.0.9");
  assertEquals(
    client("10.0.0.9", { forwarded: "for=6.6.6.6, for=_hidden;proto=https" }, FORWARDED).secure,
    true,
  );
});

Deno.test("clientOf() reads only the header that the proxies write", () => {
  const headers = { "x-forwarded-for": "203.0.113.7", forwarded: "for=6.6.6.6;proto=https" };
  assertEquals([client("10.0.0.9", headers).address, client("10.0.0.9", headers).secure], [
    "203.0.113.7",
    false,
  ]);
  assertEquals(client("10.0.0.9", headers, FORWARDED).address, "6.6.6.6");
});

Deno.test("clientOf() reads Forwarded with quotes, brackets and any case", () => {
  const found = client("10.0.0.9", {
    forwarded: 'for="a,b;c=\\"", For="[2001:db8::7]:80";PROTO=HTTPS;host="x.com", for=10.0.0.5;proto=http',
  }, { ...FORWARDED, forwardedHost: true });
  assertEquals([found.address, found.secure, found.origin], ["2001:db8::7", true, "https://x.com"]);
});

Deno.test("clientOf() finds TLS by its own URL or by what a trusted proxy says", () => {
  assertEquals(client("1.1.1.1", {}, TRUSTED, "https://a.com/").secure, true);
  assertEquals(client("10.0.0.9", { "x-forwarded-proto": "https" }).secure, true);
  assertEquals(client("10.0.0.9", { "x-forwarded-proto": "http, wss" }).secure, true);
  assertEquals(client("10.0.0.9", { "x-forwarded-proto": "http" }, TRUSTED, "https://a.com/").secure, false);
  assertEquals(client("1.1.1.1", { "x-forwarded-proto": "https" }).secure, false);
});

Deno.test("clientOf() takes a forwarded host only where it is configured", () => {
  const headers = { host: "a.com", "x-forwarded-host": "b.com", "x-forwarded-for": "1.1.1.1" };
  assertEquals(client("10.0.0.9", headers).host, "a.com");
  assertEquals(client("10.0.0.9", headers, { ...TRUSTED, forwardedHost: true }).host, "b.com");
});

Deno.test("clientOf() gives no origin for a malformed host", () => {
  for (const host of ["evil.com/a", "a@evil.com", "a b", "a.com:99999", "<x>", "a".repeat(300), "a.com#"]) {
    const found = client("10.0.0.9", { "x-forwarded-host": host, "x-forwarded-for": "1.1.1.1" }, {
      ...TRUSTED,
      forwardedHost: true,
    });
    assertEquals([found.host, found.origin], ["", ""], host.slice(0, 20));
  }
  assertEquals(client("1.1.1.1", { host: "A.com:80" }).origin, "http://a.com");
});

Deno.test("clientOf() stays fast on a hostile header", () => {
  const started = performance.now();
  client("10.0.0.9", { "x-forwarded-for": "10.0.0.1,".repeat(50_000) });
  client("10.0.0.9", { forwarded: 'for="'.repeat(50_000) }, FORWARDED);
  client("10.0.0.9", { forwarded: ";".repeat(200_000) }, FORWARDED);
  assert(performance.now() - started < 2_000, "took too long");
});
