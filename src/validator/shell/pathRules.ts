import { leavesFolder } from '../pathPlace.ts';
import type { SyntaxNode } from '../parse/tree.ts';
import { pathStart } from './commandTable.ts';
import { pathRoute } from './routes.ts';
import type { ShellState } from './shellState.ts';
import type { Word } from './words.ts';

/** Checks the arguments of a command that are files. */
export function checkPaths(state: ShellState, node: SyntaxNode, name: string, args: readonly Word[]): void {
  let skip = pathStart(name);
  if (skip === undefined) return;
  const said = args.map((value) => value.readings[0]?.text ?? '');
  // With -e or -f the pattern is not the first plain argument, but the one after the option.
  const named = skip > 0 && said.some((text) => /^(-[ef]|--(regexp|file|expression)=?.*)$/.test(text));
  if (named) skip = 0;
  for (const [index, value] of args.entries()) {
    if (named && /^(-e|--regexp|--expression)$/.test(said[index - 1] ?? '')) continue;
    const option = value.readings.some((reading) => reading.text.startsWith('-'));
    if (!option && skip > 0) {
      skip--;
      continue;
    }
    for (const reading of value.readings) {
      const path =
        option || name === 'dd'
          ? reading.text.replace(/^[^=]*=?/, (start) => (start.endsWith('=') ? '' : start))
          : reading.text;
      if (path.startsWith('-') || (path === '/' && /^(cut|sort|paste|join|column)$/.test(name))) continue;
      checkPath(state, node, path, reading.open);
    }
  }
}

/** Reports a path that leaves the work folder. */
export function checkPath(state: ShellState, node: SyntaxNode, path: string, open: boolean): void {
  if (/^\/dev\/(tcp|udp)\//.test(path)) {
    state.report(
      node,
      'network.connect',
      'This opens the network through /dev/tcp',
      pathRoute(state, node, path),
    );
  } else if (!/^\/dev\/u?random$|^\/dev\/fd\/[012]$/.test(path) && leaves(state, path, open)) {
    const message = `This reaches ${path}, outside the work folder`;
    state.report(node, 'fs.outside', message, pathRoute(state, node, path));
  }
}

/** Relative paths are judged from every folder that the script may be in by now. */
function leaves(state: ShellState, path: string, open: boolean): boolean {
  const { allowedPaths } = state.options;
  if (leavesFolder(path, open, allowedPaths) && /^([/~\\]|\w+:)/.test(path)) return true;
  return state.folders.some((folder) =>
    leavesFolder(/^([/~\\]|\w+:)/.test(path) ? path : `${folder}/${path}`, open, allowedPaths),
  );
}
