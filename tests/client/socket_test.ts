/**
 * The connection: hello, states, reconnecting, the queue, and what ends it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { PAGE_TOKEN, settle, type TestPage, withPage } from "./_page.ts";

const BUTTON = "<button data-hid='1 click:1'>x</button>";

function hidden(page: TestPage, on: boolean): void {
  Object.defineProperty(page.doc, "hidden", { value: on, configurable: true });
  page.fire(page.doc, "visibilitychange");
}

function hello(page: TestPage) {
  const frame = page.socket.sent.find((f) => f.kind === "hello");
  if (frame?.kind !== "hello") throw new Error("There is no hello");
  return frame.hello;
}

Deno.test("the socket goes to the page's origin with the version and the token as protocols", async () => {
  await withPage(BUTTON, {}, (page) => {
    assertEquals([page.socket.url, page.socket.protocols, page.socket.binaryType], [
      "wss://app.test/_vango/live",
      ["vango.3", `t.${PAGE_TOKEN}`],
      "arraybuffer",
    ]);
  });
});

Deno.test("the second script is beside the first", async () => {
  const scroll = '<p data-hid="1 scroll:30s">x</p>';
  await withPage(scroll, {}, (page) => assertEquals([page.loads, page.rareUrl], [1, "/_vango/rare-1a.js"]));
});

Deno.test("the first hello claims, the next resumes with what the server gave", async () => {
  await withPage(BUTTON, { data: { x: "_-8" } }, (page) => {
    const first = hello(page);
    assertEquals([
      first.intent,
      first.session,
      first.key,
      first.build,
      first.lastSeq,
      first.lastEvent,
      first.flags,
    ], [
      0,
      PAGE_TOKEN.slice(0, 22),
      PAGE_TOKEN.slice(22),
      "",
      0,
      0,
      0,
    ]);
    assertEquals([...first.sealed], [0xff, 0xef]);
    assertEquals([first.width, first.height], [page.win.innerWidth, page.win.innerHeight]);
    page.patch([]);
    page.click(page.$("button"));
    page.control({ type: 0x22, seq: 1, sealed: new Uint8Array([7, 8]) } as never);
    page.vango.reconnect();
    page.socket.open();
    const second = hello(page);
    assertEquals([second.intent, second.session, second.key, second.lastSeq, second.lastEvent], [
      1,
      "sess2",
      "resume",
      1,
      1,
    ]);
    assertEquals([...second.sealed], [7, 8]);
  });
});

Deno.test("states are classes of html and body, and events", async () => {
  await withPage(BUTTON, {}, (page) => {
    const classes = () => [page.doc.documentElement.className, page.doc.body.className];
    assertEquals([page.vango.state, ...classes()], ["connected", "vango-connected", "vango-connected"]);
    page.socket.drop();
    assertEquals([page.vango.state, ...classes()], [
      "reconnecting",
      "vango-reconnecting",
      "vango-reconnecting",
    ]);
    page.vango.close();
    assertEquals([page.vango.state, ...classes()], ["offline", "vango-offline", "vango-offline"]);
    assertEquals(page.states, ["connected", "reconnecting", "offline"]);
  });
});

Deno.test("waits grow with full jitter up to 30 s", async () => {
  const random = Math.random;
  try {
    Math.random = () => 0.5;
    await withPage(BUTTON, {}, (page) => {
      const waits: number[] = [];
      for (let i = 0; i < 9; i++) {
        page.socket.drop();
        const [wait] = page.clock.due;
        waits.push(wait);
        page.clock.tick(wait);
        assertEquals(page.sockets.length, i + 2);
      }
      assertEquals(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
      page.accept();
      page.socket.drop();
      assertEquals(page.clock.due, [250]);
    });
  } finally {
    Math.random = random;
  }
});

Deno.test("a clean close by the server reconnects too", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.control({ type: 0x20, reason: 3, message: "" });
    page.socket.drop();
    page.clock.tick(500);
    assertEquals(page.sockets.length, 2);
  });
});

Deno.test("a server that goes away says when to come again", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.control({ type: 0x21, delay: 7000 });
    page.socket.drop();
    page.clock.tick(6999);
    assertEquals(page.sockets.length, 1);
    page.clock.tick(1);
    assertEquals(page.sockets.length, 2);
  });
});

Deno.test("a hidden page waits until it is seen", async () => {
  await withPage(BUTTON, {}, (page) => {
    hidden(page, true);
    page.socket.drop();
    page.clock.tick(60_000);
    assertEquals(page.sockets.length, 1);
    hidden(page, false);
    assertEquals(page.sockets.length, 2);
  });
});

Deno.test("a page that is seen again after a long silence opens a fresh socket", async () => {
  const now = Date.now;
  try {
    await withPage(BUTTON, {}, (page) => {
      hidden(page, true);
      hidden(page, false);
      assertEquals(page.sockets.length, 1);
      const at = now();
      Date.now = () => at + 31_000;
      hidden(page, true);
      hidden(page, false);
      assertEquals([page.sockets.length, page.sockets[0].readyState], [2, 3]);
    });
  } finally {
    Date.now = now;
  }
});

Deno.test("a network that is back opens a fresh socket at once", async () => {
  await withPage(BUTTON, {}, (page) => {
    Object.defineProperty(page.win.navigator, "onLine", { value: false, configurable: true });
    page.fire(page.win, "offline");
    assertEquals(page.vango.state, "offline");
    Object.defineProperty(page.win.navigator, "onLine", { value: true, configurable: true });
    page.fire(page.win, "online");
    page.accept();
    assertEquals([page.sockets.length, page.vango.state], [2, "connected"]);
    page.clock.tick(1000);
    assertEquals(page.sockets.length, 2);
  });
});

Deno.test("a page that goes leaves its socket, and takes a fresh one when it comes back", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.fire(page.win, "pagehide");
    assertEquals(page.socket.readyState, 3);
    page.fire(page.win, "pageshow");
    assertEquals(page.sockets.length, 2);
  });
});

Deno.test("pings are answered, and a silent server is left", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.take();
    page.control({ type: 0x01, value: 300 });
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x02, value: 300 } }]);
    page.clock.tick(30_000);
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x01, value: 0 } }]);
    page.control({ type: 0x02, value: 0 });
    page.clock.tick(30_000);
    assertEquals(page.sockets.length, 1);
    page.clock.tick(30_000);
    assertEquals(page.vango.state, "reconnecting");
  });
});

Deno.test("frames that were seen are ignored, and a gap asks for what is missing once", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    const { encodePatches } = await import("../../protocol/mod.ts");
    const frame = (seq: number, text: string) =>
      page.socket.receive(
        encodePatches({ seq, received: null, settled: null, patches: [{ op: 0x01, num: 2, text }] }),
      );
    page.take();
    frame(1, "b");
    frame(1, "again");
    assertEquals(page.$("p").textContent, "b");
    frame(3, "c");
    frame(4, "d");
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 1, reason: 0 } }]);
    frame(2, "B");
    frame(3, "C");
    assertEquals(page.$("p").textContent, "C");
    page.click(page.$("p"));
  });
});

Deno.test("bytes that are no frame ask for a resync", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    page.take();
    page.socket.receive(new Uint8Array([2, 1, 0x2f, 1]));
    await page.loadRare();
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 3 } }]);
  });
});

Deno.test("a frame that claims more than it holds is read no further than its end", async () => {
  await withPage("<p>a</p>", {}, (page) => {
    page.take();
    // Append of 2^52 nodes.
    page.socket.receive(new Uint8Array([2, 1, 0x0e, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x08]));
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 3 } }]);
  });
});

Deno.test("events of a lost connection are sent again under their numbers, from the first that was not received", async () => {
  await withPage(BUTTON, {}, (page) => {
    for (let i = 0; i < 3; i++) page.click(page.$("button"));
    page.patch([], 1);
    page.socket.drop();
    page.click(page.$("button"));
    page.vango.reconnect();
    page.accept({ received: 2 });
    assertEquals(page.events(), [[3, 1, 1], [4, 1, 1]]);
  });
});

Deno.test("queued events have the numbers of the tree at the time when they are sent", async () => {
  await withPage("<i>z</i>" + "<button data-hid='3 click:1'>x</button>", { rare: true }, async (page) => {
    page.patch([{ op: 0x05, num: 1 }]);
    page.socket.drop();
    page.click(page.$("button"));
    page.vango.reconnect();
    page.accept({ action: 1 });
    assertEquals(page.events(), []);
    page.control({ type: 0x13 });
    await settle();
    assertEquals(page.events(), [[1, 1, 1]]);
  });
});

Deno.test("a queued event whose node is gone is given up and told", async () => {
  await withPage(BUTTON + "<b data-hid='3 click:1'>y</b>", {}, (page) => {
    page.socket.drop();
    page.click(page.$("button"));
    page.click(page.$("b"));
    page.vango.reconnect();
    page.socket.open();
    page.accept({});
    page.socket.drop();
    page.click(page.$("button"));
    const node = page.$("button") as { vango?: number };
    node.vango = undefined;
    page.vango.reconnect();
    page.accept({ received: 2 });
    assertEquals(page.events(), []);
    assertEquals(page.errors, [{ code: 3, seq: 3, message: "click" }]);
  });
});

Deno.test("the queue keeps 256 events: moves go first, then the oldest", async () => {
  await withPage("<div data-hid='1 click:1 mousemove:5'>x</div>", {}, (page) => {
    page.socket.drop();
    page.click(page.$("div"));
    page.fire(page.$("div"), "mousemove", { kind: "MouseEvent" });
    for (let i = 0; i < 255; i++) page.click(page.$("div"));
    assertEquals(page.errors.map((e) => [e.code, e.seq, e.message]), [[0x11, 2, "mousemove"]]);
    page.click(page.$("div"));
    assertEquals(page.errors.length, 2);
    page.vango.reconnect();
    page.accept();
    const seqs = page.events().map(([seq]) => seq);
    assertEquals([seqs.length, seqs[0], seqs[1], seqs[255]], [256, 3, 4, 258]);
  });
});

Deno.test("an event that is too large is refused here, and the connection lives", async () => {
  await withPage("<input data-hid='1 change:11v'><b data-hid='2 click:1'>x</b>", {
    rare: true,
    hello: { maxMessage: 50 },
  }, (page) => {
    page.$<HTMLInputElement>("input").value = "x".repeat(100);
    page.fire(page.$("input"), "change");
    page.click(page.$("b"));
    assertEquals(page.errors, [{ code: 0x10, seq: 1, message: "change" }]);
    assertEquals(page.events(), [[2, 1, 2]]);
  });
});

/** Counts reloads of a page. */
function reloads(win: Window): () => number {
  let n = 0;
  Object.defineProperty(Object.getPrototypeOf(win.location), "reload", {
    value: () => n++,
    configurable: true,
  });
  return () => n;
}

Deno.test("a session that is over loads the page anew, once", async () => {
  for (const status of [1, 2, 3, 5, 6, 7] as const) {
    let count = () => 0;
    let storage: Record<string, string> = {};
    await withPage(BUTTON, { connect: false, before: (win) => count = reloads(win) }, (page) => {
      page.refuse({ status, retryAfter: 0 });
      assertEquals([count(), page.vango.state, page.sockets.length], [1, "offline", 1]);
      storage = { ...page.win.sessionStorage };
    });
    await withPage(BUTTON, {
      connect: false,
      before: (win) => {
        count = reloads(win);
        Object.assign(win.sessionStorage, storage);
      },
    }, (page) => {
      page.refuse({ status, retryAfter: 0 });
      assertEquals(count(), 0);
    });
  }
});

Deno.test("a page that lived for five seconds since it was loaded anew may be loaded anew again", async () => {
  for (const [ago, times] of [[5_001, 1], [2_000, 0]]) {
    let count = () => 0;
    await withPage(BUTTON, {
      before: (win) => {
        count = reloads(win);
        win.sessionStorage.setItem("vango", String(Date.now() - ago));
      },
    }, (page) => {
      page.control({ type: 0x20, reason: 2, message: "" });
      assertEquals(count(), times);
    });
  }
});

Deno.test("a busy server is asked again when it says", async () => {
  await withPage(BUTTON, { connect: false }, (page) => {
    page.refuse({ status: 4, retryAfter: 1234 });
    assertEquals(page.clock.due, [1234]);
    page.clock.tick(1234);
    page.accept();
    assertEquals(page.vango.state, "connected");
  });
});

Deno.test("a connection that another one replaced stays closed", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.control({ type: 0x20, reason: 5, message: "" });
    page.clock.tick(60_000);
    page.fire(page.win, "online");
    assertEquals([page.sockets.length, page.vango.state], [1, "offline"]);
  });
});

Deno.test("a hello that says that frame 0 is next counts from 1: what is sent can be read", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.accept({ nextSeq: 0 });
    page.take();
    page.socket.receive(new Uint8Array([3, 0x7f]));
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 3 } }]);
  });
});
