/**
 * The fields of the payloads that few pages need, for the writers of both ends.
 *
 * `#` is a number that may have a fraction, `&` the modifiers; of the rest the value tells: strings, booleans, pixels and other
 * whole numbers, lists. The names are the DOM's own, so a browser can pass its event (or the element, for a family that
 * describes one) as it is.
 *
 * @module
 */

/** By family, in the order of the wire. Those of a pointer follow a mouse's. */
export const RARE_FIELDS: Readonly<Record<string, string>> = {
  p: "pointerId pointerType isPrimary #pressure width height",
  w: "#deltaX #deltaY #deltaZ deltaMode clientX clientY &",
  b: "inputType data",
  i: "data",
  s: "scrollTop scrollLeft",
  r: "width height",
  t: "& touches targetTouches changedTouches",
  d: "clientX clientY pageX pageY & text files",
  a: "animationName #elapsedTime pseudoElement",
  n: "propertyName #elapsedTime pseudoElement",
  c: "text files",
  u: "oldState newState",
  x: "#currentTime #duration paused ended muted #volume #playbackRate",
  o: "name detail",
};
