/**
 * What docs/protocol.md says of codes, held against the code. That it says enough is tested by tests/second: a client that
 * was written from it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { walk } from "@std/fs";
import { CUSTOM_EVENT, EVENTS } from "../../vdom/event_table.ts";
import { readDocument, ROOT, tableUnder } from "./_documents.ts";

const TEXT = await readDocument("docs/protocol.md");

Deno.test("docs/protocol.md has the code and family of every event", () => {
  const rows = tableUnder(TEXT, "Event payloads").filter(([, events]) =>
    /^([a-z]+ [0-9a-f]+(, |$))+$/.test(events ?? "")
  );
  const said = rows.flatMap(([family, events]) => events.split(", ").map((event) => `${family} ${event}`));
  const have = EVENTS.map(([name, code, family]) => `${family} ${name} ${code.toString(16)}`);
  assertEquals(said.toSorted(), have.toSorted());
  assertEquals(TEXT.includes(`any other ${CUSTOM_EVENT.toString(16)}`), true);
});

Deno.test("docs/protocol.md has every code that the server closes a socket with", async () => {
  const used = new Set<string>();
  for await (const { path } of walk(`${ROOT}/server`, { exts: ["ts"], includeDirs: false })) {
    for (const [, code] of (await Deno.readTextFile(path)).matchAll(/\bclose\((\d{4}), /g)) used.add(code);
  }
  const said = [...TEXT.matchAll(/^\| ([14]0\d\d) \|/gm)].map(([, code]) => code);
  assertEquals(said, [...used].sort());
});
