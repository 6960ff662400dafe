import { isRunByGit } from '../../gitPlaces.ts';
import { leavesFolder } from '../../pathPlace.ts';
import { pathArguments } from '../sinks.ts';
import type { RefValue } from '../values.ts';
import { ofKind } from './callBack.ts';
import type { Call, Walk } from './walk.ts';

const writers = /\.(write|append|output|create|copy|cp|move|rename|link|symlink)\w*$|\.(open|openSync)$/;

/** Tells calls that reach files outside the work folder, or write what git starts commands from. */
export function checkPaths(walk: Walk, callee: RefValue, call: Call): void {
  const { machine } = walk;
  const places = pathArguments(callee.path);
  const args = call.spread && places.length > 0 ? [...call.args.keys()] : places;
  const name = callee.path.replace(/^node:/, '');
  // Of two paths, the second is written.
  const written = writers.test(callee.path) && !reads(callee.path, call) ? args.at(-1) : undefined;
  for (const place of args) {
    for (const value of ofKind(call.args[place], 'text')) {
      if (leavesFolder(value.text, value.open, machine.options.allowedPaths))
        machine.report(call.node, 'fs.outside', `This reaches ${value.text} with ${name}`, callee.route);
      if (place === written && isRunByGit(value.text)) {
        const message = `This writes ${value.text}, from which git starts commands, with ${name}`;
        machine.report(call.node, 'process.spawn', message, callee.route);
      }
    }
  }
}

/** Opening and streaming a file may be for reading. */
function reads(path: string, call: Call): boolean {
  if (path.endsWith('.createReadStream')) return true;
  return (
    /\.open(Sync)?$/.test(path) && !ofKind(call.args[1], 'text').some((flags) => /[wa+]/.test(flags.text))
  );
}
