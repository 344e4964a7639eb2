/**
 * What is changed in the text of modules.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { transformModule } from "../../cli/dev/transform.ts";

const IMPORT =
  'import { signal, computed, resource, component, createContext, effect } from "@vango/core";\n';

function names(code: string, imports = IMPORT): string {
  const made = transformModule(imports + code);
  assertEquals(made.slice(0, imports.length), imports);
  return made.slice(imports.length);
}

Deno.test("transformModule() names signals after what they are assigned to", () => {
  for (
    const [code, wanted] of [
      ["const count = signal(0);", 'const count = signal(0, { name: "count" });'],
      ["let a = signal();", 'let a = signal(undefined, { name: "a" });'],
      ["const b = signal([1, [2, 3]]);", 'const b = signal([1, [2, 3]], { name: "b" });'],
      ["const s = signal('a,b)');", "const s = signal('a,b)', { name: \"s\" });"],
      ["const t = signal(`x${ `y,${1}` })`);", 'const t = signal(`x${ `y,${1}` })`, { name: "t" });'],
      ["const r = signal(/[/)]\\//.source);", 'const r = signal(/[/)]\\//.source, { name: "r" });'],
      ["const d = signal(4 / 2 / 1);", 'const d = signal(4 / 2 / 1, { name: "d" });'],
      ["const c = signal(0 /* , */);", 'const c = signal(0, { name: "c" } /* , */);'],
      ["const e = signal(\n  0,\n);", 'const e = signal(\n  0, { name: "e" },\n);'],
      ["const o = signal(0, { transient: true });", 'const o = signal(0, { name: "o", transient: true });'],
      ['const o = signal(0, { name: "mine" });', 'const o = signal(0, { name: "o", name: "mine" });'],
      ["const o = signal(0, options);", "const o = signal(0, options);"],
      ["this.x = signal(0);", 'this.x = signal(0, { name: "x" });'],
      ["class A { x = signal(0); }", 'class A { x = signal(0, { name: "x" }); }'],
      ["return { x: signal(0), y };", 'return { x: signal(0, { name: "x" }), y };'],
      ["const x = ok ? a : signal(0);", "const x = ok ? a : signal(0);"],
      ["const x = [signal(0)];", "const x = [signal(0)];"],
      ["const x = other.signal(0);", "const x = other.signal(0);"],
      [
        "const double = computed(() => a.value * 2);",
        'const double = computed(() => a.value * 2, { name: "double" });',
      ],
      ["const data = resource(async () => 1);", 'const data = resource(async () => 1, { name: "data" });'],
      ["const Theme = createContext('a');", "const Theme = createContext('a', \"Theme\");"],
      ["const A = component(() => () => null);", 'const A = component(() => () => null, { name: "A" });'],
      ["const A = component(function B() {});", "const A = component(function B() {});"],
      ["const A = component(setup);", "const A = component(setup);"],
      ["// const count = signal(0);", "// const count = signal(0);"],
      ['"const count = signal(0)";', '"const count = signal(0)";'],
    ]
  ) assertEquals(names(code), wanted);
});

Deno.test("transformModule() knows what is imported under other names, and leaves alone what is not", () => {
  const aliased = 'import { signal as s } from "jsr:@vango/core@^0.1.0";\n';
  assertEquals(names("const a = s(0);", aliased), 'const a = s(0, { name: "a" });');
  const whole = 'import * as vango from "@vango/core";\n';
  assertEquals(names("const a = vango.signal(0);", whole), 'const a = vango.signal(0, { name: "a" });');
  const behind = '/**\n * What it is.\n */ import { signal } from "@vango/core";\n';
  assertEquals(names("const a = signal(0);", behind), 'const a = signal(0, { name: "a" });');
  const own = 'import { signal } from "./signal.ts";\n';
  assertEquals(names("const a = signal(0);", own), "const a = signal(0);");
  const elements = 'import { p } from "@vango/core/elements";\n';
  assertEquals(names("const a = signal(0);", elements), "const a = signal(0);");
});

Deno.test("transformModule() gives up on brackets that do not match", () => {
  assertEquals(names("const a = signal(0)); ("), "const a = signal(0)); (");
  assertEquals(names("const a = signal(`"), "const a = signal(`");
});

Deno.test("transformModule() keeps what a module declares at its top, in its line", () => {
  const made = transformModule(
    `${IMPORT}export const A = component(() => {\n  const n = signal(0);\n  return () => null;\n});\n` +
      "export default component(() => () => null);\nconst n = signal(1);\n",
    { hot: "HOT" },
  );
  assertEquals(
    made,
    `const $vango = HOT; ${IMPORT}export const A = $vango.keep("component", "A", component(() => {\n` +
      '  const n = signal(0, { name: "n" });\n  return () => null;\n}, { name: "A" }));\n' +
      'export default $vango.keep("component", "default", component(() => () => null));\n' +
      'const n = $vango.keep("signal", "n", signal(1, { name: "n" }));\n',
  );
});

const CALL = `export default component(() => () => "hello");`;

for (
  const [what, before] of [
    ["at its start", ""],
    ["after a comment on a line of its own", "/** What it is. */\n"],
    ["after a comment, on its last line, where Deno puts it", "/**\n * What it is.\n */ "],
    ["after another import", `import { p } from "@vango/core/elements";\n`],
  ]
) {
  Deno.test(`transformModule() sees the import of a module ${what}`, () => {
    const source = `${before}import { component } from "@vango/core";\n${CALL}\n`;
    assertEquals(
      transformModule(source, { hot: "HOT" }).includes(`$vango.keep("component", "default", component(`),
      true,
    );
  });
}

Deno.test("transformModule() leaves a module alone that imports something else", () => {
  const source = `/** component from @vango/core */ import { component } from "./mine.ts";\n${CALL}\n`;
  assertEquals(transformModule(source, { hot: "HOT" }), source);
});
