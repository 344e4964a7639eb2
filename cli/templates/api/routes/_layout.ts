import { component, type LayoutProps } from "@vango/core";
import { main } from "@vango/core/elements";
import { SiteHeader } from "../components/site_header.ts";

/** Stands around every page. */
export default component<LayoutProps>(
  (props) => () => [SiteHeader(), main({ class: "page" }, props.children)],
);
