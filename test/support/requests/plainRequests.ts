import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';

export type Body = Readonly<Record<string, unknown>>;

/**
 * Requests without what is another one at each run: ids, temporary folders, ports, how far a reply had
 * come when it was stopped; and `ofMachine` without times and sizes that real sandboxes bring forth.
 */
export function plainRequests(bodies: readonly object[], ofMachine: boolean): readonly Body[] {
  const ids = new Map<string, string>();
  const idOf = (id: string): string => {
    const known = ids.get(id) ?? `toolu_${ids.size + 1}`;
    ids.set(id, known);
    return known;
  };
  const plain = (text: string): string => {
    const same = text
      .replace(/toolu_[A-Za-z0-9_]+/g, idOf)
      .replaceAll(tmpdir(), '/tmp')
      .replace(/\/tmp(?:\/gbt-\w+\/t)?\/g[a-z-]+-\w{6}/g, '<folder>')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
      .replace(/^[^]+(?=\n\n\(The person stopped this here\.\)$)/, '<what had been said>');
    return ofMachine ? withoutFigures(same) : same;
  };
  return bodies.map((body) => mapped(body, (key, text) => shortened(key, plain(text), ofMachine)) as Body);
}

/** Stands in for what the instructions say of the sandbox of a machine: packages, versions, limits. */
export const ofThisMachine = '<that of the machine>';

function withoutFigures(text: string): string {
  return (
    text
      // A real editor has come now so far, now so far, when it is stopped.
      .replace(
        /^(<what had been said>\n\n)?\(The person stopped this( here)?\.\)$/,
        '<stopped by the person>',
      )
      .replace(/(?<=^# The sandbox\n\n)[^]*?(?=\n\n# |$(?![^]))/m, ofThisMachine)
      .replace(/\d[\d.,]* ?(µs|ms|s|(?:micro|milli)?seconds)\b/g, '<time> $1')
      .replace(/(image\/[a-z+]+, )\d+ bytes/g, '$1<size>')
  );
}

const longest = 2000;

function shortened(key: string, text: string, ofMachine: boolean): string {
  if (key === 'data' && text.length > 100)
    return ofMachine ? '<base64>' : `<${text.length} characters of base64, ${digest(text)}>`;
  const once = text
    .replace(/(?<!\S)(\S[^\n]{3,99}?)\1{5,}/g, (all, part: string) => `‹${part}›×${all.length / part.length}`)
    .replace(/([^\s‹›])\1{29,}/g, (all, part: string) => `‹${part}›×${all.length}`)
    .replace(/^([^\n]+\n)\1{3,}/gm, (all, part: string) => `${part}(× ${all.length / part.length})\n`);
  if (once.length <= 2 * longest) return once;
  const left = once.length - 2 * longest;
  return `${once.slice(0, longest)}\n(… ${left} characters, ${digest(once)} …)\n${once.slice(-longest)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The value with each of its texts changed. */
function mapped(value: unknown, change: (key: string, text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(key, value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, change, name)]));
}
