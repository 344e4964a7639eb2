/** @module */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { compose, type Middleware } from "../../server/middleware.ts";

type Step = Middleware<string[], string>;

function step(name: string): Step {
  return async (ctx, next) => {
    ctx.push(`${name} in`);
    const result = await next();
    ctx.push(`${name} out`);
    return `${name}(${result})`;
  };
}

Deno.test("compose() refuses what is no function", () => {
  assertThrows(
    () => compose([step("a"), 3 as unknown as Step]),
    TypeError,
    "item 1 must be a function, got number",
  );
});

Deno.test("compose() rejects when next() is called twice, and names the middleware", async () => {
  const run = compose<string[], string>([async function twice(_, next) {
    await next();
    return await next();
  }]);
  await assertRejects(() => run([], () => "x"), Error, "middleware twice did");
});

Deno.test("compose() runs the handler once though next() is called twice at a time", async () => {
  let count = 0;
  const run = compose<string[], string>([
    async (_, next) => (await Promise.allSettled([next(), next()]))[1].status,
  ]);
  assertEquals(await run([], () => `${count++}`), "rejected");
  assertEquals(count, 1);
});

Deno.test("compose() makes a rejection of what a middleware or the handler throws at once", async () => {
  const boom = (): never => {
    throw new Error("boom");
  };
  await assertRejects(() => compose<string[], string>([boom])([], () => "x"), Error, "boom");
  await assertRejects(() => compose<string[], string>([step("a")])([], boom), Error, "boom");
});

Deno.test("compose() lets an outer middleware catch what an inner one throws", async () => {
  const run = compose<string[], string>([
    (_, next) => next().catch((error) => `caught ${error.message}`),
    () => {
      throw new Error("inner");
    },
  ]);
  assertEquals(await run([], () => "x"), "caught inner");
});

Deno.test("compose() runs the first outermost", async () => {
  const ctx: string[] = [];
  const run = compose([step("a"), step("b")]);
  const result = await run(ctx, (ctx) => {
    ctx.push("handler");
    return "x";
  });
  assertEquals(result, "a(b(x))");
  assertEquals(ctx, ["a in", "b in", "handler", "b out", "a out"]);
});

Deno.test("compose() stops at a middleware that does not call next()", async () => {
  const run = compose<string[], string>([step("a"), () => "stop", step("never")]);
  assertEquals(await run([], () => "x"), "a(stop)");
});

Deno.test("compose() of nothing is the handler, and later changes of the list do not count", async () => {
  const list: Step[] = [];
  const run = compose(list);
  list.push(step("late"));
  assertEquals(await run([], () => "x"), "x");
});

Deno.test("compose() keeps concurrent runs apart", async () => {
  const run = compose<string[], string>([async (_, next) => {
    await Promise.resolve();
    return await next();
  }]);
  assertEquals(await Promise.all([run([], () => "1"), run([], () => "2")]), ["1", "2"]);
});
