import { findMember, setMember } from '../interpret/classes.ts';
import { argument } from '../interpret/arguments.ts';
import { joinAll, oneText } from '../values/join.ts';
import { argsOf, classAtom, inst, lib, objAtom, unknown } from '../values/make.ts';
import type { ClassAtom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';

/** A class decorator: gives back the class, or itself when it was called with options only. */
const classDecorator: Model = (call) => {
  const given = first(call).filter((atom) => atom.kind === 'class');
  return given.length > 0 ? given : inst('decorator');
};

/** namedtuple('P', 'a b') and its relatives make a class with these fields. */
const record: Model = (call) => {
  const cls = classAtom(oneText(first(call)) ?? 'record', [lib('builtins.tuple')], lib('builtins.type'));
  const names = argument(call.args, 1, 'field_names', 'fields') ?? unknown;
  const spelled = oneText(names);
  if (spelled !== undefined) cls.fields.push(...spelled.split(/[\s,]+/).filter((name) => name !== ''));
  else {
    for (const item of call.m.parts.iterate(names, call.node).exact ?? []) {
      const name = oneText(item) ?? oneText(call.m.parts.iterate(item, call.node).exact?.[0]);
      if (name !== undefined) cls.fields.push(name);
    }
  }
  const members = call.args.keywords.get('namespace')?.[0];
  if (members?.kind === 'dict')
    for (const entry of members.entries.values())
      if (entry.name.kind === 'text') setMember(cls, entry.name.text, entry.value);
  const defaults = call.args.keywords.get('defaults');
  const values = defaults ? call.m.parts.iterate(defaults, call.node).exact : undefined;
  values?.forEach((value, at) => {
    const field = cls.fields[cls.fields.length - values.length + at];
    if (field !== undefined) cls.attrs.set(field, value);
  });
  cls.any = objAtom(cls);
  return [cls];
};

/** TypedDict('T', {'a': int}) keeps the annotations that it is given. */
const typedDict: Model = (call) => {
  const cls = classAtom(oneText(first(call)) ?? 'dict', [lib('builtins.dict')], lib('builtins.type'));
  setMember(cls, '__annotations__', argument(call.args, 1, 'fields') ?? unknown);
  cls.any = objAtom(cls);
  return [cls];
};

/** copy.copy and deepcopy run `__copy__`, `__deepcopy__` and `__reduce__` of the program's classes. */
const copied: Model = (call) => {
  const objects = first(call).filter((atom) => atom.kind === 'obj');
  const results: Value[] = [];
  for (const atom of objects) {
    for (const name of ['__copy__', '__deepcopy__', '__reduce_ex__', '__reduce__']) {
      const hook = findMember(atom.cls, name);
      if (!hook) continue;
      const made = call.m.parts.call(
        call.m.parts.attribute([atom], name, call.node),
        argsOf(unknown),
        call.node,
      );
      if (name.startsWith('__reduce')) rebuild(call, made);
      else results.push(made);
    }
  }
  return joinAll([first(call), ...results]);
};

/** What a `__reduce__` answer asks for: call this with these. */
function rebuild(call: LibCall, made: Value): void {
  for (const atom of made) {
    if (atom.kind !== 'seq') continue;
    const [func, given] = atom.items;
    const items = given ? call.m.parts.iterate(given, call.node) : undefined;
    if (func) call.m.parts.call(func, argsOf(...(items?.exact ?? [])), call.node);
  }
}

/** Annotations that are more than names are run when they are resolved. */
const typeHints: Model = (call) => {
  for (const atom of first(call)) {
    const nodes =
      atom.kind === 'func'
        ? atom.code.params.flatMap((param) => (param.annotation ? [call.m.text(param.annotation)] : []))
        : [];
    if (atom.kind === 'func')
      nodes.push(/->\s*([^:]*)/.exec(call.m.text(atom.code.node).split('\n', 1)[0] ?? '')?.[1] ?? '');
    if (atom.kind === 'class') nodes.push(...classAnnotations(call, atom));
    if (nodes.some((spelled) => /\w\s*\(/.test(spelled)))
      call.m.report('code.eval', call.node, 'Evaluates annotations that hold calls');
    const stored =
      atom.kind === 'class' || atom.kind === 'func' ? atom.attrs.get('__annotations__') : undefined;
    for (const value of stored ?? []) {
      if (value.kind !== 'dict') continue;
      for (const entry of value.entries.values())
        if (entry.value.some((hint) => hint.kind === 'text' && /\(/.test(hint.text)))
          call.m.report('code.eval', call.node, 'Evaluates annotations that hold calls');
    }
  }
  return unknown;
};

function classAnnotations(call: LibCall, cls: ClassAtom): string[] {
  const source = call.m.parsed.text;
  const at = source.search(new RegExp(`class\\s+${cls.name.replace(/\W/g, '')}\\b`));
  const body = at < 0 ? '' : (source.slice(at, at + 4000).split(/\n(?=\S)/, 1)[0] ?? '');
  return [...body.matchAll(/^\s+\w+\s*:\s*(.+)$/gm)].map((match) => match[1] ?? '');
}

/** Functions of doctest run the examples that are written in the texts of the program. */
const doctest: Model = (call) => {
  const given = [...call.args.positional, ...call.args.keywords.values()].flat();
  const texts = given.flatMap((atom) => (atom.kind === 'text' ? [atom.text] : []));
  const all = [...texts, call.m.parsed.text].join('\n');
  const examples = [...all.matchAll(/^\s*(?:[rRuU]?(?:"""|'''))?(?:>>>|\.\.\.) (.*)$/gm)].map(
    (match) => match[1] ?? '',
  );
  if (texts.some((given) => given.includes('>>>')) || examples.some((example) => reaching.test(example)))
    call.m.report(
      'code.eval',
      call.node,
      'Runs the examples in the texts of the program as code',
      call.route,
    );
  return unknown;
};

const reaching =
  /__|\b(os|sys|subprocess|shutil|socket|ctypes|pickle|importlib|builtins|urllib|requests)\b|\b(eval|exec|compile|open|getattr|globals|vars|breakpoint)\s*\(/;

/** Helpers about classes: dataclasses, named tuples, copies, enums, type hints. */
export const classModels: readonly [string, Model][] = [
  ...modelsFor('', {
    'dataclasses.dataclass attr.s attr.attrs attr.define attrs.define attrs.frozen attr.dataclass enum.unique typing.final typing.runtime_checkable abc.ABC':
      classDecorator,
    'collections.namedtuple typing.NamedTuple dataclasses.make_dataclass': record,
    'typing.TypedDict typing_extensions.TypedDict': typedDict,
    'dataclasses.field attr.ib attrs.field': (call) => {
      const factory = argument(call.args, -1, 'default_factory', 'factory');
      return factory
        ? call.m.parts.call(factory, argsOf(), call.node)
        : (call.args.keywords.get('default') ?? unknown);
    },
    'copy.copy copy.deepcopy copy._reconstruct': copied,
    'typing.get_args typing_extensions.get_args': (call) =>
      joinAll(
        first(call).map((atom): Value =>
          atom.kind === 'inst' && atom.path === 'typing.Annotated' ? (atom.data[0] ?? unknown) : unknown,
        ),
      ),
    'typing.get_type_hints typing_extensions.get_type_hints': typeHints,
    'typing.cast typing.overload typing.no_type_check abc.abstractmethod': (call) =>
      call.path.endsWith('cast') ? (call.args.positional[1] ?? unknown) : first(call),
    'enum.Enum enum.IntEnum enum.auto': () => unknown,
    'doctest.testmod doctest.run_docstring_examples doctest.testfile doctest.DocTestSuite doctest.DocTestRunner.run doctest.DocTestParser.get_doctest doctest.DocTestParser.get_examples doctest.script_from_examples':
      doctest,
    'inspect.signature': (call) =>
      inst(
        'inspect.Signature',
        joinAll(
          first(call).map((atom): Value =>
            atom.kind === 'func' ? joinAll([...atom.defaults.values()]) : unknown,
          ),
        ),
      ),
  }),
  ...modelsFor('pickle.', {
    'dumps dump': (call) => {
      // Pickling runs nothing dangerous by itself, but a class that asks for a dangerous call is meant to be loaded.
      copied(call);
      return unknown;
    },
  }),
];
