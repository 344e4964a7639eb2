/**
 * Tailwind: which words of a source may be classes, and the style sheet that comes of them.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { findCandidates } from "../../cli/tailwind/candidates.ts";
import { makeCss, TAILWIND } from "../../cli/tailwind/mod.ts";
import { VangoError } from "../../mod.ts";
import { DevApp } from "./_dev_app.ts";
import { makeProject, page, SMALL } from "./_project.ts";
import { inFolder } from "./_vango.ts";

/** Whether a text names a class. */
const names = (text: string, name: string) => findCandidates(text).has(name);

Deno.test("findCandidates() finds nothing in nothing, and ends at brackets that do not match", () => {
  assertEquals([...findCandidates("")], []);
  assertEquals([...findCandidates("\n \t\"'")], []);
  assertEquals(names("bg-[red flex", "flex"), true);
  assertEquals(names("x[[[[[(((", "x"), true);
  assertEquals(names("[".repeat(5000) + " flex", "flex"), true);
});

Deno.test("findCandidates() finds classes in every way that they are written", () => {
  const wanted = [
    "flex",
    "hover:bg-accent/10",
    "w-[3ch]",
    "md:grid-cols-[1fr_auto_minmax(0,2fr)]",
    "bg-[url('/a_b.png')]",
    'content-["\\201C"]',
    "[&>svg]:w-4",
    "[mask-type:luminance]",
    "group-data-[state=open]:block",
    "supports-[display:grid]:grid",
    "-mt-1.5",
    "!p-0",
    "p-0!",
    "@container",
    "@md:p-2",
    "*:p-4",
    "bg-(--my-color)",
    "before:content-['a,b;c']",
    "w-1/2",
    "2xl:text-xl",
  ];
  const ways = [
    (name: string) => `div({ class: \`a ${name} b\` })`,
    (name: string) => `["x",'y', \`${name}\`]`,
    (name: string) => `open&&\`${name}\`||z`,
    (name: string) => `<p class=\`${name}\`>`,
    (name: string) => `cond?\`${name}\`:\`other\``,
    (name: string) => `a\n${name}\nb`,
  ];
  for (const name of wanted) {
    for (const way of ways) assert(names(way(name), name), `${name} in ${way(name)}`);
  }
  assert(names('["flex","grid"]', "grid"), "a list without spaces");
  assert(names("// We use mt-4, p-2. And flex!", "p-2"), "a sentence");
});

Deno.test("findCandidates() looks no further than a class is long, so that time grows with the text alone", () => {
  const within = `w-[${"1".repeat(290)}]`;
  assert(names(within, within));
  const beyond = `w-[${"1".repeat(300)}]`;
  assertEquals(names(beyond, beyond), false);
  assert([...findCandidates(`x${"a[".repeat(20_000)}`)].every((name) => name.length <= 300));
});

Deno.test("makeCss() says what is wrong with the input", async () => {
  const files = {
    "bad.css": "@import 'tailwindcss'; .a { @apply no-such-utility; }",
    "import.css": "@import './none.css';",
    "plugin.css": "@import 'tailwindcss'; @plugin '@tailwindcss/typography';",
  };
  await inFolder(files, async (root) => {
    const wrong = async (input: string) => {
      const error = await assertRejects(() => makeCss({ root, input }), VangoError);
      assertEquals(error.code, "tailwind");
      return error.what;
    };
    assertEquals(await wrong("none.css"), "Cannot make the style sheet of none.css: there is no such file");
    assertMatch(await wrong("bad.css"), /^Cannot make the style sheet of bad\.css: .*no-such-utility/);
    assertMatch(await wrong("import.css"), /none\.css/);
    assertMatch(await wrong("plugin.css"), /has no version: @plugin "npm:@tailwindcss\/typography@1\.0\.0"/);
  });
});

Deno.test("makeCss() has the utilities that the sources name, and no others", async () => {
  const files = {
    "styles/app.css":
      '@import "tailwindcss";\n@import "./own.css";\n@source "../words.txt";\n@source not "../old";\n@source inline("underline");\n',
    "styles/own.css": ".own { @apply font-bold; }\n@theme { --color-brand: #1d3fbb; }\n",
    "a.ts": 'div({ class: "flex w-[3ch] hover:underline bg-brand/50" }, open && "mt-4", [`p-2`])',
    "components/deep/card.tsx": "export const Card = () => <div className='rounded-[7px] md:grid'>x</div>;",
    "words.txt": "text-[13px]",
    "old/b.ts": '"bg-red-500"',
    "node_modules/x/b.ts": '"bg-red-500"',
    "a_test.ts": '"bg-red-500"',
    "dist/manifest.json": '{ "vango": "0.1.0", "files": {} }',
    "dist/c.ts": '"bg-red-500"',
  };
  await inFolder(files, async (root) => {
    const { css, files } = await makeCss({ root, input: "styles/app.css" });
    const rules = [
      ".flex",
      ".w-\\[3ch\\]",
      ".hover\\:underline:hover",
      ".bg-brand\\/50",
      ".mt-4",
      ".p-2",
      ".own",
      ".rounded-\\[7px\\]",
      ".md\\:grid",
      ".text-\\[13px\\]",
      ".underline",
    ];
    for (const rule of rules) assertStringIncludes(css, `${rule} {`);
    assertStringIncludes(css, "border-radius: 7px");
    assertEquals(css.includes("bg-red-500"), false);
    assertEquals(files.map((path) => path.slice(root.length + 1)), [
      "a.ts",
      "components/deep/card.tsx",
      "styles/app.css",
      "styles/own.css",
      "words.txt",
    ]);
  });
});

Deno.test("makeCss() loads a plugin that is a file", async () => {
  const files = {
    "app.css":
      '@import "tailwindcss" source(none);\n@plugin "./plugin.js";\n@source inline("tilted flex");\n',
    "plugin.js": 'export default ({ addUtilities }) => addUtilities({ ".tilted": { rotate: "3deg" } });\n',
    "a.ts": '"grid"',
  };
  await inFolder(files, async (root) => {
    const { css } = await makeCss({ root, input: "app.css" });
    assertStringIncludes(css, "rotate: 3deg");
    assertEquals(css.includes(".grid {"), false);
  });
});

Deno.test("Tailwind is named once", () => {
  const { imports } = JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)));
  assertEquals(imports.tailwindcss, TAILWIND);
});

Deno.test("build makes the style sheet where vango.json says so, and leaves the sources as they are", async () => {
  const { "public/styles.css": _, ...small } = SMALL;
  await using project = await makeProject({
    ...small,
    "vango.json": '{ "tailwind": { "enabled": true } }',
    "routes/index.ts": page("Hello").replace("p(", 'p({ class: "mt-[7px] text-red-500" }, '),
    "components/badge.ts": 'export const badge = "rounded-full";\n',
  });
  const none = await project.vango("build", "--fix", "--no-check");
  assertStringIncludes(
    none.err,
    "error[E124]: Cannot make the style sheet of styles/app.css: there is no such file",
  );
  await project.write("styles/app.css", '@import "tailwindcss";\n');
  const { code, err, out } = await project.vango("build", "--no-check", "--json");
  assertEquals(code, 0, err);
  const css = await project.read("dist/public/styles.css");
  for (const rule of [".mt-\\[7px\\]{margin-top:7px}", ".rounded-full{", ".text-red-500{"]) {
    assertStringIncludes(css, rule);
  }
  assertEquals(await project.list("public"), []);
  const { manifest, warnings } = JSON.parse(out);
  assertEquals(manifest.files["/styles.css"].bytes, css.length);
  assertEquals(warnings, []);
  // A style sheet that development wrote is not another version of the sources.
  await project.write("public/styles.css", "/* of development */");
  const again = await project.vango("build", "--no-check", "--json");
  assertEquals(JSON.parse(again.out).manifest, manifest);
});

Deno.test("build refuses a style sheet that would not be served", async () => {
  await using project = await makeProject({
    ...SMALL,
    "vango.json": '{ "tailwind": { "enabled": true, "output": "styles.css" } }',
    "styles/app.css": '@import "tailwindcss";\n',
  });
  const { err } = await project.vango("build", "--fix");
  assertStringIncludes(err, "error[E124]: Cannot write styles.css: it is not in public");
});

Deno.test("dev makes the style sheet, again after each edit that names other classes, and says what is wrong with it", async () => {
  await using app = await DevApp.start({
    "vango.json": '{ "tailwind": { "enabled": true } }',
    "styles/app.css": '@import "tailwindcss";\n',
    "main.ts": `import { createApp } from "@vango/core";
import { link } from "@vango/core/elements";
import { routes } from "./routes.gen.ts";

createApp({ routes, static: "public", head: () => [link({ rel: "stylesheet", href: "/styles.css" })] }).serve();
`,
    "routes/index.ts": page("Hello").replace("p(", 'p({ class: "mt-[7px]" }, '),
    "public/robots.txt": "",
  });
  const css = async () => await (await fetch(`${app.origin}/styles.css`)).text();
  assertStringIncludes(await css(), "margin-top: 7px");
  await app.edit("routes/index.ts", "mt-[7px]", "mt-[8px]");
  await app.until("public/styles.css: style sheets were swapped");
  const next = await css();
  assertStringIncludes(next, "margin-top: 8px");
  assertEquals(next.includes("margin-top: 7px"), false);
  await app.write("styles/app.css", '@import "tailwindcss";\n.a { @apply no-such; }\n');
  await app.until("Cannot make the style sheet of styles/app.css");
  assertStringIncludes(await css(), "margin-top: 8px");
  await app.write("styles/app.css", '@import "tailwindcss";\n.a { @apply mt-[9px]; }\n');
  await app.until("public/styles.css: style sheets were swapped", 2);
  assertStringIncludes(await css(), "margin-top: 9px");
});
