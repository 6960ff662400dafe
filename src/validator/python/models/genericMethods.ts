import type { SyntaxNode } from '../../parse/tree.ts';
import { checkAllocation } from '../bombs/allocation.ts';
import { argument } from '../interpret/arguments.ts';
import { isTabled } from '../library/library.ts';
import type { Machine } from '../interpret/machine.ts';
import { isHidden } from '../values/join.ts';
import { hidden, unknown } from '../values/make.ts';
import type { Args, Atom, MethodAtom, Value } from '../values/value.ts';
import { checkColumnQuery } from './columnQueries.ts';
import { checkTemplate } from './unknownTemplates.ts';
import { looksLikeFile } from './pathNames.ts';
import { checkAddress, checkPath } from './pathRules.ts';
import { checkSql } from './sql.ts';

/** Methods that write or read the file named by their first argument, whatever the object is. */
const filing = new Set(
  `to_csv to_excel to_parquet to_json to_pickle to_feather to_hdf to_stata to_html to_latex to_markdown to_orc to_xml
  to_file to_netcdf to_zarr write_csv write_parquet write_json write_excel savefig tofile save save_weights savez
  imsave dump postscript write_html write_image dump_stats print_png print_figure write_gif sink_csv sink_parquet
  fromfile from_file from_pretrained save_pretrained load_weights load_model loadtxt`.split(/\s+/),
);

/** Methods of archives, and of columns of text, which take a pattern. */
const unpacking = new Set(['extract', 'extractall']);

const decoding = /decode|decompress|join|translate|format|replace/;

/** A method by its name alone: the object is not known, or the tables say nothing of it. */
export function genericMethod(m: Machine, atom: MethodAtom, args: Args, node: SyntaxNode): Value {
  const { name, self } = atom;
  if (filing.has(name)) {
    const target = argument(
      args,
      0,
      'path',
      'fname',
      'path_or_buf',
      'filename',
      'file',
      'fp',
      'excel_writer',
    );
    if (target) checkPath(m, target.filter(isPathLike(self)), node, `\`${name}\` uses`);
  }
  if (unpacking.has(name))
    for (const target of [...args.positional, args.keywords.get('path') ?? []])
      checkPath(
        m,
        target.filter((given) => given.kind === 'text' && looksLikeFile(given.text)),
        node,
        `\`${name}\` uses`,
      );
  switch (name) {
    case 'load_extension':
    case 'enable_load_extension':
      m.report('native.load', node, `Loads native code with \`${name}\``);
      break;
    case 'query':
    case 'eval':
      checkColumnQuery(m, argument(args, 0, 'expr'), node, `\`${name}\``);
      break;
    case 'to_bytes':
      checkAllocation(m, 'int.to_bytes', args, node);
      break;
    case 'to_sql':
      checkAddress(m, argument(args, 1, 'con'), node, '`to_sql` uses');
      break;
    case 'load_module':
    case 'exec_module':
    case 'find_module':
    case 'get_original':
      m.report('import.dynamic', node, `Loads a module with \`${name}\``);
      break;
    case 'sql':
    case 'execute':
    case 'executescript':
    case 'executemany':
      checkSql(m, args.positional[0], node);
      break;
    case 'format':
    case 'format_map':
      checkTemplate(m, self, args, node);
      break;
    case 'getoutput':
    case 'check_output':
    case 'check_call':
      if (m.lost.size > 0) m.report('process.spawn', node, `Starts a process with \`${name}\``);
      break;
    default:
  }
  m.parts.escape(args, `\`.${name}()\``, node);
  if (self.kind === 'unknown' && self.hidden) return hidden;
  return args.positional.some(isHidden) && decoding.test(name) ? hidden : unknown;
}

/** A name with no folder in it may be anything, such as a title; so may the key of an unknown package. */
function isPathLike(self: Atom): (atom: Atom) => boolean {
  const strange = self.kind === 'inst' && !isTabled(self.path.split('.')[0] ?? self.path);
  return (atom) =>
    strange && atom.kind === 'text' ? looksLikeFile(atom.text) : atom.kind !== 'unknown' || isHidden([atom]);
}
