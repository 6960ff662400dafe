export type FrontValue = string | readonly string[] | Readonly<Record<string, string>>;

export interface SkillText {
  readonly fields: ReadonlyMap<string, FrontValue>;
  readonly body: string;
}

/**
 * Splits SKILL.md into its front matter and its body. Of YAML it reads what the specification needs:
 * plain and quoted text, folded and literal blocks, lists, and one level of `key: value` below a key.
 * Throws an Error that says which line it can't read.
 */
export function readSkillText(text: string): SkillText {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  if (lines[0]?.trim() !== '---') throw new Error('SKILL.md does not begin with front matter (---).');
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---');
  if (end < 0) throw new Error('The front matter of SKILL.md has no end (---).');
  const fields = new Map<string, FrontValue>();
  let at = 1;
  while (at < end) {
    const line = lines[at] ?? '';
    at += 1;
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const [, key, rest] = /^([A-Za-z][\w-]*):(?:\s+(.*))?$/.exec(line) ?? [];
    if (key === undefined)
      throw new Error(`Line ${at} of the front matter can't be read: ${line.slice(0, 80)}`);
    if (fields.has(key)) throw new Error(`The front matter has "${key}" twice.`);
    const below: string[] = [];
    while (at < end && (/^\s+\S/.test(lines[at] ?? '') || (lines[at] ?? '').trim() === '')) {
      below.push(lines[at] ?? '');
      at += 1;
    }
    fields.set(key, valueOf(key, (rest ?? '').trim(), below));
  }
  return {
    fields,
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  };
}

function valueOf(key: string, first: string, below: readonly string[]): FrontValue {
  const inner = below.map((line) => line.trim());
  if (/^[|>][+-]?$/.test(first)) return inner.join(first.startsWith('|') ? '\n' : ' ').trim();
  if (first === '' && inner.some((line) => line.startsWith('- ')))
    return inner.flatMap((line) => (line.startsWith('- ') ? [scalar(line.slice(2))] : []));
  if (first === '' && inner.some((line) => line !== '')) return mapOf(key, inner);
  const [, list] = /^\[(.*)\](?:\s+#.*)?$/.exec([first, ...inner].join(' ').trim()) ?? [];
  if (list !== undefined) return itemsOf(list);
  if (/^[[{&*!%@`]/.test(first)) throw new Error(`The value of "${key}" is of a kind that is not read here.`);
  return scalar([first, ...inner].join(' ').trim());
}

/** What stands between commas, but for those inside of quotes. */
function itemsOf(list: string): readonly string[] {
  const items = list.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,])+/g) ?? [];
  return items.map((item) => scalar(item.trim())).filter((item) => item !== '');
}

function mapOf(key: string, lines: readonly string[]): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
    const [, name, value] = /^([\w.-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`"${line.slice(0, 80)}" below "${key}" can't be read.`);
    map[name] = scalar(value ?? '');
  }
  return map;
}

function scalar(text: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(text.trim());
  if (quoted === null) return text.trim().replace(/\s+#.*$/, '');
  const [, mark, inner = ''] = quoted;
  return mark === "'"
    ? inner.replaceAll("''", "'")
    : inner.replace(/\\(["\\])/g, '$1').replaceAll('\\n', '\n');
}
