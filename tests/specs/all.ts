/**
 * Every spec.
 *
 * @module
 */
import { forms } from "./forms.ts";
import { inputs } from "./inputs.ts";
import { networks } from "./networks.ts";
import { places } from "./places.ts";
import { routes } from "./routes.ts";
import { routesWrong } from "./routes_wrong.ts";
import type { Spec } from "./spec.ts";
import { rules } from "./rules.ts";
import { trees } from "./trees.ts";

/** The specs, which run in each environment. */
export const SPECS: readonly Spec[] = [
  ...forms,
  ...inputs,
  ...rules,
  ...trees,
  ...places,
  ...routes,
  ...routesWrong,
  ...networks,
];
