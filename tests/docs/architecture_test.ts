/**
 * What docs/architecture.md says of the code, held against the code: imports, files, links, worked examples.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, each, raw, signal, trustHtml } from "../../mod.ts";
import { customElement } from "../../vdom/custom_element.ts";
import { button, div, h1, li, p, textarea, ul } from "../../vdom/elements.ts";
import { wrongArrows } from "../../tools/imports.ts";
import { openPage } from "../support/loopback.ts";
import { documents, fileLinks, readDocument, ROOT, tableUnder } from "./_documents.ts";

const ARCHITECTURE = "docs/architecture.md";

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile || info.isDirectory, () => false);
}

Deno.test("links between documents lead to files", async () => {
  const missing: string[] = [];
  for (const path of await documents()) {
    for (const link of fileLinks(await readDocument(path))) {
      const target = new URL(link, `file://${ROOT}/${path}`);
      if (!await isFile(target.pathname)) missing.push(`${path}: ${link}`);
    }
  }
  assertEquals(missing, []);
});

Deno.test("the import table is the one that is enforced", async () => {
  const rows = tableUnder(await readDocument(ARCHITECTURE), "Modules");
  const allowed = new Map<string, string[]>();
  for (const [modules, may] of rows) {
    for (const module of modules.split(", ")) allowed.set(module, may === "-" ? [] : may.split(", "));
  }
  const wrong: string[] = [];
  for (const [module, may] of allowed) {
    for (const target of [...allowed.keys(), "client/dist"]) {
      if (target === module) continue;
      for (const types of [false, true]) {
        const to = target.includes("/") ? `${target}.ts` : `${target}/x.ts`;
        const documented = may.includes(target) || may.includes(`${target}.ts`) ||
          target === "client/dist" && may.includes("client") || types && may.includes(`types of ${target}`);
        if (target === "client/dist" && module === "client") continue;
        const enforced = wrongArrows([{ from: `${module}/x.ts`, to, types }]).length === 0;
        if (documented !== enforced) wrong.push(`${module} -> ${to}${types ? " (types)" : ""}: ${enforced}`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the files that it names are there", async () => {
  const text = await readDocument(ARCHITECTURE);
  const missing: string[] = [];
  for (const [path] of text.matchAll(/\b[a-z]+(?:\/[a-z_]+)+\.ts\b/g)) {
    if (!await isFile(`${ROOT}/${path}`)) missing.push(path);
  }
  for (const [folder, files] of tableUnder(text, "Where things are")) {
    for (const [name] of files.matchAll(/\b[a-z_]+\.ts\b/g)) {
      if (!await isFile(`${ROOT}/${folder}${name}`)) missing.push(folder + name);
    }
  }
  assertEquals(missing, []);
});

Deno.test("the worked examples of numbers are numbered so", async () => {
  const text = await readDocument(ARCHITECTURE);
  const shows = (html: string) => assertEquals(text.includes(html), true, `The document lacks ${html}`);

  const Counter = component(() => {
    const count = signal(0);
    return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
  });
  await using counter = await openPage(Counter());
  shows(counter.html);
  assertEquals(counter.session.runtime.tree.next - 1, 5);

  const Odd = component(() => () =>
    div(raw(trustHtml("<b>x</b>")), "after", textarea("hi"), p(), customElement("my-map"))
  );
  await using odd = await openPage(Odd());
  shows(odd.html);
  assertEquals(odd.session.runtime.tree.next - 1, 7);

  const names = signal(["a", "b"]);
  const List = component(() => () => each(names, (name) => name, (name) => li(name)));
  await using list = await openPage(ul(List()));
  shows(list.html);
  assertEquals(list.session.runtime.tree.next - 1, 5);
  names.value = ["a", "x", "b"];
  list.endTurn();
  list.deliverDown();
  shows(list.html);
  assertEquals(list.session.runtime.tree.next - 1, 7);
});
