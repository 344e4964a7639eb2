/**
 * Links between pages, and what keeps a user from leaving one by mistake.
 *
 * Any link of the application's origin is followed over the socket. What is here adds to that: it is loaded before it is needed,
 * and it knows whether it leads to where one is.
 *
 * @module
 */
import { canonicalPath } from "../router/mod.ts";
import { type Component, component } from "../runtime/component.ts";
import { useCtx } from "../server/ctx.ts";
import { a, span } from "../vdom/elements.ts";
import type { Child, Props, VNode } from "../vdom/node.ts";
import type { AProps } from "../vdom/props_html.ts";

/** When the page that a link leads to is loaded: when it is pointed at or focused, when it is seen, or not before it is followed. */
export type Prefetch = "hover" | "view" | "none";

/** Props of {@linkcode Link}: those of `a`, and these. */
export interface LinkProps extends Omit<AProps, "children"> {
  /** Where it leads: what `href()` gives, or any URL. */
  href: string;
  /** When its page is loaded. Default "hover". */
  prefetch?: Prefetch;
  /** What it shows. */
  children?: Child;
}

/** Props of {@linkcode NavLink}. */
export interface NavLinkProps extends LinkProps {
  /** Whether it must lead to this page itself, not to one above it. Default false; true for "/". */
  exact?: boolean;
  /** Classes while it leads to where one is. */
  activeClass?: string;
}

/**
 * A link whose page is loaded when it is pointed at.
 *
 * ```ts
 * import { Link } from "@vango/core";
 * import { href } from "@vango/core/router";
 *
 * Link({ href: href("/projects/:id:int", { id: 7 }) }, "Project 7");
 * ```
 */
export function Link(props: LinkProps, ...children: Child[]): VNode {
  const { prefetch = "hover", children: content, ...rest } = props;
  const attributes = { ...rest, "data-prefetch": prefetch } as Props;
  return a(attributes as AProps, ...(children.length > 0 ? children : [content]));
}

/**
 * A link that knows whether it leads to the page that is shown (`aria-current="page"`), or to one above it (`"true"`): for menus.
 *
 * ```ts
 * import { NavLink } from "@vango/core";
 *
 * NavLink({ href: "/projects", activeClass: "active" }, "Projects");
 * ```
 */
export const NavLink: Component<NavLinkProps> = component<NavLinkProps>((props) => {
  const ctx = useCtx();
  return () => {
    const { exact, activeClass, children, class: classes, ...rest } = props;
    const here = ctx.url.pathname;
    const path = pathOf(rest.href, ctx.url);
    const isHere = here === path;
    const isBelow = path !== null && !(exact ?? path === "/") &&
      here.startsWith(path === "/" ? "/" : `${path}/`);
    const active = isHere || isBelow;
    return Link({
      ...rest,
      class: active && activeClass !== undefined ? [classes, activeClass] as LinkProps["class"] : classes,
      "aria-current": isHere ? "page" : isBelow ? "true" : undefined,
    }, children);
  };
}, { name: "NavLink" });

/** The canonical path that a link leads to; null when it leads to another origin, or to no path. */
function pathOf(href: string, from: URL): string | null {
  const url = URL.parse(href, from.href);
  if (url === null || url.origin !== from.origin) return null;
  try {
    return canonicalPath(url.pathname);
  } catch {
    return null;
  }
}

/** Props of {@linkcode Unsaved}. */
export interface UnsavedProps {
  /** Whether there is anything to lose. */
  when: boolean;
  /** What the user is asked. Browsers have a text of their own where the page is closed or loaded anew. */
  message?: string;
}

/**
 * While it is shown with `when`, the user is asked before leaving the page: by a link, back or forward, a reload, or closing it.
 *
 * ```ts
 * import { component, signal, Unsaved } from "@vango/core";
 * import { div, textarea } from "@vango/core/elements";
 *
 * const Note = component(() => {
 *   const text = signal("");
 *   return () =>
 *     div(
 *       textarea({ value: text, onInput: (e) => void (text.value = e.value) }),
 *       Unsaved({ when: text.value !== "" }),
 *     );
 * });
 * ```
 */
export function Unsaved(props: UnsavedProps): VNode | null {
  const { when, message = "Leave this page? What you entered will be lost." } = props;
  return when ? span({ hidden: true, "data-vango-unsaved": message }) : null;
}
