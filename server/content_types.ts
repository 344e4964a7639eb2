/**
 * What the endings of file names mean to a browser.
 *
 * @module
 */

/** Types by the ending of a name, texts without their charset (IANA media types, and what browsers ask for). */
const TYPES: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  apng: "image/apng",
  avif: "image/avif",
  bmp: "image/bmp",
  css: "text/css",
  csv: "text/csv",
  flac: "audio/flac",
  gif: "image/gif",
  gz: "application/gzip",
  htm: "text/html",
  html: "text/html",
  ics: "text/calendar",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript",
  json: "application/json",
  jsonld: "application/ld+json",
  m4a: "audio/mp4",
  m4v: "video/mp4",
  map: "application/json",
  md: "text/markdown",
  mjs: "text/javascript",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  ogv: "video/ogg",
  opus: "audio/ogg",
  otf: "font/otf",
  pdf: "application/pdf",
  png: "image/png",
  rss: "application/rss+xml",
  svg: "image/svg+xml",
  tif: "image/tiff",
  tiff: "image/tiff",
  ttf: "font/ttf",
  txt: "text/plain",
  vtt: "text/vtt",
  wasm: "application/wasm",
  wav: "audio/wav",
  webm: "video/webm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xhtml: "application/xhtml+xml",
  xml: "application/xml",
  zip: "application/zip",
};

/**
 * The Content-Type of a file by its name; "application/octet-stream", which browsers only save, for an unknown one.
 *
 * @param name The file's name, with or without folders.
 */
export function contentType(name: string): string {
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1].toLowerCase() ?? "";
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream";
  return /^text\/|[/+](?:xml|javascript)$/.test(type) ? `${type}; charset=utf-8` : type;
}

/** Whether files of a type become much smaller when they are compressed. */
export function isCompressible(type: string): boolean {
  return /^text\/|[/+](?:json|xml|wasm)\b|^font\/(?:otf|ttf)|^image\/(?:bmp|x-icon)/.test(type);
}
