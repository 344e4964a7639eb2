/**
 * The texts of what development warns of.
 *
 * @module
 */

/** Of a prop that a setup read without following it. To be called by what the props' getter calls: the stack tells the place. */
export function untrackedWarning(component: string, prop: string): string {
  // The frame above the props' own is the setup that reads.
  const frames = new Error().stack?.split("\n") ?? [];
  const place = frames[frames.findLastIndex((frame) => frame.includes("InstanceProps.get")) + 1]?.trim() ??
    "";
  return `The setup of ${component} read the prop ${prop} once: later values will not be seen. ` +
    `Read it in the view, an effect or a computed, or wrap it in untracked() if once is meant. ${place}`;
}

/** Of a list without keys whose number of items changed. */
export function listWarning(component: string, from: number, to: number): string {
  return `A list in ${component} changed from ${from} to ${to} items without keys: rows may take over each other's state. ` +
    "Give each item a key, or use each().";
}

/** Of a prop that has another name in HTML. */
export function misspelledWarning(component: string, tag: string, name: string, right: string): string {
  return `${component} sets ${name} of <${tag}>, which HTML does not know: ${right}.`;
}
