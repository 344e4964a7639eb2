/**
 * Reads what a request to an API brings, within its limits.
 *
 * @module
 */
import { badRequest, HttpError } from "./http_error.ts";
import type { QueryTexts } from "./endpoint.ts";

/**
 * A request whose body fails when it is longer than it may be. One whose length is told is refused at once; else the HTTP server
 * has seen to it that the body is as long as told.
 *
 * @throws {HttpError} 413.
 */
export function limitBody(request: Request, max: number): Request {
  if (request.body === null || max === Infinity) return request;
  const told = request.headers.get("content-length");
  if (told !== null) {
    if (Number(told) > max) throw tooLarge(max);
    return request;
  }
  let length = 0;
  const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > max) controller.error(tooLarge(max));
      else controller.enqueue(chunk);
    },
  });
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: request.body.pipeThrough(limit) });
}

/**
 * The body as JSON.
 *
 * @throws {HttpError} 415 when it is of another type, 413 when it is too large, 400 when there is none or it is no JSON.
 */
export async function readJson(request: Request, max: number): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (type === null ? request.body !== null : !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new HttpError(415, `Expected a body of the type application/json, got ${type ?? "none"}`);
  }
  const bytes = await readBytes(request, max);
  if (bytes.length === 0) throw badRequest("Expected a body of JSON, got none");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw badRequest("The body is no JSON", { cause });
  }
}

async function readBytes(request: Request, max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > max) throw tooLarge(max);
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The query as an object: a text for each name, a list where it comes several times. */
export function readQuery(search: URLSearchParams): QueryTexts {
  const lists = new Map<string, string[]>();
  for (const [name, value] of search) {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  // fromEntries() defines members: a name like __proto__ is one of them.
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}

function tooLarge(max: number): HttpError {
  return new HttpError(413, `The body may have ${max} bytes at most`);
}
