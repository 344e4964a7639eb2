/**
 * One session with a wire that the test holds: what it sends, and when it sends nothing.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { decodeDown, type DownFrame } from "../../protocol/mod.ts";
import { Ctx, runWithCtx } from "../../server/ctx.ts";
import { DEFAULT_LIMITS } from "../../server/limits.ts";
import { createLogger } from "../../server/log.ts";
import { createMetrics } from "../../server/metrics.ts";
import { Session } from "../../server/session.ts";
import { Op } from "../../vdom/patch.ts";
import { div, p } from "../../vdom/elements.ts";

/** A connected session of a page with one text, number 3, in a div, number 1. */
function connected() {
  const text = signal("a");
  const Page = component(() => () => div(p(text)));
  const turns: (() => void)[] = [];
  const sent: Uint8Array[] = [];
  const ctx = new Ctx({
    url: new URL("http://localhost/"),
    headers: { common: "", cookie: "" },
    session: "s",
  });
  const session = new Session({
    limits: DEFAULT_LIMITS,
    metrics: createMetrics(),
    log: createLogger({ sink: () => {} }),
    navigator: null,
    title: "",
    after: () => () => {},
    defer: (run) => void turns.push(run),
    now: () => 0,
    dev: false,
    flushed: () => {},
  }, { id: "s", binding: "b", ctx });
  runWithCtx(ctx, () => session.runtime.mount(Page()));
  const closed: number[] = [];
  const wire = {
    buffered: 0,
    send: (frame: Uint8Array) => void sent.push(frame),
    close: (code: number) => void closed.push(code),
  };
  session.connect(wire, "r", 0);
  const endTurn = (): DownFrame[] => {
    for (const run of turns.splice(0)) run();
    return sent.splice(0).map((frame) => decodeDown(frame));
  };
  endTurn();
  return { session, text, wire, closed, endTurn, [Symbol.dispose]: () => session.close() };
}

Deno.test("flush() waits while what was sent is still in this process", () => {
  using page = connected();
  page.text.value = "b";
  assertEquals(page.endTurn().length, 1);
  page.text.value = "c";
  page.wire.buffered = DEFAULT_LIMITS.slowBytes + 1;
  assertEquals(page.endTurn(), []);
  page.wire.buffered = 0;
  page.session.receive({ kind: "ack", seq: 1 });
  const [frame] = page.endTurn();
  assertEquals(frame.kind === "patches" && frame.frame.patches, [{ op: Op.SetText, num: 3, text: "c" }]);
});

Deno.test("flush() asks no socket whose frames were all acknowledged", () => {
  using page = connected();
  page.wire.buffered = DEFAULT_LIMITS.slowBytes + 1;
  page.text.value = "b";
  assertEquals(page.endTurn().length, 1);
});

Deno.test("flush() asks now and then: a browser may acknowledge what it never reads", () => {
  using page = connected();
  page.wire.buffered = DEFAULT_LIMITS.slowBytes + 1;
  let sent = 0;
  for (let i = 1; i <= 20; i++) {
    page.text.value = String(i).repeat(10_000);
    sent += page.endTurn().length;
    page.session.receive({ kind: "ack", seq: page.session.outbox.lastSeq });
  }
  assert(sent < 10, `${sent} of 20 frames`);
  page.wire.buffered = 0;
  page.session.receive({ kind: "ack", seq: page.session.outbox.lastSeq });
  assertEquals(page.endTurn().length, 1);
});

Deno.test("a browser that asks for the whole page and does not read gets it when it has read", () => {
  using page = connected();
  page.wire.buffered = DEFAULT_LIMITS.slowBytes + 1;
  page.session.outbox.push(1, new Uint8Array(9));
  page.session.receive({ kind: "control", control: { type: 0x10, reason: 1, lastSeq: 0 } });
  assertEquals(page.endTurn(), []);
  page.wire.buffered = 0;
  page.session.receive({ kind: "ack", seq: 1 });
  assertEquals(page.endTurn().map((frame) => frame.kind), ["control"]);
});

Deno.test("a ping of a browser that does not read is not answered", () => {
  using page = connected();
  const ping = () => page.session.receive({ kind: "control", control: { type: 0x01, value: 7 } });
  page.wire.buffered = DEFAULT_LIMITS.slowBytes;
  ping();
  assertEquals(page.endTurn(), [{ kind: "control", control: { type: 0x02, value: 7 } }]);
  page.wire.buffered++;
  ping();
  assertEquals(page.endTurn(), []);
});

Deno.test("a refusal that a slow browser is not told of is followed by the whole tree", () => {
  using page = connected();
  const click = (seq: number) =>
    page.session.receive({
      kind: "event",
      event: { seq, code: 1, num: 99, target: 0, payload: null, ackDelta: 0 },
    });
  const kinds = () => page.endTurn().map((f) => f.kind === "control" ? f.control.type : f.kind);
  click(1);
  assertEquals(kinds(), ["error", "patches"]);
  page.text.value = "b";
  page.endTurn();
  page.wire.buffered = DEFAULT_LIMITS.slowBytes + 1;
  click(2);
  assertEquals(kinds(), []);
  page.wire.buffered = 0;
  page.text.value = "c";
  assertEquals(kinds(), [0x12]);
});

Deno.test("a refetch in the turn of a change is answered by the whole tree", () => {
  using page = connected();
  page.text.value = "b";
  page.session.receive({ kind: "control", control: { type: 0x14, num: 1 } });
  assertEquals(page.endTurn().map((f) => f.kind === "control" && f.control.type), [0x12]);
});

Deno.test("a whole page that cannot be made closes the socket, whoever asked for it", () => {
  using page = connected();
  const [outer] = page.session.runtime.root[0].children![0].children!;
  const fails = {
    get on(): boolean {
      throw new Error("no class");
    },
  };
  outer.props = { class: fails };
  // As a hello does, which nobody else would tell that its socket is gone.
  page.session.resync();
  assertEquals([page.endTurn(), page.closed, page.session.runtime.broken], [[], [1011], true]);
  outer.props = null;
  page.session.connect(page.wire, "r", 0);
  assertEquals(page.endTurn().map((f) => f.kind === "control" && f.control.type), [0x12]);
});

Deno.test("a frame that cannot be made closes the socket, and the next connection gets the whole tree", () => {
  using page = connected();
  // No number of the protocol: the encoder refuses it.
  page.session.instruct({ op: Op.ScrollTo, num: 1, x: 2 ** 60, y: 0, smooth: false });
  assertEquals([page.endTurn(), page.closed, page.session.runtime.broken], [[], [1011], true]);
  page.text.value = "b";
  page.session.connect(page.wire, "r", 0);
  assertEquals(page.endTurn().map((f) => f.kind === "control" && f.control.type), [0x12]);
});

Deno.test("instructions past a thousand are dropped, and those before are sent in order", () => {
  using page = connected();
  for (let y = 1; y <= 1001; y++) page.session.instruct({ op: Op.ScrollTo, num: 1, x: 0, y, smooth: false });
  const [frame] = page.endTurn();
  const scrolled = frame.kind === "patches"
    ? frame.frame.patches.map((patch) => patch.op === Op.ScrollTo && patch.y)
    : [];
  assertEquals(scrolled, Array.from({ length: 1000 }, (_, i) => i + 1));
});
