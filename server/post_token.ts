/**
 * The token that forms carry when JavaScript is off: the page's state, sealed, or above 1 KB the id of a stored snapshot
 * (decision D9). The value of a form's hidden input is `<path of the form>~<token>`.
 *
 * The state is sealed after the page is rendered, so the markup holds a placeholder until then.
 *
 * @module
 */
import { BUTTON_FIELD, type PostOptions } from "../render/mod.ts";
import type { Keeper } from "./keeper.ts";
import { newId } from "./render_page.ts";
import type { Session } from "./session.ts";

/** The largest sealed state that travels in forms, in bytes. */
const MAX_INLINE = 1024;

/** Nobody can guess it, so no text of a page can hold it. */
const PLACEHOLDER = `token-${newId()}`;

/** How one page's forms post. */
export interface PostToken extends PostOptions {
  /** The token, once the page is rendered; null when nothing of the page posts. */
  token(keeper: Keeper, session: Session, sealed: Uint8Array, html: string): Promise<string | null>;
  /** Whether the markup has buttons that belong to the hidden form. */
  needsForm(html: string): boolean;
  /** The markup with the token in place. */
  fill(html: string, token: string): string;
}

/** The posting of one page. */
export function postToken(): PostToken {
  let used = false;
  return {
    value(path) {
      used = true;
      return `${path}~${PLACEHOLDER}`;
    },
    async token(keeper, session, sealed, html) {
      if (!used && !needsForm(html)) return null;
      if (sealed.length > 0 && sealed.length <= MAX_INLINE) return base64url(sealed);
      // Larger than what travels with a page: it is in the store already.
      if (sealed.length > 0) await keeper.store(session.id, sealed);
      return `@${session.id}`;
    },
    needsForm,
    fill: (html, token) => used ? html.replaceAll(PLACEHOLDER, token) : html,
  };
}

function needsForm(html: string): boolean {
  return html.includes(`name="${BUTTON_FIELD}"`);
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
