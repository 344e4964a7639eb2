/**
 * Serves one of the pages here in a process of its own: `serve.ts counter`. The port is PORT, the secret VANGO_SECRET.
 *
 * @module
 */
import { createApp } from "../../../mod.ts";
import { counterPage } from "./counter.ts";
import { FormPage } from "./form.ts";
import { TablePage } from "./table.ts";
import { typingPage } from "./typing.ts";

const PAGES = { counter: counterPage().page, form: FormPage, table: TablePage, typing: typingPage().page };

createApp({ page: PAGES[Deno.args[0] as keyof typeof PAGES] }).serve();
