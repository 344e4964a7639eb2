import { component, useCtx } from "@vango/core";
import { code, dd, div, dl, dt, h1, p, section } from "@vango/core/elements";

const FOLDERS = [
  ["routes/", "Pages and APIs: the name of a file is its path."],
  ["components/", "Parts that pages share."],
  ["store/", "State that pages share."],
  ["public/", "Files that are served as they are."],
  ["tests/", "Tests, which mount the application without a browser."],
] as const;

export default component(() => {
  useCtx().title("About · {{title}}");
  return () => [
    section(
      { class: "hero" },
      h1("About"),
      p(
        { class: "lead" },
        "A Vango application. You came here over the socket: the layout stayed where it was.",
      ),
    ),
    dl(
      { class: "grid" },
      FOLDERS.map(([folder, what]) =>
        div({ key: folder, class: "card" }, dt(code(folder)), dd({ class: "muted" }, what))
      ),
    ),
  ];
});
