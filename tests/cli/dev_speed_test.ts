/**
 * A hundred edits of an application of 500 files, in Chromium: how long each takes from the write to the patched DOM, and what
 * they cost in memory.
 *
 * The line of the framework is 300 ms at the 95th percentile; it is printed. The test fails only where a machine that is busy
 * with other things could not be the reason.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest } from "../browser/support/browser.ts";
import { DevApp, mark, openLive, watchSockets } from "./_dev_app.ts";

const FILES = 500;
const EDITS = 100;
/** Four times the line. */
const LIMIT_MS = 1200;

/** 60 routes, 300 components (40 of them on the page), 130 helpers; one helper is everybody's. */
function application(): Record<string, string> {
  const files: Record<string, string> = {
    "main.ts": `
import { createApp } from "@vango/core";
import { routes } from "./routes.gen.ts";
createApp({ routes, title: "Speed" }).serve();
`,
    "lib/shared.ts": `export const shared = (n: number): string => \`shared \${n} v0\`;\n`,
    "routes/_layout.tsx": `
import { component, type LayoutProps } from "@vango/core";
export default component<LayoutProps>((props) => () => <div><header id="layout">layout v0</header>{props.children}</div>);
`,
    "routes/api/memory.ts": `
export const GET = () => {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = Deno.memoryUsage();
  return { pid: Deno.pid, rss, heap: heapUsed };
};
`,
  };
  const padding = "// What a file has besides, so that it is as long as files are.\n".repeat(40);
  for (let i = 0; i < 130; i++) {
    files[`lib/h${i}.ts`] = `${padding}export const h${i} = (n: number): number => n + ${i};\n`;
  }
  for (let i = 0; i < 300; i++) {
    files[`components/c${i}.tsx`] = `
import { component, signal } from "@vango/core";
import { h${i % 130} } from "../lib/h${i % 130}.ts";
import { shared } from "../lib/shared.ts";
${padding}
export const C${i} = component(() => {
  const count = signal(0);
  return () => <p id="c${i}" onClick={() => count.inc()}>c${i} v0 {shared(${i})} {h${
      i % 130
    }(1)} count {count.value}</p>;
});
`;
  }
  files["routes/index.tsx"] = `
import { component } from "@vango/core";
${Array.from({ length: 40 }, (_, i) => `import { C${i} } from "../components/c${i}.tsx";`).join("\n")}
export default component(() => () => <main><h1 id="route">route v0</h1>${
    Array.from({ length: 40 }, (_, i) => `<C${i} />`).join("")
  }</main>);
`;
  for (let i = 0; Object.keys(files).length < FILES - 2; i++) {
    files[`routes/r${i}.tsx`] = `
import { component } from "@vango/core";
import { C${40 + i * 4} } from "../components/c${40 + i * 4}.tsx";
import { C${41 + i * 4} } from "../components/c${41 + i * 4}.tsx";
export default component(() => () => <main><h1>r${i}</h1><C${40 + i * 4} /><C${41 + i * 4} /></main>);
`;
  }
  return files;
}

/** What the edits are: file, the text in it before its version, and the element that shows it. */
const KINDS: readonly { name: string; file: string; text: string; selector: string; share: number }[] = [
  { name: "leaf", file: "components/c7.tsx", text: "c7 v", selector: "#c7", share: 6 },
  { name: "layout", file: "routes/_layout.tsx", text: "layout v", selector: "#layout", share: 1 },
  { name: "route", file: "routes/index.tsx", text: "route v", selector: "#route", share: 1 },
  { name: "helper of one", file: "lib/h9.ts", text: "n + ", selector: "#c9", share: 1 },
  { name: "helper of 166", file: "lib/shared.ts", text: "${n} v", selector: "#c3", share: 1 },
];

/** Resolves with the moment at which an element's text holds another one. */
async function seen(page: Page, selector: string, wanted: string): Promise<{ at: Promise<number> }> {
  const handle = await page.evaluateHandle(([selector, wanted]) => {
    const at = new Promise<number>((resolve) => {
      const look = () => {
        if (!document.querySelector(selector)?.textContent?.includes(wanted)) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });
    return { at };
  }, [selector, wanted]);
  return { at: handle.evaluate(({ at }) => at) };
}

browserTest(`vango dev: ${EDITS} edits of ${FILES} files`, async ({ page }) => {
  const files = application();
  await using app = await DevApp.start(files);
  watchSockets(page);
  await openLive(page, app.origin);
  const total = Object.keys(files).length + 2; // deno.json, routes.gen.ts
  assertEquals(total, FILES);
  for (let i = 0; i < 3; i++) await page.click("#c7");
  await page.getByText("count 3").waitFor();
  const lost = await mark(page, ["#layout", "#route", "#c7", "#c9", "#c3", "main"]);
  type Memory = { pid: number; rss: number; heap: number };
  const memory = async (): Promise<Memory> => await (await fetch(`${app.origin}/api/memory`)).json();
  const before = await memory();

  const times: { name: string; ms: number }[] = [];
  const plan = KINDS.flatMap((kind) => Array(kind.share).fill(kind) as typeof KINDS);
  for (let i = 0; i < EDITS; i++) {
    const { name, file, text, selector } = plan[i % plan.length];
    const source = await Deno.readTextFile(`${app.dir}/${file}`);
    const at = source.indexOf(text) + text.length;
    const version = 1000 + i;
    const edited = source.slice(0, at) + source.slice(at).replace(/^\d+/, String(version));
    const wanted = name === "helper of one" ? ` ${version + 1} ` : `v${version}`;
    const patched = await seen(page, selector, wanted);
    const started = performance.timeOrigin + performance.now();
    await Deno.writeTextFile(`${app.dir}/${file}`, edited);
    times.push({ name, ms: await patched.at - started });
    // As a person does: not while the one before is still being told of.
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const after = await memory();

  const line = (name: string, list: number[]) => {
    const sorted = list.toSorted((a, b) => a - b);
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0);
    return `${name.padEnd(20)} ${String(list.length).padStart(3)} edits  p50 ${at(0.5)} ms  p95 ${
      at(0.95)
    } ms  max ${at(1)} ms`;
  };
  const all = times.map(({ ms }) => ms);
  const p95 = all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)];
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  console.log([
    "",
    ...KINDS.map(({ name }) => line(name, times.filter((time) => time.name === name).map(({ ms }) => ms))),
    line("all", all),
    `300 ms line: ${p95 < 300 ? "held" : "NOT held"}`,
    `memory: rss ${mib(before.rss)} -> ${mib(after.rss)} MiB, heap ${mib(before.heap)} -> ${
      mib(after.heap)
    } MiB, ` +
    `${((after.heap - before.heap) / EDITS / 1024).toFixed(0)} KiB of heap per edit`,
  ].join("\n"));

  assertEquals(after.pid, before.pid);
  assertEquals(await lost(), []);
  assert((await page.locator("#c7").textContent())?.endsWith("count 3"));
  assert(p95 < LIMIT_MS, `p95 is ${p95} ms`);
  // Every version of a module stays in the process: that is what it costs, and no more than that.
  assert(
    after.heap - before.heap < 200 * 2 ** 20,
    `${mib(after.heap - before.heap)} MiB of heap for ${EDITS} edits`,
  );
});
