/**
 * The document around a tree: the shell.
 *
 *     <!DOCTYPE html><html lang><head> charset, viewport, title, meta, head nodes </head>
 *     <body><script nonce>stub</script><!--vango--> TREE <script type="module" id="vango" …></script>
 *     <form id="vango-form" …></form></body></html>
 *
 * The live tree is what stands between the comment and the script element `#vango`, and nothing else does: the hidden form,
 * to which buttons belong when JavaScript is off, comes after the script.
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import { nameOf } from "../vdom/attrs.ts";
import { Kind, textOf, type VNode } from "../vdom/node.ts";
import { RenderError } from "./errors.ts";
import { checkRawText, escapeAttribute, escapeText } from "./escape.ts";
import { HIDDEN_FORM, tokenInput } from "./post.ts";
import { renderToStream } from "./stream.ts";
import { renderToString } from "./string.ts";
import type { RenderOptions } from "./writer.ts";

/** What the shell of a document is made of. */
export interface ShellOptions {
  /** The language of the document, such as "en" or "pt-BR". Default: none. */
  lang?: string;
  /** The direction of text: "ltr", "rtl" or "auto". Default: none. */
  dir?: string;
  /** The title. Default: none. */
  title?: string;
  /** Contents of `<meta name>` elements by name; a name with a colon (`og:title`) is a `property`. `viewport` is "width=device-width, initial-scale=1" unless given. */
  meta?: Record<string, string>;
  /** Addresses of `<link rel>` elements by rel. */
  links?: ReadonlyMap<string, string>;
  /** Elements of the head (link, meta, script, style, base, title, noscript, template), trusted; lists of them, too. */
  head?: readonly VNode[];
  /** The nonce of the content security policy, set on the shell's scripts and the head's scripts and style sheets. */
  nonce?: string;
  /** The source of the inline script that holds early events. Default: no such script. */
  stub?: string;
  /** The URL of the client script. Default: no client, and no marker's end but the end of the body. */
  clientSrc?: string;
  /** Data of the client script's element by name: `n` becomes `data-n`. */
  data?: Record<string, string>;
  /** Adds the hidden form of buttons, with the value of its token. */
  form?: { value: string };
}

/** A document without its tree. */
export interface DocumentShell {
  /** All that goes before the tree. */
  readonly head: string;
  /** All that follows the tree. `late` adds to the data and replaces the form's token: what is known only then. */
  tail(late?: Pick<ShellOptions, "data" | "form">): string;
}

/** A whole document. */
export interface DocumentOptions extends ShellOptions {
  /** The live tree: a mounted root list. */
  body: readonly VNode[];
  /** How forms and buttons of the tree post. */
  post?: RenderOptions["post"];
  /** What is known only when the tree is written; see {@linkcode DocumentShell.tail}. */
  late?: () => Pick<ShellOptions, "data" | "form">;
}

/** The comment that the live tree follows. */
export const MARKER = "<!--vango-->";

/**
 * Makes the shell of a document, so that it can go out whole or streamed.
 *
 * @throws {RenderError} When the head holds what would end it, or the stub what would end a script.
 */
export function documentShell(options: ShellOptions): DocumentShell {
  const { lang, dir, title, meta = {}, links = [], head = [], nonce, stub, clientSrc, data, form } = options;
  checkHead(head, HEAD_ELEMENTS);
  const nonceAttribute = attribute("nonce", nonce);
  let html = `<!DOCTYPE html>\n<html${attribute("lang", lang)}${
    attribute("dir", dir)
  }><head><meta charset="utf-8">`;
  for (
    const [name, content] of Object.entries({ viewport: "width=device-width, initial-scale=1", ...meta })
  ) {
    // Open Graph and the like have names with a colon, in an attribute of their own.
    const key = name.includes(":") ? "property" : "name";
    html += `<meta${attribute(key, name)}${attribute("content", content)}>`;
  }
  if (title !== undefined) html += `<title>${escapeText(textOf(title))}</title>`;
  for (const [rel, href] of links) html += `<link${attribute("rel", rel)}${attribute("href", href)}>`;
  html += renderToString(head, { nonce }) + "</head><body>";
  if (stub !== undefined) html += `<script${nonceAttribute}>${checkRawText("script", stub)}</script>`;
  return {
    head: html + MARKER,
    tail(late = {}) {
      let end = "";
      if (clientSrc !== undefined) {
        end += `<script type="module" id="vango"${attribute("src", clientSrc)}${nonceAttribute}`;
        for (const [name, value] of Object.entries({ ...data, ...late.data })) {
          end += dataAttribute(name, value);
        }
        end += "></script>";
      }
      const token = late.form ?? form;
      if (token !== undefined) {
        end += `<form id="${HIDDEN_FORM}" method="post" hidden="">${tokenInput(token.value)}</form>`;
      }
      return end + "</body></html>";
    },
  };
}

/** A document in one string. */
export function renderDocument(options: DocumentOptions): string {
  const shell = documentShell(options);
  const body = renderToString(options.body, { post: options.post });
  return shell.head + body + shell.tail(options.late?.());
}

/** A document as a stream of UTF-8; see {@linkcode renderToStream}. Same bytes as {@linkcode renderDocument}. */
export function renderDocumentToStream(options: DocumentOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  const shell = documentShell(options);
  return renderToStream(options.body, { post: options.post }, {
    before: shell.head,
    after: () => shell.tail(options.late?.()),
  });
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${escapeAttribute(textOf(value))}"`;
}

function dataAttribute(name: string, value: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw coded(
      "E046",
      new TypeError(
        `Cannot set the data ${JSON.stringify(name)} of the client script: use lower-case letters`,
      ),
    );
  }
  return attribute(`data-${name}`, value);
}

const HEAD_ELEMENTS: ReadonlySet<string> = new Set(
  ["base", "link", "meta", "noscript", "script", "style", "template", "title"],
);

const NOSCRIPT_ELEMENTS: ReadonlySet<string> = new Set(["link", "meta", "style"]);

/** A parser ends the head at the first node that has no place in it. */
function checkHead(items: readonly VNode[], allowed: ReadonlySet<string>): void {
  for (const item of items) {
    if (item.kind === Kind.Fragment || item.kind === Kind.Component) {
      checkHead(item.children ?? [], allowed);
    } else if (item.kind === Kind.Text ? item.text.trim() !== "" : item.kind !== Kind.Raw) {
      if (item.kind === Kind.Element && allowed.has(item.type as string)) {
        if (item.type === "noscript") checkHead(item.children ?? [], NOSCRIPT_ELEMENTS);
        continue;
      }
      throw new RenderError("head", `Cannot put ${nameOf(item)} into the head of a document`);
    }
  }
}
