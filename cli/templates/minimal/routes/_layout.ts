import { component, type LayoutProps } from "@vango/core";
import { main } from "@vango/core/elements";
// if header
import { SiteHeader } from "../components/site_header.ts";
// end

/** Stands around every page, and stays while pages change. */
export default component<LayoutProps>((props) => () => [
  // if header
  SiteHeader(),
  // end
  main({ class: "page" }, props.children),
]);
