/**
 * The look of the gallery, light and dark, from phones to wide screens. No assets: type is the system's own.
 *
 * @module
 */

/** The style sheet; it stands in the page's head under the nonce of its policy. */
export const CSS = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#16181d, #eceef2); --dim: light-dark(#575d6b, #a3aab8);
  --page: light-dark(#f6f6f4, #111317); --card: light-dark(#ffffff, #191c22);
  --line: light-dark(#dfe0e4, #2c313b); --soft: light-dark(#f0f0f5, #21252e);
  --accent: light-dark(#4338ca, #a5b4fc); --on-accent: light-dark(#ffffff, #14162a);
  --glow: light-dark(#eef0ff, #1f2340); --warm: light-dark(#9a3412, #fdba74); --cool: light-dark(#155e75, #67e8f9);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  scroll-padding-top: 4.5rem;
}
*, ::before, ::after { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--page) }
h1, h2, h3, p, ul { margin: 0 }
h1 { font-size: clamp(2.25rem, 6vw, 3.5rem); line-height: 1.05; letter-spacing: -0.035em; font-weight: 750 }
h2 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.02em }
h3 { font-size: 1.0625rem; letter-spacing: -0.01em }
a { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code, samp { font: 0.8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace } samp { font-size: 0.775rem }

.top, main, footer { max-width: 72rem; margin: 0 auto; padding-inline: clamp(1rem, 4vw, 2.5rem) }
.top { padding-block: clamp(2.5rem, 8vw, 5rem) 2rem }
.brand { display: grid; gap: 1rem; justify-items: start }
.brand p { max-width: 34rem; font-size: 1.125rem; color: var(--dim); text-wrap: pretty }
.brand .bar { align-items: center; gap: .75rem 1.25rem }
.brand .heard-of { font-size: .9375rem; font-variant-numeric: tabular-nums } .heard-of b { color: var(--ink) }
footer { padding-block: 3rem 4rem; color: var(--dim); font-size: .875rem }

nav { position: sticky; top: 0; z-index: 2; display: flex; gap: .25rem; overflow-x: auto;
  padding: .5rem max(clamp(1rem, 4vw, 2.5rem) - .65rem, (100% - 72rem) / 2 + clamp(1rem, 4vw, 2.5rem) - .65rem);
  background: color-mix(in srgb, var(--page) 88%, transparent); backdrop-filter: blur(10px); border-block: 1px solid var(--line) }
nav a { padding: .4rem .65rem; border-radius: .5rem; color: var(--ink); text-decoration: none; font-weight: 550; white-space: nowrap }
nav a:hover { background: var(--soft) }
.count { display: inline-block; min-width: 1.75em; padding: 0 .45em; border-radius: 1em; text-align: center; font-size: .75rem; line-height: 1.6;
  font-weight: 600; font-variant-numeric: tabular-nums; color: var(--dim); background: var(--soft) }

.part { padding: 3.5rem 0 1.25rem; display: grid; gap: .35rem }
.part p { color: var(--dim); text-wrap: pretty }
.cards { display: grid; gap: 1rem }
.card { display: grid; gap: 1.25rem; padding: clamp(1rem, 3vw, 1.5rem); background: var(--card); border: 1px solid var(--line); border-radius: 1rem; min-width: 0 }
.act { display: grid; gap: .35rem; align-content: start; min-width: 0 }
.hint { color: var(--dim); font-size: .9375rem; text-wrap: pretty }
.stage { display: grid; gap: .75rem; justify-items: start; margin-top: .75rem; min-width: 0 }
@media (min-width: 52rem) {
  #events .card { grid-template-columns: 18rem minmax(0, 1fr); gap: 2.5rem }
  #controls .cards, #modifiers .cards { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  #patches .cards { grid-template-columns: repeat(3, minmax(0, 1fr)) }
  #events .stage { position: sticky; top: 5rem }
}
:is(#controls, #modifiers, #patches) .card { grid-template-rows: 1fr auto }

.rows { list-style: none; padding: 0; min-width: 0 }
.row { display: grid; grid-template-columns: auto auto 1fr; gap: .1rem .6rem; align-items: baseline; padding: .55rem 0; border-top: 1px solid var(--line) }
#events .row:first-child { border-top: 0; padding-top: 0 }
.row .name { font-weight: 600 }
.row .what { font-size: .875rem; color: var(--dim); text-wrap: pretty }
.row .last { grid-column: 1 / -1; min-height: 1.5em; color: var(--ink); overflow-wrap: anywhere }
.row .last:empty::before { content: "nothing yet"; color: var(--dim) }
.row.heard .name { color: var(--accent) }
.row.heard .count { color: var(--on-accent); background: var(--accent) }
@media (max-width: 40rem) { nav .count { display: none } .row { grid-template-columns: auto 1fr } .row .count { justify-self: start } .row .what { grid-column: 1 / -1 } }

button, input, select, textarea { font: inherit; color: inherit }
button, input:is([type=submit], [type=reset], [type=button]), .chip { padding: .45rem .95rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--soft); font-weight: 550; cursor: pointer }
button:hover, input:is([type=submit], [type=reset], [type=button]):hover { border-color: var(--accent) }
button:active { translate: 0 1px }
.tally, #press { color: var(--on-accent); background: var(--accent); border-color: transparent }
.small { padding: .25rem .7rem; font-size: .875rem }
.busy { opacity: .75 }
input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file], [type=image], [type=submit], [type=reset], [type=button]), select, textarea {
  display: block; width: 100%; max-width: 20rem; padding: .45rem .7rem; border: 1px solid light-dark(#8b90a0, #646b7a); border-radius: .6rem; background: var(--page) }
input:is([type=checkbox], [type=radio]) { width: 1.1rem; height: 1.1rem; margin: 0; vertical-align: -.15em }
input { accent-color: var(--accent) }
input[type=range] { display: block; width: 100%; max-width: 20rem }
input[type=color] { display: block; width: 4rem; height: 2.4rem; padding: .2rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--page) }
input[type=file] { display: block; max-width: 100% }
label { display: block; width: 100%; font-size: .9375rem; font-weight: 550 }
label.inline { display: inline-block; width: auto; font-weight: 450; margin-right: 1rem }
label:not(.inline) > * { margin-top: .3rem; font-weight: 400 }
fieldset { border: 1px solid var(--line); border-radius: .6rem; padding: .4rem .9rem .6rem; margin: 0 }
legend { padding: 0 .3rem; font-size: .875rem; font-weight: 550 }
audio { width: 100%; max-width: 20rem }
.bar, .chips { display: flex; align-items: center; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none }
.stack { display: grid; gap: .75rem; width: 100% }
.chip { display: inline-block; padding: .25rem .75rem; font-size: .9375rem; cursor: default }
a.chip { cursor: grab; color: var(--accent) }
.chip.end { border-style: dashed; background: none; color: var(--dim) }
.chip.strong { color: var(--on-accent); background: var(--accent) }
.pad { display: grid; gap: .75rem; place-items: center; width: 100%; min-height: 7rem; padding: 1rem; border: 1px dashed light-dark(#8b90a0, #646b7a); border-radius: .8rem; background: var(--glow); user-select: none }
.pad .inner { padding: .6rem 1.2rem; border-radius: .6rem; background: var(--card); border: 1px solid var(--line) }
.editable { display: block; min-height: 3rem; user-select: text; background: var(--page) }
.still { touch-action: none }
.scroller { width: 100%; height: 7rem; overflow: auto; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--soft) }
.sizes { width: 12rem; max-width: 100%; resize: both; overflow: hidden }
.ball { width: 2.5rem; height: 2.5rem; border-radius: .8rem; background: var(--accent) }
.spin { animation: spin .4s linear 2 }
@keyframes spin { to { rotate: 180deg } }
.fades { transition: background-color .5s } .fades:hover { background-color: light-dark(#c7d2fe, #3730a3) }
.card [data-tone=warm] { color: var(--warm) } .card [data-tone=cool] { color: var(--cool) }
.card .warm { padding: .75rem 1rem; border-radius: .6rem; background: var(--soft) } .card .warm h2 { font-size: 1rem } .card .warm br { display: none }
.popover, dialog { color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem 1.5rem }
::backdrop { background: #0008 }
x-pad output { min-height: 1.6em; letter-spacing: .2em; color: var(--accent) }
x-slots { display: flex; flex-wrap: wrap; gap: .5rem }
summary { cursor: pointer; font-weight: 550 }
`;
