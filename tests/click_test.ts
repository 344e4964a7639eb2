/**
 * One click, ten stops: from a button in a page to the server and back, through the real modules, with every byte.
 *
 *     browser                                    server
 *      1 client/events   finds the node           4 server/session  new? handler? runs it in a batch
 *      2 protocol        four bytes               5 core            the write marks, and no more
 *      3 socket up       ───────────────────►     6 runtime         the flush re-runs the marked views
 *     10 client/patches  applies by table         7 vdom            patches, new numbers, new handlers
 *      9 socket down     ◄───────────────────     8 protocol        bytes; server/outbox: the frame's number
 *
 * The same ten stops are in docs/architecture.md. Only the network is not real: support/loopback.ts hands
 * frames over, when the test says so.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "@std/assert";
import { component, type ReadonlySignal, signal } from "../mod.ts";
import { button, div, h1, p } from "../vdom/elements.ts";
import { familyOf } from "../vdom/attrs.ts";
import { Op } from "../vdom/patch.ts";
import { decodeDown, decodeUp, encodeEvent, type WireNode } from "../protocol/mod.ts";
import { openPage } from "./support/loopback.ts";

Deno.test("one click goes through ten stops", async (t) => {
  const ran: string[] = [];

  // A counter, and a button that is there once there is something to reset. `count` is bound to the heading: passed, not
  // read. Reset's view reads it.
  const Reset = component((props: { count: ReadonlySignal<number>; onReset: () => void }) => () => {
    ran.push("view of Reset");
    return p(props.count.value > 0 ? button({ onClick: () => props.onReset() }, "Reset") : null);
  });
  const Counter = component(() => {
    const count = signal(0, { name: "count" });
    const add = () => {
      ran.push("handler");
      count.inc();
    };
    return () => {
      ran.push("view of Counter");
      return div(
        h1("Count: ", count),
        button({ onClick: add }, "+"),
        Reset({ count, onReset: () => count.set(0) }),
      );
    };
  });

  // The page as its visitor has it. Numbers are in no markup but that of the button: both ends count nodes in document
  // order from the marker on.
  //
  //     div 1 ── h1 2 ── "Count: 0" 3
  //           ├─ button 4 ── "+" 5
  //           └─ p 6 ── (nothing to reset: an empty comment) 7
  await using page = await openPage(Counter());
  assertEquals(
    page.html,
    '<div><h1>Count: 0</h1><button data-hid="4 click:1">+</button><p><!----></p></div>',
  );
  assertEquals(ran, ["view of Counter", "view of Reset"]);
  const plus = page.document.querySelector("button")!;
  const text = page.document.querySelector("h1")!.firstChild!;
  const { session, up, down } = page;
  ran.length = 0;

  await t.step("1 client/events: one listener on the document hears the click and finds the node", () => {
    assertEquals(page.listeners, [["document", "click"]]);
    plus.click();
    assertEquals(plus.getAttribute("data-hid"), "4 click:1");
  });

  await t.step("2 protocol: the event is four bytes", () => {
    assertEquals(hex(up[0]), "21 01 01 04");
    //                        │  │  │  └─ the button's number
    //                        │  │  └──── code 1: click
    //                        │  └─────── event 1
    //                        └────────── type 1, flag 2: the handler takes no payload
    const same = encodeEvent({ seq: 1, ackDelta: 0, code: 1, num: 4, payload: null }, familyOf(1));
    assertEquals(up[0], same);
  });

  await t.step("3 the socket carries them up, one message to a frame", () => {
    assertEquals(up.length, 1);
    assertEquals(session.received, 0);
  });

  await t.step("4 server/session: decodes, finds the handler by number and runs it", () => {
    const event = { seq: 1, ackDelta: 0, code: 1, num: 4, target: 0, payload: null };
    assertEquals(decodeUp(up[0], familyOf), { kind: "event", event });
    assertEquals(session.runtime.tree.interactive.get(4)?.type, "button");
    page.deliverUp();
    assertEquals(session.received, 1);
    assertEquals(ran, ["handler"]);
    // A duplicate, as after a reconnection, changes nothing.
    session.receive(decodeUp(up[0], familyOf));
    assertEquals(page.metrics.eventsDuplicate, 1);
    assertEquals(ran, ["handler"]);
  });

  await t.step("5 core: the write has marked what depends on the signal, and no more", () => {
    assertEquals(ran, ["handler"]);
    assertEquals(page.turns, 1); // one flush is due, at the end of the turn
    assertEquals(down.length, 0);
  });

  await t.step("6 runtime: the flush re-runs the views that read the signal, and no others", () => {
    page.endTurn();
    assertEquals(ran, ["handler", "view of Reset"]);
  });

  await t.step(
    "7 vdom: what is new was numbered and takes events; the difference became two patches",
    () => {
      assertEquals(session.runtime.tree.interactive.get(8)?.type, "button");
      assertEquals(session.runtime.tree.next, 10); // 8: Reset's button, 9: its text
      const reset: WireNode = {
        kind: 1,
        tag: "button",
        attrs: [["data-hid", "click:1"]],
        children: [{ kind: 2, text: "Reset" }],
      };
      const frame = decodeDown(down[0]);
      assertEquals(frame.kind === "patches" && frame.frame.patches, [
        // From the view: in p there is a button where there was nothing.
        { op: Op.Replace, num: 7, nodes: [reset] },
        // From the binding: one character of "Count: 0".
        { op: Op.TextRange, num: 3, offset: 7, count: 1, text: "1" },
      ]);
    },
  );

  await t.step(
    "8 protocol, server/outbox: one frame, which has number 1 and is kept until it is acknowledged",
    () => {
      assertEquals(
        hex(down[0]),
        [
          "12 01 01", //                               type 2, flag 1; frame 1; computed after event 1
          "07 07 01", //                               replace node 7 by one node:
          "01 1b", //                                    an element, name 27 of the table: button
          "01 01 0e 63 6c 69 63 6b 3a 31", //            one attribute, name 1: data-hid, "click:1"
          "01 02 0a 52 65 73 65 74", //                  one node: text, "Reset"
          "16 03 07 01 02 31", //                      text of node 3: at 7, for one character, "1"
        ].join(" "),
      );
      assertEquals([session.outbox.lastSeq, session.outbox.ackedSeq, session.outbox.size], [1, 0, 1]);
    },
  );

  await t.step("9 the socket carries it down", () => {
    assertEquals(down.length, 1);
    assertEquals(plus.ownerDocument.body.textContent, "Count: 0+");
    page.deliverDown();
  });

  await t.step("10 client/patches: applies them by table", () => {
    assertEquals(
      page.html,
      '<div><h1>Count: 1</h1><button data-hid="4 click:1">+</button>' +
        '<p><button data-hid="8 click:1">Reset</button></p></div>',
    );
    assertStrictEquals(page.document.querySelector("h1")!.firstChild, text); // the same node, one character changed
  });

  await t.step("and the next click tells that frame 1 was applied", () => {
    page.document.querySelectorAll("button")[1].click();
    assertEquals(hex(up[1]), "31 01 02 01 08");
    //                           └─ one frame more has been applied
    page.deliverUp();
    assertEquals([session.outbox.ackedSeq, session.outbox.size], [1, 0]);
    page.endTurn();
    page.deliverDown();
    assertEquals(
      page.html,
      '<div><h1>Count: 0</h1><button data-hid="4 click:1">+</button><p><!----></p></div>',
    );
    assertEquals(session.runtime.tree.interactive.has(8), false);
  });
});

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
