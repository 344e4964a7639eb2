/**
 * The style sheet of the pages here: plain, readable, of enough contrast.
 *
 * @module
 */
import type { VNode } from "../../../mod.ts";
import { style } from "../../../vdom/elements.ts";

const CSS = `
:root { color-scheme: light dark; --line: #8885; --accent: #0b57d0; --soft: #8881; font: 16px/1.5 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8 } }
* { box-sizing: border-box }
body { margin: 0 }
main { max-width: 56rem; margin: 2rem auto; padding: 0 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem }
button, input, select, textarea { font: inherit; color: inherit; padding: .4rem .65rem; border: 1px solid var(--line); border-radius: .4rem; background: Canvas }
button { cursor: pointer; background: var(--soft); padding: .4rem 1rem }
button:hover { border-color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
input[type=checkbox], input[type=radio] { accent-color: var(--accent); margin: 0 .4rem 0 0 }
input[type=range] { accent-color: var(--accent); padding: 0 }
input[type=color] { padding: .15rem; height: 2.4rem }
form.controls { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem 1.25rem }
form.controls .wide { grid-column: 1 / -1 }
.field { display: grid; gap: .25rem; align-content: start }
.field > :is(input, select, textarea) { width: 100% }
fieldset { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .9rem .75rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem }
fieldset label { display: flex; align-items: center }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem }
output { display: block }
dl.shown { display: grid; gap: .25rem 1rem; margin: 1.5rem 0 0; padding: 1rem; border-radius: .4rem; background: var(--soft) }
dl.shown { grid-template-columns: 10rem 1fr } dl.shown dt { font-weight: 600 } dl.shown dt::first-letter { text-transform: uppercase } dl.shown dd { margin: 0; overflow-wrap: anywhere }
.scroll { max-height: 32rem; overflow: auto; border: 1px solid var(--line); border-radius: .4rem }
table { width: 100%; border-collapse: collapse }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid var(--line) }
thead th { position: sticky; top: 0; background: Canvas }
td.number { width: 5rem; font-variant-numeric: tabular-nums }
td button { padding: .1rem .7rem }
tr.selected td { background: color-mix(in srgb, var(--accent) 15%, transparent) }
`;

/** The elements of the document's head. */
export const head = (): VNode[] => [style(CSS)];
