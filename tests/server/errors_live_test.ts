/**
 * Errors in a session: the table of tests/runtime/errors_test.ts through a server, with two browsers.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, useCtx } from "../../mod.ts";
import type { DownFrame } from "../../protocol/mod.ts";
import { startApp } from "../support/app.ts";
import { CASES, failingPage, LATE, nameOf, replacedBy, SECRET, SOURCES, toldOf } from "../support/failing.ts";
import { isNight } from "../support/night.ts";
import { connect, getPage, hid, type Opened } from "../support/raw_client.ts";

/** All that came down, as text: nothing of an error may be in it. */
function said(frames: readonly DownFrame[]): string {
  return JSON.stringify(frames);
}

/** Clicks what has a number, and gives what comes until the server has done with it. */
async function click({ client }: Opened, num: number, late = false): Promise<DownFrame[]> {
  client.click(num);
  // Each answer is a turn of the server later: the handler, the flush, what was rejected and its flush.
  for (let turn = 0; turn < 4; turn++) {
    await client.settled();
    // The server is in this process; where setImmediate is a timer (Deno 2.5) it may answer a ping before it flushes.
    await new Promise((resolve) => late ? setTimeout(resolve, 2 * LATE) : setImmediate(resolve));
  }
  await client.settled();
  const frames = client.frames.splice(0);
  for (const frame of frames) {
    if (frame.kind === "patches") client.ack(frame.frame.seq);
    if (frame.kind === "control" && frame.control.type === 0x12) client.ack(frame.control.seq);
  }
  return frames;
}

/** Waits until promises that are rejected late have been. */
function lateOnes(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3 * LATE));
}

/** By day an Error and what is no error at all: what is thrown makes no difference to a session that the runtime does not see. */
const WHATS = CASES.filter(({ what, boundaries }) =>
  isNight() || what instanceof Error || what === undefined && boundaries === 1
);

for (const source of SOURCES) {
  Deno.test(`errors of a session cost their boundary alone, and the browser sees a code: ${source}`, async () => {
    for (const one of WHATS.filter((each) => each.source === source)) {
      await using server = startApp({ page: failingPage(one), dev: false });
      const [html, other] = [await getPage(server.origin), await getPage(server.origin)];
      const failing = await connect(server.origin, html);
      const untouched = await connect(server.origin, other);
      const late = one.how === "late";
      const frames = await click(failing, hid(html.html, 0), late);
      if (source === "handler") frames.push(...await click(failing, hid(html.html, 2), late));
      const name = nameOf(one);
      const told = server.logs.filter(({ level }) => level === "error");
      assertEquals(told.map(({ message }) => message.split(" ")[1]), toldOf(one), name);
      assertEquals(said(frames).includes(SECRET), false, name);
      const codes = frames.flatMap((frame) =>
        frame.kind === "error" ? [[frame.error.code, frame.error.message]] : []
      );
      assertEquals(codes, source === "handler" ? [[4, ""]] : [], name);
      const by = replacedBy(one);
      assertEquals(said(frames).includes(`caught-${one.boundaries}`), by === "boundary", name);
      // Both sessions live; the sibling of what failed still counts, unless the page as a whole was replaced.
      if (by !== "page") {
        const count = said(await click(failing, hid(html.html, 1)));
        assert(/"text":"1"/.test(count), `${name}: ${count}`);
      }
      const count = said(await click(untouched, hid(other.html, 1)));
      assert(/"text":"1"/.test(count), `${name}: ${count}`);
      await failing.client.close();
      await untouched.client.close();
    }
    // The end of a session runs its cleanups.
    await lateOnes();
  });
}

/** What runs while a page is rendered: all but what waits for a socket, an event or an end. */
const RENDERED = SOURCES.filter((source) => !["handler", "effect", "cleanup", "mount"].includes(source));

for (const source of RENDERED) {
  Deno.test(`errors of a first rendering cost their boundary, or the page and its status: ${source}`, async () => {
    for (const one of WHATS.filter((each) => each.source === source)) {
      const failing = failingPage(one, true);
      const fine = failingPage(one);
      const page = component(() => useCtx().url.search === "" ? () => fine({}) : () => failing({}));
      await using server = startApp({ page, dev: false });
      const got = await getPage(server.origin, "", "/?x");
      const [name, by] = [nameOf(one), replacedBy(one)];
      assertEquals(got.status, by === "page" ? 500 : 200, name);
      assertEquals(got.html.includes(`id="caught-${one.boundaries}"`), by === "boundary", name);
      assertEquals([got.html.includes(SECRET), got.html.includes("sibling")], [false, by !== "page"], name);
      const told = server.logs.filter(({ level }) => level === "error");
      // A fetch that has failed before it is read may be told by the view alone.
      assert(told.length > 0 && told.length <= toldOf(one).length, `${name}: ${told.map((t) => t.message)}`);
      const other = await getPage(server.origin);
      assertEquals([other.status, other.html.includes('id="fine"')], [200, true], name);
    }
    await lateOnes();
  });
}
