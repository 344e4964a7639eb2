/**
 * E040 to E059: what views return, and what HTML cannot say.
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";

/** Errors of vdom/ and render/. */
export const VIEW_ERRORS: readonly ErrorEntry[] = [
  {
    code: "E040",
    name: "not-renderable",
    title: "A view returned a value that is no content",
    cause:
      "Content is text, numbers, nodes, signals, lists of them, or nothing. Objects, functions and symbols are not.",
    fix: "Render a part of the object, or call the component: Card({ … }), not Card.",
  },
  {
    code: "E041",
    name: "bad-key",
    title: "A key is no string and no number",
    cause: "Keys are compared and sent, so they must be plain.",
    fix: "Use an id: li({ key: todo.id }).",
  },
  {
    code: "E042",
    name: "duplicate-key",
    title: "Two items of a list have one key",
    cause: "The list cannot tell which of them moved.",
    fix: "Give each item its own key, from its id rather than from its position or text.",
  },
  {
    code: "E043",
    name: "bad-handler",
    title: "An event is handled by something that is no function",
    cause: "Often the handler was called instead of passed: onClick: save().",
    fix: "Pass a function: onClick: save, or onClick: () => save(id).",
  },
  {
    code: "E044",
    name: "handler-options",
    title: "The options of a handler contradict each other or have a wrong value",
    cause:
      "debounce and throttle, or prevent and passive, exclude each other; times are milliseconds; keys have names.",
    fix: "Give one of the two, and times as finite numbers of at least 0.",
  },
  {
    code: "E045",
    name: "bad-event-name",
    title: "An event has a name that no event has",
    cause: "Names of events are letters, digits and a few signs; this one would break the markup.",
    fix: "Use a name as in onClick, or on:my-event for events of custom elements.",
  },
  {
    code: "E046",
    name: "bad-attribute",
    title: "An attribute has a name or a value that cannot be written",
    cause: "A name holds what is not allowed in one, or the value is an object, a function or a symbol.",
    fix: "Pass a string, a number or a boolean; data as JSON in a data-… attribute.",
  },
  {
    code: "E047",
    name: "handler-as-text",
    title: "An event attribute was given as text",
    cause: "Text would run as a script in the browser, past the content security policy.",
    fix: "Pass a function, which runs on the server.",
  },
  {
    code: "E048",
    name: "bad-style",
    title: "A style has a name or a value that would break out of its declaration",
    cause: "The property is no name of one, or the value holds a semicolon, a brace or an open quote.",
    fix: "Use names such as fontSize or --accent, and one value for each.",
  },
  {
    code: "E049",
    name: "text-only",
    title: "An element that holds text alone was given a node",
    cause: "title, textarea, option, script and style hold text; a browser would show the markup.",
    fix: "Pass strings, numbers and signals.",
  },
  {
    code: "E050",
    name: "void-element",
    title: "A void element was given children",
    cause: "input, img, br and the other void elements have no content in HTML.",
    fix: "Put the content beside it, or in an attribute such as alt or value.",
  },
  {
    code: "E051",
    name: "not-live",
    title: "Something live was put where the server does not reach",
    cause: "The content of noscript, template and iframe is not part of the live tree.",
    fix: "Put components, signals and handlers outside of it.",
  },
  {
    code: "E052",
    name: "bad-raw-html",
    title: "Raw HTML was given as something else than trusted HTML",
    cause:
      "raw() takes what trustHtml() made of a string, so that every such place can be found. It must not hold the comment /r.",
    fix: "Call raw(trustHtml(html)), with HTML that you made or cleaned.",
  },
  {
    code: "E053",
    name: "no-branch",
    title: "match() has no branch for the value",
    cause: "The value is none of the branches, and there is no fallback.",
    fix: "Add the branch, or pass a fallback as the third argument.",
  },
  {
    code: "E054",
    name: "bad-custom-element",
    title: "The name of a custom element is none",
    cause: "Such a name begins with a small letter, has a hyphen and no capitals.",
    fix: "Name it like my-map.",
  },
  {
    code: "E055",
    name: "bad-jsx",
    title: "A JSX expression cannot be read",
    cause:
      "Its component is undefined, usually a wrong import, or the precompiled markup is not as Deno makes it.",
    fix: "Look at the import of the component, and set jsx and jsxImportSource as the scaffolds do.",
  },
  {
    code: "E056",
    name: "bad-json",
    title: "A value that JSON cannot carry was to be sent as JSON",
    cause: "undefined, functions and symbols have no JSON.",
    fix: "Pass plain data, or null.",
  },
  {
    code: "E057",
    name: "tag",
    title: "An element has a name that HTML cannot have",
    cause: "The name would be markup of its own, or its element is one that a parser never closes.",
    fix: "Use the functions of @vango/core/elements; names from data must be checked against a list.",
  },
  {
    code: "E058",
    name: "raw-text",
    title: "A script or a style holds text that would end it",
    cause: "No escape hides </script>, </style> or <!-- in there from the parser.",
    fix: "Write < as \\x3c in strings of scripts, and data with jsonForScript().",
  },
  {
    code: "E059",
    name: "reserved",
    title: "An attribute is the framework's own",
    cause: "data-hid and the like tell the client which node is which.",
    fix: "Use another name.",
  },
  {
    code: "E038",
    name: "head",
    title: "Something that cannot stand in the head of a document was put there",
    cause: "The head takes link, meta, script, style, title and base.",
    fix: "Put it into the page, or into a layout.",
  },
  {
    code: "E039",
    name: "kind",
    title: "A node is of a kind that the renderer does not know",
    cause: "Two versions of @vango/core are in one program, and one made a node that the other cannot read.",
    fix: "Look at `deno info` of your program for @vango/core, and use one version.",
  },
];
