/**
 * Style sheets that change without a flash: the newer one is loaded beside the old one, then takes its place in the same element.
 *
 * @module
 */

/** Loads anew the style sheets of these paths; all of this origin where none of them has one of these paths. */
export function swapStyles(paths: readonly string[]): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"][href]')]
    .filter((link) => new URL(link.href).origin === location.origin);
  const named = links.filter((link) => paths.includes(decodeURI(new URL(link.href).pathname)));
  for (const link of named.length > 0 ? named : links) swap(link);
}

function swap(link: HTMLLinkElement): void {
  const url = new URL(link.href);
  url.searchParams.set("vango", String(Date.now()));
  const preview = link.cloneNode() as HTMLLinkElement;
  preview.removeAttribute("id");
  preview.href = url.href;
  const done = () => preview.remove();
  preview.addEventListener("error", done);
  preview.addEventListener("load", () => {
    link.addEventListener("load", done, { once: true });
    link.addEventListener("error", done, { once: true });
    link.href = url.href;
  });
  // The nodes of the body are numbered: nothing is put among them.
  if (document.body.contains(link)) document.head.append(preview);
  else link.after(preview);
}
