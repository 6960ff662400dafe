import path from 'node:path';

/** Files of a repository that git runs, or reads commands from. */
const started = /(^|\/)\.git\/+(hooks(\/|$)|config(\.worktree)?$|modules\/.*\/(hooks\/|config$))/;

/** Whether something written to that path is run by the next git command. */
export function isRunByGit(file: string): boolean {
  return started.test(path.posix.normalize(file));
}
