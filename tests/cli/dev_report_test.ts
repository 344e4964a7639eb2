/** What the overlay and the terminal say of an error: hints that fit, and places that Deno does not tell. @module */
import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { VangoError } from "@vango/core/errors";
import { reportOf } from "../../cli/dev/report.ts";
import { inFolder } from "./_vango.ts";

const context = { pathOf: () => undefined, short: (path: string) => path.replace(/^.*\//, "") };

Deno.test("reportOf() takes no error that expected something for one of the parser", () => {
  const error = new TypeError('Cannot make a path of "/items/:id": expected a string, got undefined');
  assertEquals(reportOf(error, context, "title").hint, undefined);
  assertEquals(
    reportOf(new SyntaxError("Expected ',', got ';'"), context, "title").hint?.slice(0, 24),
    "The parser stopped here;",
  );
});

Deno.test("reportOf() has the registry's advice for an error of Vango without one of its own", () => {
  const error = new VangoError("invalid-param", "Cannot make a path");
  assertEquals(reportOf(error, context, "title").hint, "Pass the value that the pattern asks for.");
  const own = new VangoError("invalid-param", "Cannot make a path", { hint: "Take 7." });
  assertEquals(reportOf(own, context, "title").hint, "Take 7.");
});

Deno.test("reportOf() says that what only a browser has is not on the server", () => {
  const { hint } = reportOf(new ReferenceError("document is not defined"), context, "title");
  assertEquals(hint?.slice(0, 62), "There is no document here: this code runs on the server. The v");
});

Deno.test("reportOf() finds the import of a module that is not there, where Deno does not", async () => {
  await inFolder(
    { "page.ts": '/** A page. */\nimport { items } from "./itemz.ts";\n', "items.ts": "" },
    (cwd) => {
      const error = new TypeError(`Module not found "${pathToFileURL(`${cwd}/itemz.ts`)}".`);
      error.stack = ""; // else it has this file
      const { message, line, column, hint } = reportOf(error, context, "title", `${cwd}/page.ts`);
      assertEquals(message, "page.ts imports itemz.ts, which is not there");
      assertEquals([line, column, hint], [2, 26, "Did you mean items.ts?"]);
      // Who imports it is not known when it is not the module that was being loaded.
      const other = reportOf(error, context, "title", `${cwd}/items.ts`);
      assertEquals([other.line, other.hint], [undefined, undefined]);
      return Promise.resolve();
    },
  );
});
