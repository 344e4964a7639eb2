/**
 * The delaying proxy without a browser: order, back-pressure, half-closed sockets, and nothing left open.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { startProxy } from "./support/proxy.ts";

/** Runs a function with a TCP server that hands each connection to another one. */
async function withTcp(
  serve: (conn: Deno.TcpConn) => Promise<void>,
  fn: (port: number) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) served.push(serve(conn));
  })();
  try {
    await fn(listener.addr.port);
  } finally {
    listener.close();
    await accepting;
    await Promise.all(served);
  }
}

/** Sends everything back, then closes. */
async function echo(conn: Deno.TcpConn): Promise<void> {
  await conn.readable.pipeTo(conn.writable).catch(() => {});
}

async function send(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}

Deno.test("startProxy() closes a connection to a port where nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await using proxy = startProxy(port);
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assertEquals(await conn.read(new Uint8Array(1)), null);
});

Deno.test("startProxy() keeps the order when the delay gets shorter", async () => {
  await withTcp(echo, async (port) => {
    await using proxy = startProxy(port, { up: 80 });
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
    await send(conn, new TextEncoder().encode("first "));
    await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.delay.up = 0;
    await send(conn, new TextEncoder().encode("second"));
    await conn.closeWrite();
    assertEquals(await new Response(conn.readable).text(), "first second");
    assertEquals(proxy.bytes, { up: 12, down: 12 });
  });
});

Deno.test("startProxy() passes a million bytes and the end on unchanged", async () => {
  await withTcp(echo, async (port) => {
    await using proxy = startProxy(port, { down: 5 });
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index * 7);
    const received = new Response(conn.readable).bytes();
    await send(conn, bytes);
    await conn.closeWrite();
    assertEquals(await received, bytes);
  });
});

Deno.test("Proxy.stall() makes the sender wait, and restore() lets it go on", async () => {
  let sent = 0;
  const chunk = new Uint8Array(256 * 1024);
  const pour = async (conn: Deno.TcpConn) => {
    while (sent < 64 * chunk.length) sent += await conn.write(chunk);
    conn.close();
  };
  await withTcp(pour, async (port) => {
    await using proxy = startProxy(port);
    proxy.stall("down");
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
    let before = -1;
    while (before !== sent) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert(sent < 64 * chunk.length, "the sender was not held back");
    proxy.restore();
    assertEquals((await new Response(conn.readable).bytes()).length, sent);
  });
});

Deno.test("Proxy.cut() closes both ends while bytes wait", async () => {
  const ended: (number | null)[] = [];
  const wait = async (conn: Deno.TcpConn) => {
    ended.push(await conn.read(new Uint8Array(8)).catch(() => null));
    conn.close();
  };
  await withTcp(wait, async (port) => {
    await using proxy = startProxy(port, { up: 60_000 });
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
    await send(conn, new Uint8Array(4));
    while (proxy.open === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.cut();
    assertEquals(await conn.read(new Uint8Array(8)).catch(() => null), null);
  });
  assertEquals(ended, [null]);
});

Deno.test("Proxy.close() stops listening", async () => {
  const proxy = startProxy(1);
  await proxy.close();
  await assertRejects(
    () => Deno.connect({ hostname: "127.0.0.1", port: proxy.port }),
    Deno.errors.ConnectionRefused,
  );
});
