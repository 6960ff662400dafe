import assert from 'node:assert/strict';
import { endings } from '../../../src/core/record.ts';
import type { RunSummary } from '../../../src/core/ports.ts';
import { endingWords } from '../../../src/protocol/endingWords.ts';
import type { runItem } from '../../../src/ui/history/runItem.ts';
import { withEditor } from '../../support/fakeEditor.ts';

const run: RunSummary = {
  runId: 'r1',
  at: 0,
  title: 'a.py',
  purpose: '',
  language: 'python',
  origin: 'agent',
  verdict: 'allow',
  status: 'oom',
  wallMs: 0,
};

describe('how a run ended', () => {
  it('is told in words of which each names one ending, so that the filter finds it by them', () => {
    const words = endings.map(endingWords);
    assert.equal(new Set(words).size, endings.length);
    for (const jargon of endings) assert.ok(!words.includes(jargon), jargon);
  });

  it('is told by them in the list, what was rejected too', async () => {
    class Named {
      readonly name: unknown;
      description = '';
      constructor(name: unknown) {
        this.name = name;
      }
      appendText(): this {
        return this;
      }
    }
    const parts = { TreeItem: Named, ThemeIcon: Named, ThemeColor: Named, MarkdownString: Named };
    const list = await withEditor<{ readonly runItem: typeof runItem }>('history/runItem.ts', parts);
    const shown = (status: RunSummary['status']) =>
      String(list.runItem({ ...run, status }, new Date(0)).description);
    assert.match(shown('oom'), /^Stopped: out of memory · /);
    assert.match(shown('rejected'), /^Rejected · /);
  });
});
