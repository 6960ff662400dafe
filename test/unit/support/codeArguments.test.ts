import assert from 'node:assert/strict';
import { parseCodeArguments } from '../../support/workbench/codeArguments.ts';

describe("the stand-in for VS Code's executable", () => {
  it('understands what the standard test runner tells it', () => {
    const args = parseCodeArguments([
      '/work/space',
      '--no-sandbox',
      '--disable-workspace-trust',
      '--extensionTestsPath=/ext/out/index.js',
      '--extensionDevelopmentPath=/ext',
      '--extensionDevelopmentPath=/other',
      '--extensions-dir=/exts',
    ]);
    assert.deepEqual(args, {
      development: ['/ext', '/other'],
      tests: '/ext/out/index.js',
      extensionsFolder: '/exts',
      folder: '/work/space',
      workspaceTrust: false,
    });
  });

  it('leaves workspace trust on unless it is told otherwise', () => {
    assert.equal(parseCodeArguments(['--extensionTestsPath=/x']).workspaceTrust, true);
  });
});
