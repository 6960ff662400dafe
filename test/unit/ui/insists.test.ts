import assert from 'node:assert/strict';
import type { MessageItem, MessageOptions } from 'vscode';
import type { insists } from '../../../src/ui/preview/insists.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { blocked, proposalOf } from '../../page/support/samples.ts';

type Button = string | MessageItem;

/** The question as it is shown where the person takes the button with this label. */
async function asked(isBack: boolean, label: string | undefined) {
  const shown: { detail?: string | undefined; buttons: readonly Button[] }[] = [];
  const showWarningMessage = async (_question: string, { detail }: MessageOptions, ...buttons: Button[]) => {
    shown.push({ detail, buttons });
    return buttons.find((button) => (typeof button === 'string' ? button : button.title) === label);
  };
  const file = await withEditor<{ readonly insists: typeof insists }>('preview/insists.ts', {
    window: { showWarningMessage },
  });
  const [finding] = blocked.findings;
  const report = { ...blocked, findings: [{ ...finding!, message: 'starts a process with `os.system`' }] };
  const answer = await file.insists({ proposal: proposalOf('c'), report }, { label: 'Back', isBack });
  return { answer, ...shown[0] };
}

describe('the question whether blocked code is to run', () => {
  it('names the findings in plain words', async () => {
    const { detail } = await asked(false, undefined);
    assert.match(detail ?? '', /line 2: starts a process with os\.system\n/);
  });

  it('has one way out where the first button leads back to what is there', async () => {
    const back = await asked(true, 'Back');
    assert.deepEqual(back.buttons, [{ title: 'Back', isCloseAffordance: true }, { title: 'Run Anyway' }]);
    assert.deepEqual([back.answer, (await asked(true, 'Run Anyway')).answer], ['review', 'run']);
    const open = await asked(false, undefined);
    assert.deepEqual([open.buttons, open.answer], [['Back', 'Run Anyway'], 'cancel']);
  });
});
