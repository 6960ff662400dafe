const inlineLength = 100;

/** A value under its name as lines for reading: texts by the line, what is short in one. */
export function valueLines(name: string, value: unknown): string[] {
  if (typeof value === 'string') return textLines(name, value);
  const json = JSON.stringify(value) ?? 'undefined';
  if (json.length <= inlineLength || typeof value !== 'object' || value === null) return [`${name}: ${json}`];
  const inner = Array.isArray(value)
    ? value.flatMap((each: unknown) => valueLines('-', each))
    : Object.entries(value).flatMap(([key, each]) => valueLines(key, each));
  return [`${name}:`, ...indented(inner)];
}

function textLines(name: string, text: string): string[] {
  if (!text.includes('\n')) return [`${name}: ${text === text.trim() ? text : JSON.stringify(text)}`];
  return [`${name}:`, ...text.split('\n').map((line) => `  | ${line}`.trimEnd())];
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
