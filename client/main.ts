/**
 * The entry of the bundle: starts the client of the page that loads it.
 *
 * @module
 */
import { start } from "./start.ts";

start(window);
