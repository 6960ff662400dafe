import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settingTable } from '../../../src/settings/settingTable.ts';

const root = path.resolve(import.meta.dirname, '../../..');

describe('messages that name a setting', () => {
  it('name one that there is', () => {
    const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
    const groups = new Set(
      Object.keys(settingTable).flatMap((key) => (key.includes('.') ? [key.split('.')[0]] : [])),
    );
    // Commands and views have names of the same shape; the editor itself adds a command for each view.
    const contributed = (name: string): boolean => manifest.includes(`"${name.replace(/\.focus$/, '')}"`);
    const wrong: string[] = [];
    let seen = 0;
    for (const file of globSync('src/**/*.ts', { cwd: root })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      for (const [name, group = '', key = ''] of text.matchAll(/\bglovebox\.([a-z]\w*)\.([a-z]\w*)/g)) {
        if (!groups.has(group)) continue;
        seen++;
        if (!(`${group}.${key}` in settingTable) && !contributed(name)) wrong.push(`${file}: ${name}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(seen > 5, String(seen));
  });
});
