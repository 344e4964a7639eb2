/**
 * What a user types, as published: a registry on this machine serves the packages, and Deno has a cache of its own.
 *
 * Packages of npm come from the cache of these tests, so nothing is asked of the network.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Feature, FEATURES, type TemplateName, TEMPLATES } from "../../cli/templates.ts";
import { seconds } from "../../tools/_process.ts";
import { Machine } from "../support/machine.ts";
import { isNight } from "../support/night.ts";

/** Looks at a page and its style sheet, as a browser gets them. */
async function look(url: string, title: string): Promise<void> {
  const page = await fetch(url);
  const html = await page.text();
  assertEquals(page.status, 200, html);
  assertStringIncludes(html, `<title>${title}</title>`);
  const sheet = /<link[^>]*href="([^"]+\.css[^"]*)"/.exec(html)?.[1];
  assert(sheet !== undefined, "the page has no style sheet");
  const css = await fetch(new URL(sheet, url));
  assertEquals(css.status, 200);
  assertMatch(css.headers.get("content-type") ?? "", /^text\/css/);
  assertStringIncludes(await css.text(), ".button");
  for (const path of ["/nowhere", "/../deno.json", "/%2e%2e/deno.json", "/main.ts"]) {
    const lost = await fetch(new URL(path, url));
    assertEquals(lost.status, 404, path);
    await lost.body?.cancel();
  }
}

Deno.test("create, as published: from nothing to the first page", async () => {
  await using machine = await Machine.start();
  const start = performance.now();
  const made = await machine.done(".", "run", "-A", "jsr:@vango/cli", "create", "my-app");
  assertStringIncludes(made, "Made my-app (standard): ");
  const created = performance.now() - start;
  const server = await machine.serve("my-app", ["task", "dev"]);
  try {
    await look(server.url, "My app");
    const ms = performance.now() - start;
    console.log(`create to first page, nothing cached but npm: ${seconds(ms)} (create ${seconds(created)})`);
    assert(ms < 60_000, `it took ${seconds(ms)}`);
  } finally {
    await server.close();
  }
});

Deno.test("the command line as published: its other names, its exit codes, its errors as JSON", async () => {
  await using machine = await Machine.start();
  assertMatch(await machine.done(".", "x", "-y", "jsr:@vango/cli", "version"), /^vango \d+\.\d+\.\d+$/m);
  const unknown = await machine.deno(".", "run", "-A", "jsr:@vango/cli", "creat", "--json");
  assertEquals(unknown.code, 2);
  assertEquals(jsonIn(unknown.output).error.code, "E140");
  const outside = await machine.deno(".", "run", "-A", "jsr:@vango/cli", "test", "--json");
  assertEquals(outside.code, 1);
  assertEquals(jsonIn(outside.output).error.code, "E141");
});

/** The line of an output that is JSON; others tell what was loaded. */
// deno-lint-ignore no-explicit-any -- each test knows what it asked for
function jsonIn(output: string): any {
  return JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? output);
}

/** By day the four templates and what can be added once; by night every choice. */
function plans(): (readonly [TemplateName, readonly Feature[]])[] {
  const names = Object.keys(TEMPLATES) as TemplateName[];
  if (!isNight()) {
    return [
      ["minimal", []],
      ["standard", []],
      ["full", []],
      ["api", []],
      ["standard", ["tailwind", "db", "auth"]],
    ];
  }
  return names.flatMap((name) =>
    [...Array(1 << FEATURES.length).keys()].map((bits) =>
      [name, FEATURES.filter((_, i) => bits & 1 << i)] as const
    )
  );
}

Deno.test("every template has no lint, type-checks, passes its tests and serves", async (t) => {
  await using machine = await Machine.start();
  for (const [template, features] of plans()) {
    const name = [template, ...features].join("-");
    await t.step(name, async () => {
      const flags = features.map((feature) => `--with-${feature}`);
      await machine.done(".", "run", "-A", "jsr:@vango/cli", "create", name, "-t", template, ...flags);
      await machine.done(name, "lint");
      // The tests import the application, so they type-check it; by night what nothing imports is checked too.
      if (isNight()) await machine.done(name, "check");
      const tests = await machine.done(name, "task", "test");
      assertMatch(tests, /ok \| \d+ passed \| 0 failed/);
      assertEquals(tests.includes('"level":"warn"'), false, tests);
      const doctor = jsonIn(await machine.done(name, "run", "-A", "jsr:@vango/cli", "doctor", "--json"));
      assertEquals(doctor.checks.filter((check: { status: string }) => check.status === "fail"), []);
      const server = await machine.serve(name, ["run", "-A", "main.ts"]);
      try {
        await look(server.url, name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " "));
      } finally {
        await server.close();
      }
    });
  }
});
