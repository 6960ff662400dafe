import path from 'node:path';

/** The part of VS Code's command line that a run of extension tests uses. */
export interface CodeArguments {
  readonly development: readonly string[];
  readonly tests: string | undefined;
  readonly extensionsFolder: string | undefined;
  readonly folder: string | undefined;
  readonly workspaceTrust: boolean;
}

export function parseCodeArguments(args: readonly string[]): CodeArguments {
  const values = new Map<string, string[]>();
  const folders: string[] = [];
  for (const arg of args) {
    if (!arg.startsWith('--')) folders.push(path.resolve(arg));
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== undefined) values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  const resolved = (name: string): readonly string[] =>
    (values.get(name) ?? []).map((value) => path.resolve(value));
  return {
    development: resolved('extensionDevelopmentPath'),
    tests: resolved('extensionTestsPath')[0],
    extensionsFolder: resolved('extensions-dir')[0],
    folder: folders[0],
    workspaceTrust: !values.has('disable-workspace-trust'),
  };
}
