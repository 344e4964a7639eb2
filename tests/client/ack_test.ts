/**
 * Acknowledgements: when the client tells which frames it has applied, and how.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { withPage } from "./_page.ts";

const BUTTON = "<button data-hid='1 click:1'>x</button>";

Deno.test("an ack rides on the next event, or goes alone after 250 ms", async () => {
  await withPage(BUTTON, {}, (page) => {
    page.take();
    page.patch([]);
    page.patch([]);
    page.click(page.$("button"));
    const [frame] = page.take();
    assertEquals(frame.kind === "event" && [frame.event.ackDelta, frame.event.seq], [2, 1]);
    page.clock.tick(1000);
    assertEquals(page.take(), []);
    page.patch([]);
    page.clock.tick(249);
    assertEquals(page.take(), []);
    page.clock.tick(1);
    assertEquals(page.take(), [{ kind: "ack", seq: 3 }]);
  });
});

Deno.test("a session that goes on from an older frame is told so before the next event", async () => {
  await withPage(BUTTON, {}, (page) => {
    for (let i = 0; i < 5; i++) page.patch([]);
    page.socket.drop();
    page.vango.reconnect();
    page.accept({ nextSeq: 3 });
    page.take();
    page.click(page.$("button"));
    const [ack, event] = page.take();
    assertEquals(ack, { kind: "ack", seq: 2 });
    assertEquals(event.kind === "event" && [event.event.seq, event.event.ackDelta], [1, 0]);
  });
});

Deno.test("16 KiB are acknowledged at once", async () => {
  await withPage("<p>a</p>", {}, (page) => {
    page.take();
    page.patch([{ op: 0x01, num: 2, text: "x".repeat(10_000) }]);
    assertEquals(page.take(), []);
    page.patch([{ op: 0x01, num: 2, text: "y".repeat(10_000) }]);
    assertEquals(page.take(), [{ kind: "ack", seq: 2 }]);
  });
});
