/**
 * Markup in a form in which two ways to write it can be compared.
 *
 * @module
 */

/** Markup without the order of attributes. */
export function tidy(html: string): string {
  return html.replace(
    /<([\w-]+)((?: [^\s=<>"]+="[^"]*")+)>/g,
    (_all, tag, attrs: string) => `<${[tag, ...attrs.match(/[^\s=]+="[^"]*"/g)!.sort()].join(" ")}>`,
  );
}
