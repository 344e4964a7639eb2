/**
 * Writes plain data as YAML: what JSON can say, in the form that people read.
 *
 * Texts stand plain only where no reader of YAML 1.1 or 1.2 could take them for anything else; else as JSON writes them, which is YAML
 * too.
 *
 * @module
 */

const PLAIN = /^[A-Za-z/_$][\w/ ().{}<>@+*'$-]*(?<! )$/;
/** Words that are no texts to one reader or the other. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;

/** The text of a value, with a line end; undefined members are left out as JSON leaves them out. */
export function toYaml(value: unknown): string {
  const data = JSON.parse(JSON.stringify(value));
  return isNested(data) ? `${lines(data).join("\n")}\n` : `${scalar(data)}\n`;
}

type Nested = unknown[] | Record<string, unknown>;

function isNested(value: unknown): value is Nested {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function lines(value: Nested): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (!isNested(item)) return [`- ${scalar(item)}`];
      const [first, ...rest] = lines(item);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  return Object.entries(value).flatMap(([key, item]) =>
    isNested(item)
      ? [`${scalar(key)}:`, ...lines(item).map((line) => `  ${line}`)]
      : [`${scalar(key)}: ${scalar(item)}`]
  );
}

function scalar(value: unknown): string {
  const plain = typeof value === "string" && PLAIN.test(value) && !WORDS.test(value);
  return plain ? value as string : JSON.stringify(value);
}
