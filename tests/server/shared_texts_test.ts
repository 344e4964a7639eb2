/**
 * Texts that many sessions hold once.
 *
 * @module
 */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { packHeaders } from "../../server/ctx.ts";
import { isShared, sharedText } from "../../server/shared_texts.ts";

Deno.test("sharedText() keeps 512 texts, and of those the ones that were asked for last", () => {
  const name = (i: number) => `a text of this test, number ${i}`;
  sharedText(name(0));
  for (let i = 1; i < 512; i++) assertEquals(sharedText(name(i)), name(i));
  assert(isShared(name(0)));
  sharedText(name(0));
  for (let i = 512; i < 1000; i++) sharedText(name(i));
  assert(isShared(name(0)), "it was asked for again");
  assertFalse(isShared(name(1)));
  for (let i = 1000; i < 2000; i++) sharedText(name(i));
  assertFalse(isShared(name(0)));
});

Deno.test("sharedText() keeps no long text", () => {
  const long = "x".repeat(4097);
  assertEquals(sharedText(long), long);
  assertFalse(isShared(long));
});

Deno.test("packHeaders() keeps the cookies of a browser apart from what it has in common with others", () => {
  const of = (cookie: string) => new Headers({ "user-agent": "one of many", "accept": "text/html", cookie });
  const [a, b] = [packHeaders(of("a=1")), packHeaders(of("b=2; c=3"))];
  assertEquals([a.common, a.cookie], ["accept:text/html\nuser-agent:one of many", "a=1"]);
  assertEquals([b.common, b.cookie], [a.common, "b=2; c=3"]);
  assert(isShared(a.common));
  assertEquals(packHeaders(new Headers({ accept: "*" })).cookie, "");
});
