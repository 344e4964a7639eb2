/**
 * Asks an API without a server around it.
 *
 * @module
 */
import type { Ctx, Middleware, StandardSchema } from "../../mod.ts";
import { handleApi } from "../../server/api.ts";
import { Ctx as RealCtx, packHeaders } from "../../server/ctx.ts";
import { resolveLimits } from "../../server/limits.ts";
import { createLogger, type LogRecord } from "../../server/log.ts";
import { compose } from "../../server/middleware.ts";
import type { RouteLevel } from "../../server/route_table.ts";
import { parseOrigins } from "../../server/security.ts";

/** The origin of the server. */
export const ORIGIN = "https://example.com";

const kind = (value: unknown, type: string) =>
  type === "string" ? typeof value === "string" : typeof value === "number";

/** A schema of an object whose members have types, as a library would make it. */
export function shape<T extends Record<string, unknown>>(
  types: { [K in keyof T]: "string" | "number" },
): StandardSchema<T> {
  return {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => {
        const given = (typeof value === "object" ? value ?? {} : {}) as Record<string, unknown>;
        const issues = Object.entries(types).filter(([name, type]) => !kind(given[name], type))
          .map(([name, type], i) => ({
            message: `Must be a ${type}`,
            path: i === 0 ? [name] : [{ key: name }],
          }));
        return issues.length > 0 ? { issues } : { value: given as T };
      },
    },
  };
}

/** A request, and what is around the API. */
export interface Call {
  method?: string;
  path?: string;
  headers?: HeadersInit;
  body?: BodyInit;
  params?: Record<string, string | number>;
  levels?: RouteLevel[];
  guard?: Middleware<Ctx, unknown>[];
  dev?: boolean;
  maxBody?: number;
}

/** Asks an API, and gives the answer with what was logged. */
export async function ask(methods: Record<string, unknown>, call: Call = {}) {
  const logs: LogRecord[] = [];
  const {
    method = "GET",
    path = "/api/x",
    headers,
    body,
    params = {},
    levels = [],
    guard = [],
    dev = false,
  } = call;
  const request = new Request(ORIGIN + path, { method, headers, body });
  const ctx = new RealCtx({ url: new URL(request.url), headers: packHeaders(request.headers), session: "s" });
  const response = await handleApi(
    {
      guard: compose([...guard, ...levels.flatMap(({ middleware = [] }) => middleware)]),
      log: createLogger({ level: "debug", sink: (record) => void logs.push(record) }),
      origins: parseOrigins(["https://friend.example"]),
      limits: resolveLimits({ maxBody: call.maxBody }),
      dev,
    },
    { pattern: "/api/x", file: "routes/api/x.ts", methods, levels },
    { request, params, ctx, origin: ORIGIN },
  );
  const text = await response.text();
  const { status } = response;
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status,
    text,
    headers: response.headers,
    logs,
    data: isJson && text !== "" ? JSON.parse(text) : null,
  };
}

/** Says that a body is JSON. */
export const JSON_TYPE = { "content-type": "application/json" };
