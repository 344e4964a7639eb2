import { component, type LayoutProps } from "@vango/core";
import { main } from "@vango/core/elements";
import { SiteFooter } from "../components/site_footer.ts";
import { SiteHeader } from "../components/site_header.ts";

/** Stands around every page, and stays while pages change. */
export default component<LayoutProps>((props) => () => [
  SiteHeader(),
  main({ class: "page" }, props.children),
  SiteFooter(),
]);
