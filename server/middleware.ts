/**
 * Owns the onion: functions around a handler, the first of the list outermost.
 *
 * It knows nothing of requests: the page, the socket's mount, navigation and events each run the same list with their
 * own context.
 *
 * @module
 */
import { coded } from "../core/coded.ts";

/** A function around a handler. It answers by itself, or with what `next()` gives, or changes either. */
export type Middleware<C, R> = (ctx: C, next: () => Promise<R>) => R | Promise<R>;

/** A list of middleware, made into one call. */
export type Composed<C, R> = (ctx: C, handler: (ctx: C) => R | Promise<R>) => Promise<R>;

/**
 * Makes one function of a list. What any of them throws, at once or later, rejects the promise that its caller gets
 * from `next()`, so the outer ones can catch it.
 *
 * @returns A call that runs the list around `handler`. It rejects with an Error when one of them calls `next()` twice.
 *
 * @example
 * ```ts
 * import { compose } from "./middleware.ts";
 *
 * const run = compose<string, string>([async (ctx, next) => `${ctx}(${await next()})`]);
 * console.assert(await run("a", () => "b") === "a(b)");
 * ```
 */
export function compose<C, R>(list: readonly Middleware<C, R>[]): Composed<C, R> {
  const middleware = [...list];
  middleware.forEach((one, index) => {
    if (typeof one === "function") return;
    throw coded(
      "E101",
      new TypeError(`Cannot compose middleware: item ${index} must be a function, got ${typeof one}`),
    );
  });
  return (ctx, handler) => {
    // Async, so that a synchronous throw becomes a rejection.
    const run = async (index: number): Promise<R> => {
      if (index === middleware.length) return await handler(ctx);
      let called = false;
      return await middleware[index](ctx, () => {
        if (called) {
          const name = middleware[index].name || `number ${index + 1}`;
          return Promise.reject(
            coded("E101", new Error(`Cannot run next() twice in one request: middleware ${name} did`)),
          );
        }
        called = true;
        return run(index + 1);
      });
    };
    return run(0);
  };
}
