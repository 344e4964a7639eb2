/**
 * The little that only a script may do: ask for full screen, and tell of a slot.
 *
 * @module
 */

/** Runs in the page, under the nonce of its policy. */
export const SCRIPT = `
addEventListener("click", ({ target }) => {
  const { fullscreen } = target.closest("[data-fullscreen]")?.dataset ?? {};
  // Asked again it goes back.
  if (fullscreen && document.fullscreenElement) document.exitFullscreen();
  else if (fullscreen) document.getElementById(fullscreen).requestFullscreen().catch(() => {});
});
customElements.define("x-slots", class extends HTMLElement {
  constructor() {
    super();
    const slot = this.attachShadow({ mode: "open" }).appendChild(document.createElement("slot"));
    slot.addEventListener("slotchange", () => this.dispatchEvent(new Event("slotchange", { bubbles: true })));
  }
});
`;
