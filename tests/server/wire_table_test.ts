/**
 * What a table of 1,000 keyed rows costs on the wire, byte for byte: bench/README.md has the figures beside a peer's.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type Child, component, signal } from "../../mod.ts";
import { makeRows, type Row, type RowActions, STEPS } from "../../bench/wire/rows.ts";
import * as functions from "../../bench/wire/table_functions.ts";
import * as jsx from "../../bench/wire/table.tsx";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid } from "../support/raw_client.ts";

/** The page: a click on the label of row 1 takes the next step. */
function pageOf(tableOf: (rows: Row[], actions: RowActions) => Child) {
  return component(() => {
    const rows = signal(makeRows(1, 1001), { transient: true });
    const steps = Object.values(STEPS);
    const actions: RowActions = { choose: () => void (rows.value = steps.shift()!(rows.value)), remove() {} };
    return () => tableOf(rows.value, actions);
  });
}

/** The same page as a server without any framework would send it. */
function plainPage(): string {
  let html = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><table><tbody>';
  for (const { id, label } of makeRows(1, 1001)) {
    html += `<tr id="row-${id}"><td>${id}</td><td><a>${label}</a></td><td><a>x</a></td></tr>`;
  }
  return html + "</tbody></table></body></html>";
}

/** The bytes of each step, exactly. */
const FORMS = [
  { form: "precompiled JSX", tableOf: jsx.tableOf, exact: [605, 11, 38_952] },
  { form: "element functions", tableOf: functions.tableOf, exact: [605, 11, 38_952] },
];

for (const { form, tableOf, exact } of FORMS) {
  Deno.test(`each step of a table of 1,000 rows in ${form} takes exactly this many bytes`, async () => {
    await using server = startApp({ page: pageOf(tableOf) });
    const page = await getPage(server.origin);
    const { client } = await connect(server.origin, page);
    const sizes: number[] = [];
    for (const _ of exact) {
      await client.quiet();
      client.sizes.length = 0;
      client.click(hid(page.html));
      await client.patches();
      sizes.push(client.sizes[0]);
    }
    assertEquals(sizes, exact);
    await client.close();
  });

  Deno.test(`the page of a table of 1,000 rows in ${form} is the plain page, data-hid, and 700 bytes`, async () => {
    await using server = startApp({ page: pageOf(tableOf) });
    const { html } = await getPage(server.origin);
    const bare = html.replace(/ data-hid="\d+ click:1"/g, "");
    assert(bare.includes(/<table>.*<\/table>/.exec(plainPage())![0]));
    const overhead = bare.length - plainPage().length;
    assert(overhead <= 700, `${overhead} bytes`);
  });
}
