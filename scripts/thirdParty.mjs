import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The licences of everything that is shipped and is not ours, as one text.
 *
 * `inputs` are the files that went into the bundles, by their paths; `copied` the folders of packages
 * that are shipped as they are. A package without a licence file is named with what its manifest says.
 */
export async function thirdPartyNotices(inputs, copied) {
  const folders = new Set(copied.map((folder) => path.resolve(folder)));
  for (const input of inputs) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    // A namespace of the bundler may stand before the path.
    if (folder !== undefined) folders.add(path.resolve(folder.replace(/^[a-z-]{2,}:/, '')));
  }
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
    const title = `${name} ${version} (${license ?? 'see its licence'})`;
    notices.set(title, [title, '-'.repeat(title.length), ...texts.map((text) => text.trim())].join('\n\n'));
  }
  const sorted = [...notices].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return ['Glovebox is shipped with parts of these packages.', ...sorted].join('\n\n\n') + '\n';
}
