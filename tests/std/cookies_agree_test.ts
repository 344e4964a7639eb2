/**
 * The server's own cookie, which is on the hot path, against the ones of @std: both must mean the same.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { decodeBase64Url, encodeBase64Url } from "@std/encoding";
import { getCookies, setCookie } from "@std/http";
import { bindingCookieName, newBinding, readBinding, serializeBinding } from "../../server/cookie.ts";

/** The name with its value, and the attributes in any order. */
function parts(header: string): [string, Set<string>] {
  const [pair, ...attributes] = header.split("; ");
  return [pair, new Set(attributes)];
}

for (const secure of [false, true]) {
  Deno.test(`serializeBinding() means what setCookie() writes, ${secure ? "with" : "without"} HTTPS`, () => {
    const value = newBinding();
    const headers = new Headers();
    setCookie(headers, {
      name: bindingCookieName(secure),
      value,
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      secure,
      maxAge: 60,
    });
    assertEquals(parts(serializeBinding(value, { secure, maxAge: 60 })), parts(headers.getSetCookie()[0]));
  });

  Deno.test(`readBinding() reads what getCookies() reads, ${secure ? "with" : "without"} HTTPS`, () => {
    const value = newBinding();
    const cookie = `theme=dark; ${bindingCookieName(secure)}=${value}; lang=de`;
    assertEquals(readBinding(cookie, secure), getCookies(new Headers({ cookie }))[bindingCookieName(secure)]);
  });
}

Deno.test("newBinding() is 16 bytes of base64url", () => {
  const value = newBinding();
  assertEquals(decodeBase64Url(value).length, 16);
  assertEquals(encodeBase64Url(decodeBase64Url(value)), value);
});
