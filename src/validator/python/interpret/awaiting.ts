import { joinAll } from '../values/join.ts';
import { unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';

/** What `await` gives: the result of a coroutine of the program, otherwise whatever the object is. */
export function awaited(value: Value): Value {
  return joinAll(
    value.map((atom): Value =>
      atom.kind === 'inst' && atom.path === 'coroutine'
        ? (atom.data[0] ?? unknown)
        : atom.kind === 'iter'
          ? atom.result
          : [atom],
    ),
  );
}
