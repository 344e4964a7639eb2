import { component, signal, useCtx } from "@vango/core";
import {
  button,
  div,
  form,
  h1,
  input,
  label,
  li,
  p,
  section,
  strong,
  textarea,
  ul,
} from "@vango/core/elements";
import { entries, sign } from "../store/guestbook.ts";

export default component(() => {
  useCtx().title("Guestbook · {{title}}");
  const list = entries();
  const wrong = signal("");
  return () => [
    section(
      { class: "hero" },
      h1("Guestbook"),
      p({ class: "lead" }, "Kept in SQLite. Whoever has this page open sees new entries at once."),
    ),
    div(
      { class: "split" },
      form(
        {
          class: "card stack",
          onSubmit: (e) => void (wrong.value = sign(e.get("name"), e.get("message")) ?? ""),
        },
        wrong.value === "" ? null : p({ class: "alert", role: "alert" }, wrong.value),
        label(
          { class: "field" },
          "Name",
          input({ name: "name", value: "", required: true, maxlength: 80 }),
        ),
        label(
          { class: "field" },
          "Message",
          textarea({ name: "message", value: "", rows: 3, required: true, maxlength: 1000 }),
        ),
        button({ class: "button" }, "Sign"),
      ),
      ul(
        { class: "list" },
        (list.value ?? []).map((entry) =>
          li({ key: entry.id }, strong(entry.name), p({ class: "muted" }, entry.message))
        ),
      ),
    ),
  ];
});
