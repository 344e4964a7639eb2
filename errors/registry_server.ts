/**
 * E090 to E119, and E130 to E139: how the server is set up, requests, the names of places, and answers.
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";

/** Errors of server/ and router/. */
export const SERVER_ERRORS: readonly ErrorEntry[] = [
  {
    code: "E090",
    name: "options",
    title: "An option is unknown or has a wrong value",
    cause: "The message names each option, what it got and what it takes.",
    fix:
      "Correct the options. Unknown ones are mistakes of spelling, mostly: the message says which is near.",
  },
  {
    code: "E091",
    name: "port",
    title: "The port is none",
    cause: "PORT, or the port option, is no whole number from 0 to 65535.",
    fix: "Set PORT to a number such as 8000; 0 lets the system choose.",
  },
  {
    code: "E092",
    name: "port-taken",
    title: "Another program listens on the port",
    cause: "Often an older run of the same application.",
    fix: "Stop it, or choose another port: PORT=8001, or --port 8001.",
  },
  {
    code: "E093",
    name: "no-permission",
    title: "The server may not listen",
    cause: "Deno was started without --allow-net for the address, or the port is below 1024.",
    fix: "Run with --allow-net; leave ports below 1024 to a proxy.",
  },
  {
    code: "E094",
    name: "address",
    title: "This machine does not have the address",
    cause: "The hostname to listen on is not one of the machine's.",
    fix: "Use 127.0.0.1 for this machine alone, 0.0.0.0 for the network.",
  },
  {
    code: "E095",
    name: "listen",
    title: "The server cannot listen",
    cause: "The system refused it; the message has its reason.",
    fix: "See the reason in the message.",
  },
  {
    code: "E096",
    name: "secret",
    title: "A secret is too short",
    cause: "Sessions are sealed with it; a short one can be guessed.",
    fix:
      'Make one of 32 bytes: deno eval "console.log(crypto.getRandomValues(new Uint8Array(32)).toBase64())".',
  },
  {
    code: "E097",
    name: "network",
    title: "A trusted proxy is no address and no network",
    cause: "createApp({ proxies }) takes addresses such as 10.0.0.1 and networks such as 10.0.0.0/8.",
    fix: "Correct the address.",
  },
  {
    code: "E098",
    name: "origin",
    title: "An allowed origin is no origin",
    cause: "createApp({ origins }) takes scheme, host and port, without a path.",
    fix: "Write it as https://example.com.",
  },
  {
    code: "E099",
    name: "csp",
    title: "A part of the content security policy cannot be written",
    cause: "A directive is a lower-case name; a source has no space, comma or semicolon; a nonce is base64.",
    fix: "Pass each source as an item of its own.",
  },
  {
    code: "E100",
    name: "log-level",
    title: "There is no such level of logging",
    cause: "VANGO_LOG, or the level of createLogger(), is none of the levels.",
    fix: "Use debug, info, warn or error.",
  },
  {
    code: "E101",
    name: "middleware",
    title: "A middleware is no function, or did not answer",
    cause:
      "Each takes (ctx, next), and returns a Response or what next() gives. It calls next() at most once.",
    fix: "Return next() where the middleware has nothing to say: (ctx, next) => next().",
  },
  {
    code: "E102",
    name: "bad-location",
    title: "A place to go to is no path and no URL",
    cause: "navigate() takes a path of this origin, or a URL of http or https.",
    fix: "Pass a path such as /todos; make paths of params with href().",
  },
  {
    code: "E103",
    name: "store-timeout",
    title: "The session store did not answer in time",
    cause: "The database or network behind it is slow or away.",
    fix: "Look at the store; raise limits.storeTimeoutMs where it is only slow.",
  },
  {
    code: "E104",
    name: "post-timeout",
    title: "The handler of a form took too long",
    cause: "Without JavaScript the answer waits for the handler, for 10 seconds.",
    fix: "Answer sooner and do the rest later, or raise limits.postTimeoutMs.",
  },
  {
    code: "E105",
    name: "store-value",
    title: "A session store was called with a value that it cannot take",
    cause: "Times of expiry are finite milliseconds.",
    fix: "Pass Date.now() plus a number of milliseconds.",
  },
  {
    code: "E106",
    name: "memory-options",
    title: "The marks of the memory watch cross",
    cause: "Wanted is 0 < slack < soft < hard <= 1.",
    fix: "Leave createApp({ memory }) out, or give marks in that order.",
  },
  {
    code: "E107",
    name: "too-large-to-seal",
    title: "A session's state is too large to seal",
    cause: "What is in keyed signals is more than the browser is asked to keep.",
    fix: "Keep large data in a database, and its id in the signal; or mark the signal transient.",
  },
  {
    code: "E108",
    name: "no-page",
    title: "The application has no page",
    cause: "createApp() was given neither a page nor routes, and no page was added.",
    fix:
      'Pass routes of routes.gen.ts, createApp({ routes }), or add a page: app.page("/", () => () => p("Hello")).',
  },
  {
    code: "E109",
    name: "asset",
    title: "A file of public/ is named by what is no path",
    cause: "asset() and integrity() take the path that a browser asks for, without a query.",
    fix: 'Begin it with a slash: asset("/styles.css").',
  },
  {
    code: "E110",
    name: "invalid-pattern",
    title: "A pattern of a route, or the name of its file, cannot be read",
    cause:
      "Segments are text, :name, :name:int, :name:uuid or *name; files [name], [name:int], [...name] or (group).",
    fix: "Correct the name. The message has the segment.",
  },
  {
    code: "E111",
    name: "duplicate-route",
    title: "Two routes match the same paths",
    cause:
      "Two files have the same place, often blog.ts and blog/index.ts, or two groups with a page of one name.",
    fix: "Remove or rename one of the two files that the message names.",
  },
  {
    code: "E112",
    name: "invalid-param",
    title: "A value does not fit the param of a path",
    cause:
      "href() was given no value, or one that the pattern does not take: a text where :id:int wants a whole number.",
    fix: "Pass the value that the pattern asks for.",
  },
  {
    code: "E113",
    name: "invalid-path",
    title: "A path is none that a URL has",
    cause: "It holds NUL, a backslash, a wrong escape, or leads above the root.",
    fix: "Make paths with href(), which escapes what must be escaped.",
  },
  {
    code: "E114",
    name: "route-module",
    title: "A file of routes/ does not export what it must",
    cause:
      "A page, layout, error page or 404 exports a component as default, a _middleware a function or a list of them, an API a " +
      "function or an endpoint for each method.",
    fix: "Export it. The message has the file, and what it exports now.",
    example: 'export default component(() => () => h1("About"));',
  },
  {
    code: "E115",
    name: "static",
    title: "The folder of static files cannot be served",
    cause:
      "createApp({ static }) names what is no folder or may not be read, or a prefix that does not begin with a slash.",
    fix: "Make the folder, or correct its name; run with --allow-read.",
  },
  {
    code: "E116",
    name: "file-changed",
    title: "A static file changed while it was sent",
    cause: "It became shorter than its headers had said.",
    fix: "Replace files by renaming a new one over the old one, as builds do, instead of writing into them.",
  },
  {
    code: "E117",
    name: "head-link",
    title: "A page sets a link that must be in the document from the start",
    cause:
      "Style sheets and the like are loaded by a browser once, with the document, and not from page to page.",
    fix: "Put it into the option head of createApp().",
  },
  {
    code: "E130",
    name: "endpoint",
    title: "An endpoint is described by something wrong",
    cause:
      "A schema is none, the status is not one from 200 to 299, maxBody is no number, or the handler is missing.",
    fix: "Correct the option that the message names.",
    example: "export const POST = endpoint({ body: Todo, status: 201 }, ({ body }) => save(body));",
  },
  {
    code: "E131",
    name: "http-status",
    title: "An HttpError has a status that is no error",
    cause: "HttpError takes 400 to 599.",
    fix: "Return a Response for other statuses; lead elsewhere with redirect().",
  },
  {
    code: "E132",
    name: "redirect",
    title: "A redirect has a status or a location that is none",
    cause:
      "The status is 301, 302, 303, 307 or 308; the location a path of this origin or a URL of http or https.",
    fix: "Correct it. Paths from users must be checked: they may lead to other sites.",
  },
  {
    code: "E133",
    name: "redirects",
    title: "A navigation was redirected too often",
    cause: "Pages or middleware lead to each other: after ten redirects the navigation is given up.",
    fix: "Let a guard leave the page alone that it leads to.",
  },
  {
    code: "E134",
    name: "pagination",
    title: "A part of a list has a number that is none",
    cause: "paginated() takes page and perPage from 1, and total from 0, as whole numbers.",
    fix: "Check what comes from the query, best by a schema of the endpoint.",
  },
  {
    code: "E135",
    name: "bad-output",
    title: "An endpoint gave what its output schema does not take",
    cause: "The handler's result differs from what the endpoint promises; it is checked in development.",
    fix: "Correct the handler or the schema. The message has the fields.",
  },
];
