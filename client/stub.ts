/**
 * The inline script that stands before the tree of a page: it holds clicks and submits for elements that take them until the
 * client runs, which replays them in order. At most 300 bytes; the server gives it the page's nonce.
 *
 * A submit that a handler takes is prevented. A click is prevented where its handler says so and where it would post the hidden
 * form of buttons. Whatever no handler takes (plain links and forms), and a click that opens a link elsewhere, is left to the
 * browser.
 *
 * @module
 */

/** The source of the script. */
export const STUB: string =
  '{let q=vango=[],f=q.f=e=>{let t=e.target.closest(`[data-hid*=" ${e.type}:"]`);t&&!(t.href&&(e.ctrlKey|e.metaKey|e.shiftKey))&&(q.push(e),(e.type>"d"||t.form?.id=="vango-form"||/ click:[^ ]*,p/.test(t.dataset.hid))&&e.preventDefault())};for(let t of["click","submit"])addEventListener(t,f,!0)}';
