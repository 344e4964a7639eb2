// deno-lint-ignore-file jsx-key jsx-curly-braces jsx-button-has-type -- traps are what one better does not write
/**
 * What Deno's precompile transform does in its own way, each beside the element functions that it must equal:
 * examples/jsx/traps_test.ts compares them.
 *
 * A row is named by the trap. What one cannot write: a signal in a boolean attribute (the transform makes `x ? "inert" : ""` of
 * it), and `<>…</>` inside an element, which the transform takes away: its text joins the text around.
 *
 * @module
 */
import { type Child, component, on, signal } from "../../mod.ts";
import {
  a,
  b,
  br,
  button,
  customElement,
  div,
  i,
  input,
  li,
  noscript,
  ol,
  option,
  p,
  pre,
  script,
  section,
  select,
  style,
  table,
  tbody,
  td,
  textarea,
  tr,
  ul,
} from "../../vdom/elements.ts";
import { createNode, fragment } from "../../vdom/node.ts";

const yes = true as boolean;
const no = false as boolean;
const nothing = null as string | null;
const bound = signal("bound <&>");
const text = "5 < 6 & \"7\" 'eight' \u00a0 é";
const click = (): void => {};
const take = (_: unknown): void => {};
const more = { title: "from a spread", class: "s" };

const Panel = component((props: { title: string; children?: Child }) => () =>
  section({ title: props.title }, props.children)
);

/** What each trap is: in JSX, and in functions. */
export const TRAPS: Record<string, [jsx: () => Child, functions: () => Child]> = {
  "text is escaped once": [
    () => <p>1 &lt; 2 &amp;amp; {text} {"<b>"}</p>,
    () => p("1 < 2 &amp; ", text, " <b>"),
  ],
  "attributes are escaped once": [
    () => <p title="&quot;a&quot; &lt; b &amp;lt;" id={text}>x</p>,
    () => p({ title: '"a" < b &lt;', id: text }, "x"),
  ],
  "null literals and absent values are slots": [
    () => <p>a{null}b{undefined}{yes}{nothing}</p>,
    () => p("a", null, "b", undefined, yes, nothing),
  ],
  "a slot alone may be absent": [() => <p>{nothing}</p>, () => p({}, nothing)],
  "constant booleans": [() => <p hidden inert>x</p>, () => p({ hidden: true, inert: true }, "x")],
  "booleans that are true and false": [
    () => <ol reversed={yes} inert={no} hidden={no}>{nothing}</ol>,
    () => ol({ reversed: yes, inert: no, hidden: no }, nothing),
  ],
  "words for true and false": [
    () => <p draggable={yes} aria-hidden={no} data-x={yes}>x</p>,
    () => p({ draggable: yes, "aria-hidden": no, "data-x": yes }, "x"),
  ],
  "a number as attribute": [() => <p tabindex={3}>x</p>, () => p({ tabindex: 3 }, "x")],
  "keys are no attributes": [
    () => (
      <ul>
        {[<li key={1}>x</li>, <li key="k">{text}</li>]}
        <li key={nothing}>y</li>
      </ul>
    ),
    () => ul([li({ key: 1 }, "x"), li({ key: "k" }, text)], li({ key: nothing as never }, "y")),
  ],
  "one handler": [() => <p onClick={click}>x</p>, () => p({ onClick: click }, "x")],
  "several handlers, with options and payloads": [
    () => <p onKeyDown={on(take, { keys: ["Enter"] })} onMouseEnter={take} on:my-event={click}>x</p>,
    () => p({ onKeyDown: on(take, { keys: ["Enter"] }), onMouseEnter: take, "on:my-event": click }, "x"),
  ],
  "handlers behind what is inserted before them": [
    () => (
      <div>
        {yes && <b>x</b>}
        <p onClick={click}>y</p>
        {[<i>1</i>, <i>2</i>]}
        <p onClick={click}>z</p>
      </div>
    ),
    () => div(yes && b("x"), p({ onClick: click }, "y"), [i("1"), i("2")], p({ onClick: click }, "z")),
  ],
  "a spread": [
    () => (
      <div>
        <p id="a" {...more}>x</p>
      </div>
    ),
    () => div(p({ id: "a", ...more }, "x")),
  ],
  "class and style values": [
    () => <p class={["a", { b: yes, c: no }]} style={{ color: "red", "--x": 1 }}>x</p>,
    () => p({ class: ["a", { b: yes, c: no }], style: { color: "red", "--x": 1 } }, "x"),
  ],
  "signals": [
    () => (
      <p title={bound} class={["a", bound]}>
        x {bound}
        <b>{bound}</b>
      </p>
    ),
    () => p({ title: bound, class: ["a", bound] }, "x ", bound, b(bound)),
  ],
  "an unsafe URL": [
    () => (
      <a href="javascript:alert(1)">
        <b title={text}>x</b>
      </a>
    ),
    () => a({ href: "javascript:alert(1)" }, b({ title: text }, "x")),
  ],
  "an unsafe URL in a slot": [
    () => <a href={"javascript:" + text}>x</a>,
    () => a({ href: "javascript:" + text }, "x"),
  ],
  "script and style are skipped": [
    () => (
      <div>
        <script type="x">{"1 < 2 && 3"}</script>
        <style>{"a > b {}"}</style>
      </div>
    ),
    () => div(script({ type: "x" }, "1 < 2 && 3"), style("a > b {}")),
  ],
  "controls are skipped": [
    () => (
      <div>
        <input value={bound} checked={no} onInput={take} />
        <textarea>{text}</textarea>
        <select value="2">
          <option value="1">1</option>
          <option value="2">2</option>
        </select>
        <button type="button" onClick={click}>{text}</button>
      </div>
    ),
    () =>
      div(
        input({ value: bound, checked: no, onInput: take }),
        textarea(text),
        select({ value: "2" }, option({ value: "1" }, "1"), option({ value: "2" }, "2")),
        button({ type: "button", onClick: click }, text),
      ),
  ],
  "children of a skipped element are one array": [
    () => (
      <div>
        <button>Button {text}</button>
        <button>{no}{bound}</button>
        <button>{[text, " b"]}</button>
        <button>{["a", text]}{[<b>x</b>]}</button>
        <select>
          <option>No. {text}</option>
          {[1, 2].map((n) => <option key={n}>{n} of 2</option>)}
        </select>
      </div>
    ),
    () =>
      div(
        button("Button ", text),
        button(no, bound),
        button([text, " b"]),
        button(["a", text], [b("x")]),
        select(option("No. ", text), [1, 2].map((n) => option({ key: n }, n, " of 2"))),
      ),
  ],
  "children of a skipped element are a template without a root": [
    () => (
      <div>
        <button>
          Text <b>x</b> {text}
        </button>
        <button>
          <input />a<b>{text}</b>
        </button>
        <button>
          <b>x</b>
          <i>{bound}</i>
        </button>
      </div>
    ),
    () =>
      div(
        button("Text ", b("x"), " ", text),
        button(input(), "a", b(text)),
        button(b("x"), i(bound)),
      ),
  ],
  "children of an element with a spread and of a component": [
    () => (
      <div>
        <p {...more}>a {text}</p>
        <p {...more}>{["a", text]}</p>
        <p {...more}>{yes && <b>x</b>}{text}</p>
        <Panel title="t">a {text}</Panel>
        <Panel title="u">
          a <b>x</b>
        </Panel>
        <Panel title="v">{["a", text]}</Panel>
      </div>
    ),
    () =>
      div(
        p(more, "a ", text),
        p(more, ["a", text]),
        p(more, yes && b("x"), text),
        Panel({ title: "t" }, "a ", text),
        Panel({ title: "u" }, "a ", b("x")),
        Panel({ title: "v" }, ["a", text]),
      ),
  ],
  "a list alone in an element": [
    () => (
      <div>
        <p>{["a", text]}</p>
        <p>{[text, <b key={1}>x</b>, bound]}</p>
        <p>{[[["a"], "b"]]}</p>
        <p>{[]}</p>
        <p>{[[]]}</p>
        <p>{fragment(["a", bound], null)}</p>
        <p>{fragment(["a", bound], "k")}</p>
      </div>
    ),
    () =>
      div(
        p(["a", text]),
        p([text, b({ key: 1 }, "x"), bound]),
        p([[["a"], "b"]]),
        p([]),
        p([[]]),
        p(fragment(["a", bound], null)),
        p(fragment(["a", bound], "k")),
      ),
  ],
  "elements that are no part of a template": [
    () => (
      <div>
        <my-map>
          <b>x</b>
        </my-map>
        <noscript>n {text}</noscript>
        <pre>{"\nx"}</pre>
      </div>
    ),
    () => div(customElement("my-map", b("x")), noscript("n ", text), pre("\nx")),
  ],
  "void elements": [() => (
    <p>
      a<br />
      {text}
      <br />
    </p>
  ), () => p("a", br(), text, br())],
  "conditions and lists between constant elements": [
    () => (
      <div>
        <b>1</b>
        {no && <i>x</i>}
        <b>2</b>
        {[<i>3</i>]}
        <b>4</b>
        {text}
      </div>
    ),
    () => div(b("1"), no && i("x"), b("2"), [i("3")], b("4"), text),
  ],
  "components": [
    () => (
      <div>
        <Panel title="t">
          <b>x</b>
          {text}
        </Panel>
        <Panel title="u">{nothing}</Panel>
      </div>
    ),
    () => div(Panel({ title: "t" }, b("x"), text), Panel({ title: "u", children: nothing })),
  ],
  "several roots": [() => (
    <>
      <b>x</b>
      {text}
      <i>{bound}</i>
    </>
  ), () => fragment([b("x"), text, i(bound)], null)],
  "svg": [
    () => (
      <svg viewBox="0 0 1 1">
        <g class={text}>{[<path d="M0" stroke-width={2} />]}</g>
      </svg>
    ),
    () =>
      createNode("svg", { viewBox: "0 0 1 1" }, [
        createNode("g", { class: text }, [[createNode("path", { d: "M0", "stroke-width": 2 }, [])]]),
      ]),
  ],
  "table": [
    () => (
      <table>
        <tbody>
          {[1, 2].map((n) => (
            <tr key={n}>
              <td>{n}</td>
              <td>{bound}</td>
            </tr>
          ))}
        </tbody>
      </table>
    ),
    () => table(tbody([1, 2].map((n) => tr({ key: n }, td(n), td(bound))))),
  ],
};
