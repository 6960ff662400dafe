import { workFolder } from '../library/constants.ts';
import { isHidden, joinAll } from '../values/join.ts';
import { inst, seq, text, unknown } from '../values/make.ts';
import type { InstAtom, TextAtom, Value } from '../values/value.ts';
import type { LibCall } from './libCall.ts';

/** Joins paths as os.path.join does: an absolute part starts anew. */
export function joinPaths(parts: readonly Value[]): Value {
  let results: TextAtom[] = [];
  for (const [index, part] of parts.entries()) {
    const next: TextAtom[] = [];
    const texts = part.map(toText);
    if (index === 0) {
      results = texts;
      continue;
    }
    for (const left of results) {
      for (const right of texts) {
        const absolute = /^[/~\uE000]/.test(right.text);
        if (right.text.startsWith('/') || right.text.startsWith(workFolder)) next.push(right);
        else if (left.open) next.push(absolute ? right : left);
        else {
          const joined =
            left.text === '' || left.text.endsWith('/')
              ? left.text + right.text
              : `${left.text}/${right.text}`;
          next.push({
            kind: 'text',
            key: `t${right.open ? '+' : '='}${joined}`,
            text: joined,
            open: right.open,
          });
        }
      }
    }
    results = next.slice(0, 16);
  }
  if (parts.some(isHidden)) return [{ kind: 'unknown', key: '?!', hidden: true }];
  const value = joinAll(results.map((atom): Value => (atom.open && atom.text === '' ? unknown : [atom])));
  return value.length === 0 ? unknown : value;
}

function toText(atom: Value[number]): TextAtom {
  if (atom.kind === 'text') return atom;
  if (atom.kind === 'bytes') return { kind: 'text', key: `t=${atom.text}`, text: atom.text, open: false };
  if (atom.kind === 'inst' && atom.path === 'pathlib.Path' && atom.data[0]?.length === 1) {
    const [only] = atom.data[0];
    if (only?.kind === 'text') return only;
  }
  return { kind: 'text', key: 't+', text: '', open: true };
}

export function mapTexts(value: Value, change: (path: string) => string): Value {
  return joinAll(
    value.map((atom): Value => {
      const known = toText(atom);
      if (!known.open) return text(change(known.text));
      return known.text === '' ? unknown : text(change(`${known.text}x`).slice(0, known.text.length), true);
    }),
  );
}

export function parent(path: string): string {
  const clean = path.replace(/\/+$/, '');
  if (/(^|\/)\.\.$/.test(clean)) return `${clean}/..`;
  const at = clean.lastIndexOf('/');
  if (at > 0) return clean.slice(0, at);
  if (at === 0) return '/';
  if (clean === workFolder || clean === '' || clean === '.') return `${workFolder}/..`;
  return '.';
}

export function absolute(path: string): string {
  const whole = path.startsWith('/') || path.startsWith(workFolder) ? path : `${workFolder}/${path}`;
  return whole.replace(/\/\.(?=\/|$)/g, '') || '/';
}

/** A Path object over a value that is a path. */
export function pathOf(value: Value): Value {
  return inst('pathlib.Path', value);
}

/** Plain attributes of a Path. */
export function pathAttribute(atom: InstAtom, name: string): Value | undefined {
  const own = atom.data[0] ?? unknown;
  switch (name) {
    case 'parent':
      return pathOf(mapTexts(own, parent));
    case 'parents':
      return inst('pathlib.parents', own);
    case 'name':
      return mapTexts(own, (path) => path.slice(path.lastIndexOf('/') + 1));
    case 'stem':
      return mapTexts(own, (path) => path.slice(path.lastIndexOf('/') + 1).replace(/(.)\.[^.]*$/, '$1'));
    case 'suffix':
      return mapTexts(own, (path) => /.(\.[^.]*)$/.exec(path)?.[1] ?? '');
    case 'anchor':
    case 'root':
    case 'drive':
      return text('/');
    case 'parts':
      return seq('tuple', [], unknown);
    default:
      return undefined;
  }
}

export function own(call: LibCall): Value {
  // `Path.read_text(path)` has the path as its first argument.
  const self = call.self ?? call.args.positional[0]?.find((atom) => atom.kind === 'inst');
  return self?.kind === 'inst' ? (self.data[0] ?? unknown) : unknown;
}
