import { component, Link, NavLink } from "@vango/core";
import { header, img, nav } from "@vango/core/elements";
// if auth
import { useUser } from "../auth/user.ts";
// end

/** Stands above every page. */
export const SiteHeader = component(() => {
  // if auth
  const user = useUser();
  // end
  return () =>
    header(
      { class: "site-header" },
      Link(
        { class: "brand", href: "/" },
        img({ src: "/favicon.svg", alt: "", width: 32, height: 32 }),
        "{{title}}",
      ),
      nav(
        { class: "site-nav", "aria-label": "Main" },
        // if api
        NavLink({ href: "/" }, "Endpoints"),
        // end
        // if !api
        NavLink({ href: "/" }, "Home"),
        // end
        // if standard
        NavLink({ href: "/about" }, "About"),
        // end
        // if guestbook
        NavLink({ href: "/guestbook" }, "Guestbook"),
        // end
        // if auth
        user === null
          ? NavLink({ href: "/sign-in" }, "Sign in")
          : NavLink({ href: "/account" }, "Account"),
        // end
      ),
    );
});
