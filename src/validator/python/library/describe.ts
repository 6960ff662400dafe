const phrases: Readonly<Record<string, string>> = {
  'process.spawn': 'Starts a process with',
  'process.control': 'Acts on processes with',
  'code.eval': 'Runs text as code with',
  'code.template': 'Evaluates expressions with',
  'pickle.load': 'Unpickles data with',
  'native.load': 'Uses native code through',
  'import.dynamic': 'Imports by a computed name with',
  'network.connect': 'Opens the network with',
  'fs.outside': 'Reads system files with',
  'internals.frames': 'Looks into frames or code objects with',
  'internals.dunder': 'Walks the objects of the interpreter with',
  'internals.modules': 'Reaches the import system with',
};

/** What a finding says about a call. */
export function describe(rule: string, path: string): string {
  return `${phrases[rule] ?? 'Calls'} \`${shortName(path)}\``;
}

/** A name as programs spell it. */
export function shortName(path: string): string {
  return path.startsWith('builtins.') ? path.slice('builtins.'.length) : path;
}
