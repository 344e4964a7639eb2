/**
 * How the overlay looks: light and dark by what the user prefers; every text at 4.5:1 or more.
 *
 * @module
 */

/** The overlay's style sheet. */
export const STYLES = `
:host { all: initial; }
* { box-sizing: border-box; }
dialog {
  --paper: #ffffff; --ink: #1c2128; --soft: #57606a; --line: #d8dee4; --code: #f6f8fa; --meant: #fff1ef;
  --red: #c1121f; --mark: #ffd2cc; --hint: #eef5ff; --hint-ink: #0b3d91; --link: #0b57b0;
  color-scheme: light;
  width: min(56rem, calc(100vw - 2rem)); max-height: calc(100dvh - 4rem); margin: 2rem auto; padding: 0; overflow: auto;
  border: 1px solid var(--line); border-top: 4px solid var(--red); border-radius: 12px;
  background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  box-shadow: 0 24px 80px rgb(0 0 0 / 35%);
}
dialog::backdrop { background: rgb(15 20 28 / 55%); backdrop-filter: blur(3px); }
.head { display: flex; align-items: center; gap: .75rem; padding: 1.25rem 1.5rem 0; }
h1 { flex: 1; margin: 0; font-size: 1.125rem; font-weight: 650; overflow-wrap: anywhere; }
.dot { flex: none; width: .75rem; height: .75rem; border-radius: 50%; background: var(--red); }
.close {
  flex: none; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--code); color: var(--ink); font: inherit; font-size: .875rem; cursor: pointer;
}
.close:hover { border-color: var(--soft); }
kbd { margin-left: .25rem; color: var(--soft); font: inherit; font-size: .75rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
#message { margin: .75rem 1.5rem 0; font-size: 1.0625rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.place { margin: .5rem 1.5rem 0; font: 14px/1.5 ui-monospace, "Cascadia Code", Menlo, monospace; }
a { color: var(--link); text-underline-offset: 3px; overflow-wrap: anywhere; }
pre {
  margin: 1rem 1.5rem 0; padding: .75rem 0; overflow: auto; border: 1px solid var(--line); border-radius: 8px;
  background: var(--code); font: 14px/1.6 ui-monospace, "Cascadia Code", Menlo, monospace; tab-size: 2;
}
code { display: block; width: max-content; min-width: 100%; font: inherit; }
.row { display: flex; border-left: 3px solid transparent; }
.number { flex: none; width: 4ch; margin: 0 1.25rem 0 .5rem; text-align: right; color: var(--soft); user-select: none; }
.text { padding-right: 1rem; white-space: pre; }
.meant { border-left-color: var(--red); background: var(--meant); }
.meant .number { color: var(--red); font-weight: 700; }
mark {
  border-radius: 3px; background: var(--mark); color: inherit;
  text-decoration: underline wavy var(--red) 1px; text-underline-offset: 4px;
}
.hint { display: flex; gap: .75rem; margin: 1rem 1.5rem 0; padding: .75rem 1rem; border-radius: 8px; background: var(--hint); }
.hint strong { flex: none; color: var(--hint-ink); }
details { margin: 1rem 1.5rem 0; color: var(--soft); font-size: .875rem; }
summary { cursor: pointer; }
ol { margin: .5rem 0 0; padding-left: 1.5rem; font-family: ui-monospace, Menlo, monospace; }
.foot { margin: 1.25rem 0 0; padding: .875rem 1.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
@media (prefers-color-scheme: dark) {
  dialog {
    --paper: #161b22; --ink: #e6edf3; --soft: #9da7b3; --line: #30363d; --code: #0d1117; --meant: #3a1418;
    --red: #ff7b72; --mark: #7d2226; --hint: #12233d; --hint-ink: #a5cdff; --link: #79b8ff;
    color-scheme: dark;
  }
  dialog::backdrop { background: rgb(1 4 9 / 70%); }
}
@media (prefers-reduced-motion: no-preference) {
  dialog { animation: come .12s ease-out; }
  @keyframes come { from { opacity: 0; transform: translateY(-6px); } }
}
@media (max-width: 36rem) {
  dialog { width: 100vw; max-width: 100vw; max-height: 100dvh; margin: 0; border-radius: 0; }
}
`;
