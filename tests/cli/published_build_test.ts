/**
 * From nothing to production, as published: create, build, start, as the tasks of a new project call them.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Machine } from "../support/machine.ts";

Deno.test("create, task build and task start, as published, with Tailwind", async () => {
  await using machine = await Machine.start();
  await machine.done(".", "run", "-A", "jsr:@vango/cli", "create", "shop", "--with-tailwind");
  const built = await machine.done("shop", "task", "build");
  assertMatch(built, /\/styles\.[0-9a-f]{8,}\.css +\d/);
  assertStringIncludes(built, "Built dist/ in ");
  assertEquals(built.includes("warning"), false, built);
  const project = `${machine.root}/shop`;
  const { files } = JSON.parse(await Deno.readTextFile(`${project}/dist/manifest.json`));
  const server = await machine.serve("shop", ["task", "start"]);
  try {
    const html = await (await fetch(server.url)).text();
    const { url, integrity } = files["/styles.css"];
    assertStringIncludes(html, `href="${url}" integrity="${integrity}"`);
    const sheet = await fetch(new URL(url, server.url));
    assertEquals(sheet.headers.get("cache-control"), "public, max-age=31536000, immutable");
    const css = await sheet.text();
    assertStringIncludes(css, ".inline-flex{");
    assert(css.length < (await Deno.readTextFile(`${project}/public/styles.css`)).length);
  } finally {
    await server.close();
  }
  await machine.done("shop", "run", "-A", "jsr:@vango/cli", "gen", "openapi", "--out", "openapi.json");
  const { paths } = JSON.parse(await Deno.readTextFile(`${project}/openapi.json`));
  assert("/api/health" in paths, JSON.stringify(paths));
});
