import assert from 'node:assert/strict';
import { mimeType } from '../../../src/executors/mimeType.ts';
import type { openArtifact } from '../../../src/ui/history/artifactFiles.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

describe('an artifact that is clicked', () => {
  /** What the editor is asked for: to open the file, or only where to save it. */
  async function clicked(name: string): Promise<readonly string[]> {
    const { editor, heard } = hearingEditor();
    const asked: string[] = heard.commands;
    const file = await withEditor<{ readonly openArtifact: typeof openArtifact }>(
      'history/artifactFiles.ts',
      {
        ...editor,
        Uri: { file: (path: string) => path },
        window: { showSaveDialog: async () => void asked.push('save') },
        workspace: { workspaceFolders: undefined },
      },
    );
    await file.openArtifact({ name, mime: mimeType(name), bytes: 1, path: import.meta.filename });
    return asked.map((each) => each.split(' ')[0] ?? '');
  }

  it('opens in the editor where it is text or a picture', async () => {
    const shown =
      'a.txt a.log a.md a.csv a.tsv a.html a.json a.jsonl a.xml a.py a.png a.jpg a.gif a.webp a.svg';
    for (const name of shown.split(' ')) assert.deepEqual(await clicked(name), ['vscode.open'], name);
  });

  it('is offered to save where the editor might do more with it than show it', async () => {
    for (const name of ['a.pdf', 'a.zip', 'a.xlsx', 'a.parquet', 'a.gz', 'a', 'a.exe'])
      assert.deepEqual(await clicked(name), ['save'], name);
  });
});
