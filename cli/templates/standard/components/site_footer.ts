import { code, footer, p } from "@vango/core/elements";

/** Stands below every page. */
export function SiteFooter() {
  return footer(
    { class: "site-footer" },
    p("Made with Vango. This is ", code("components/site_footer.ts"), "."),
  );
}
