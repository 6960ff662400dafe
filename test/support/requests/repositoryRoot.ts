import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of the repository, from here as from the bundles of the integration tests. */
export function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'test', 'fixtures'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`There is no repository around ${import.meta.dirname}.`);
    folder = above;
  }
  return folder;
}
