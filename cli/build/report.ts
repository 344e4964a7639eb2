/**
 * What a build holds, as a table.
 *
 * @module
 */
import type { Build } from "@vango/core/production";
import type { Paint } from "../terminal.ts";

/** More rows than that are summed up. */
const MAX_ROWS = 30;

/** The files of a build with their sizes, the largest first, and the sum of what browsers load. */
export function sizeTable(build: Build, paint: Paint): string {
  const files = Object.entries(build.files).sort(([a, x], [b, y]) => y.bytes - x.bytes || (a < b ? -1 : 1));
  const rows = files.slice(0, MAX_ROWS).map(([, file]) =>
    [file.url, file.bytes, file.gzip, file.brotli] as const
  );
  const rest = files.slice(MAX_ROWS).map(([, file]) => file);
  if (rest.length > 0) rows.push([`${rest.length} more`, ...sums(rest)]);
  const total = sums(files.map(([, file]) => file));
  const cells = [
    ["", "bytes", "gzip", "brotli"],
    ...rows.map(([name, ...sizes]) => [name, ...sizes.map(sizeText)]),
    ["total", ...total.map(sizeText)],
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map((row, at) => {
    const line = row.map((text, i) => i === 0 ? text.padEnd(widths[0]) : text.padStart(widths[i] + 2)).join(
      "",
    );
    return at === 0 ? paint("dim", line) : at === cells.length - 1 ? paint("bold", line) : line;
  }).map((line) => `  ${line}`).join("\n");
}

/** The sums; what is not smaller when compressed is sent as it is. */
function sums(files: readonly Build["files"][string][]): [number, number, number] {
  const sum = (size: (file: Build["files"][string]) => number) =>
    files.reduce((all, file) => all + size(file), 0);
  return [
    sum(({ bytes }) => bytes),
    sum(({ bytes, gzip = bytes }) => gzip),
    sum(({ bytes, gzip = bytes, brotli = gzip }) => brotli),
  ];
}

/** A size for people: "812 B", "4.1 KiB", "2.3 MiB"; a dash for none. */
export function sizeText(bytes: number | undefined): string {
  if (bytes === undefined) return "-";
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KiB"] : [bytes / (1024 * 1024), "MiB"];
  return `${value.toFixed(1)} ${unit}`;
}
