import type { RefValue } from '../values.ts';
import { ofKind } from './callBack.ts';
import type { Call, Walk } from './walk.ts';

/** Calls that set aside as much memory as a number says. */
const sized =
  /^(Array|ArrayBuffer|SharedArrayBuffer|Buffer\.alloc(Unsafe(Slow)?)?|((Big)?(Ui|I)nt|Float)\d+(Clamped)?Array)$/;
const most = 2 ** 31;

/** Tells calls that ask for more memory than there is. */
export function checkMemory(walk: Walk, callee: RefValue, call: Call): void {
  const { path } = callee;
  const sizes = sized.test(path) ? ofKind(call.args[0], 'number') : [];
  if (path === 'Array.from') {
    for (const list of ofKind(call.args[0], 'object'))
      sizes.push(...ofKind(list.fields.get('length'), 'number'));
  }
  walk.machine.spend(sizes.length);
  if (sizes.some((size) => size.number >= most))
    walk.machine.report(call.node, 'bomb.memory', `This asks ${path} for more memory than there is`);
}
