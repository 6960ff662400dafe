import { joinAll } from '../values/join.ts';
import { argsOf, inst, seq, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { Model } from './libCall.ts';
import { after, first, modelsFor } from './libCall.ts';

/** What a coroutine of the program gives. */
function result(value: Value): Value {
  return joinAll(
    value.map((atom): Value =>
      atom.kind === 'inst' && atom.path === 'coroutine' ? (atom.data[0] ?? unknown) : unknown,
    ),
  );
}

const run: Model = (call) => result(first(call));
const task: Model = (call) => inst('coroutine', result(first(call)));

/** Calls the function at this place with the arguments behind it. */
const later =
  (at: number): Model =>
  (call) => {
    const func = call.args.positional[at];
    const given = func
      ? call.m.parts.call(
          func,
          { ...after(call.args, at + 1), keywords: at === 0 ? call.args.keywords : new Map() },
          call.node,
        )
      : unknown;
    return inst(
      'coroutine',
      result(given).length > 0 && given.some((atom) => atom.kind === 'inst' && atom.path === 'coroutine')
        ? result(given)
        : given,
    );
  };

/** asyncio: coroutines of the program give their results, callbacks are called. */
export const asyncModels: readonly [string, Model][] = [
  ...modelsFor('asyncio.', {
    'run run_until_complete loop.run_until_complete Runner.run runners.run': run,
    'create_task ensure_future wait_for shield loop.create_task TaskGroup.create_task': task,
    gather: (call) =>
      inst('coroutine', seq('list', call.args.positional.map(result), result(call.args.rest))),
    to_thread: later(0),
    'loop.call_soon loop.call_soon_threadsafe': later(0),
    'loop.call_later loop.call_at loop.run_in_executor loop.add_signal_handler loop.add_reader loop.add_writer':
      later(1),
    sleep: () => inst('coroutine', unknown),
    'loop.set_exception_handler': later(0),
    'Runner.__enter__': (call) => (call.self ? [call.self] : unknown),
  }),
  ...modelsFor('', {
    'coroutine.send coroutine.__next__ coroutine.throw': (call) =>
      call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown,
    'coroutine.__await__': (call) =>
      call.self?.kind === 'inst' ? seq('list', [call.self.data[0] ?? unknown]) : unknown,
    'coroutine.result': (call) => (call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown),
    'coroutine.add_done_callback': (call) => call.m.parts.call(first(call), argsOf(unknown), call.node),
  }),
];
