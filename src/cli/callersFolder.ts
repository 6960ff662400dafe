/**
 * Where the paths of the command line count from, if that is not where this process was started:
 * `npm run glovebox` starts it in the product's folder, wherever the person stands.
 */
export function callersFolder(env: NodeJS.ProcessEnv, cwd: string, root: string): string | undefined {
  const stands = env['INIT_CWD'];
  const byNpm = env['npm_lifecycle_event'] === 'glovebox' && cwd === root;
  return byNpm && stands !== undefined && stands !== '' ? stands : undefined;
}
