/**
 * A stand-in for the part of `@std/http` that this repository uses; see std/README.md.
 *
 * @module
 */
export { type Cookie, getCookies, setCookie } from "./cookie.ts";
