/** The registry: each error has one entry, that is whole; and what finds and prints them. @module */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  entryOf,
  ERRORS,
  findError,
  formatEntry,
  formatError,
  pageOf,
  reportError,
  VangoError,
} from "../../errors/mod.ts";
import { ErrorCode, ProtocolError } from "../../protocol/mod.ts";
import { errorsPage } from "../../tools/gen_errors.ts";
import { ROOT } from "../../tools/_process.ts";

Deno.test("findError() gives undefined for what is no error", () => {
  assertEquals(findError("E000"), undefined);
  assertEquals(findError(""), undefined);
  assertEquals(findError("constructor"), undefined);
  assertEquals(findError(0x7fff), undefined);
});

Deno.test("findError() finds by code in any case, by name and by the protocol's number", () => {
  for (const by of ["E141", "e141", "not-a-project", "Not-A-Project"]) {
    assertEquals(findError(by)?.code, "E141");
  }
  assertEquals(findError(0x10)?.name, "wire-too-large");
});

Deno.test("the registry holds more than fifty errors, each whole and once", () => {
  assert(ERRORS.length >= 50, `${ERRORS.length}`);
  const codes = ERRORS.map(({ code }) => code);
  const names = ERRORS.map(({ name }) => name);
  assertEquals(codes, [...new Set(codes)].sort());
  assertEquals(new Set(names).size, names.length);
  for (const { code, name, title, cause, fix } of ERRORS) {
    assertMatch(code, /^E\d{3}$/);
    assertMatch(name, /^[a-z]+(-[a-z]+)*$/);
    assertMatch(title, /^\S.{9,90}[^.]$/, `the title of ${code}`);
    assertMatch(cause, /^\S.{15,}\.$/, `the cause of ${code}`);
    assertMatch(fix, /^\S.{9,}\.$/, `the fix of ${code}`);
  }
});

Deno.test("every number of the protocol has its entry, and no other has one", () => {
  assertEquals(
    ERRORS.flatMap(({ wire }) => wire ?? []).sort((a, b) => a - b),
    Object.values<number>(ErrorCode).sort((a, b) => a - b),
  );
});

Deno.test("entryOf() takes what is no error of ours as unexpected", () => {
  for (
    const thrown of [null, undefined, "E141", new Error("x"), { code: 16 }, { code: "ENOENT" }, { code: {} }]
  ) {
    assertEquals(entryOf(thrown).name, "unexpected");
  }
  assertEquals(entryOf(Object.assign(new Error("x"), { code: "E001" })).name, "outside-component");
  assertEquals(entryOf(new ProtocolError(0x10, 0)).code, "E067");
});

Deno.test("formatError() writes one line when compact, with the place first", () => {
  const error = new VangoError("config-syntax", "Cannot read vango.json:\n a comma is missing", {
    place: { file: "vango.json", line: 3, column: 5 },
  });
  assertEquals(
    formatError(error, { form: "compact" }),
    "vango.json:3:5: error[E120]: Cannot read vango.json: a comma is missing",
  );
  assertEquals(formatError("broken", { form: "compact" }), "error[E191]: broken");
});

Deno.test("formatError() shows the line between its neighbours, with a caret below the column", () => {
  const error = new VangoError("config-syntax", "Cannot read vango.json: a comma is missing", {
    hint: "Write one after 8000",
    place: { file: "vango.json", line: 3, column: 3, source: '{\n  "port": 8000\n  "host": "x"\n}\n' },
  });
  assertEquals(
    formatError(error),
    `error[E120]: Cannot read vango.json: a comma is missing
  at vango.json:3:3
  2 |   "port": 8000
  3 |   "host": "x"
    |   ^
  4 | }
cause: ${findError("E120")!.cause}
fix:   Write one after 8000
Run "vango explain E120" for more.`,
  );
});

Deno.test("formatError() shows the first and the last line without what is not there", () => {
  const place = (line: number) => ({ file: "f", line, column: 2, source: "ab\n\tcd" });
  assertStringIncludes(
    formatError(new VangoError("config-syntax", "x", { place: place(1) })),
    "\n  1 | ab\n    |  ^\n  2 | \tcd\n",
  );
  assertStringIncludes(
    formatError(new VangoError("config-syntax", "x", { place: place(2) })),
    "\n  1 | ab\n  2 | \tcd\n    | \t^\n",
  );
});

Deno.test("formatError() writes JSON that holds the report", () => {
  const error = new VangoError("port-taken", "Cannot listen on 127.0.0.1:8000: the port is taken");
  const json = formatError(error, { form: "json" });
  assertEquals(json.includes("\n"), false);
  assertEquals(JSON.parse(json), { error: reportError(error) });
  assertEquals(JSON.parse(json).error.code, "E092");
  assertEquals(JSON.parse(json).error.docs, "docs/errors.md#e092");
});

Deno.test("formatEntry() has the example, indented", () => {
  const text = formatEntry(findError("E002")!);
  assertStringIncludes(text, "E002 no-view\nA component's setup returned no view\n\ncause: ");
  assertStringIncludes(text, "\n    component(() => {\n");
});

Deno.test("docs/errors.md is made of the registry, with an anchor for each error", async () => {
  const page = await Deno.readTextFile(`${ROOT}/docs/errors.md`);
  assertEquals(page, errorsPage(ERRORS));
  for (const entry of ERRORS) {
    assertStringIncludes(page, `\n## ${pageOf(entry).split("#")[1].toUpperCase()}\n`);
  }
});
