import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/lifecycle.ts';
import type { SandboxStatus } from '../../../src/core/ports.ts';
import type { SandboxInfo } from '../../../src/core/run.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import { PendingPermissions } from '../../../src/ui/permissions/pendingPermissions.ts';
import { ActiveRuns } from '../../../src/ui/run/activeRuns.ts';
import { SandboxState } from '../../../src/ui/sandbox/sandboxState.ts';
import type { tellSandboxChanges } from '../../../src/ui/sandbox/tellSandboxChanges.ts';
import type { StatusItem } from '../../../src/ui/status/statusItem.ts';
import type { UiApp } from '../../../src/ui/uiApp.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

const docker = {
  backend: 'docker',
  runtime: 'runc',
  image: '',
  digest: '',
  reason: 'chosen because an engine answers',
} as const;
const gvisor = { ...docker, runtime: 'runsc' };
const embedded = {
  ...docker,
  backend: 'wasm',
  runtime: 'pyodide',
  reason: 'chosen because there is no Docker here:\n\u202enothing answers',
} as const;
const ready = (sandbox: SandboxInfo): SandboxStatus => ({ available: true, sandbox });
const closed: SandboxStatus = { available: false, reason: 'No engine answers.', sandbox: docker };

/** What is known of a sandbox that changes when the test says so. */
function looking() {
  let now: SandboxStatus = closed;
  const executor: Pick<UiApp['executor'], 'describe'> = { describe: async () => now };
  const state = new SandboxState(async () => ({ executor }) as UiApp);
  const find = async (status: SandboxStatus): Promise<void> => {
    now = status;
    await state.refresh();
  };
  return { state, find };
}

describe('which sandbox the next run gets', () => {
  it('is in the status bar’s tooltip with its reason, and before the first look how it is chosen', async () => {
    const { editor } = hearingEditor();
    const { state, find } = looking();
    const item = { text: '', tooltip: '', command: '', show: () => undefined, dispose: () => undefined };
    const settings = new Map([['sandbox', 'auto']]);
    const changed = new Emitter<{ affectsConfiguration(name: string): boolean }>();
    const { StatusItem: Item } = await withEditor<{ readonly StatusItem: typeof StatusItem }>(
      'status/statusItem.ts',
      {
        ...editor,
        window: { createStatusBarItem: () => item },
        workspace: {
          isTrusted: true,
          onDidGrantWorkspaceTrust: () => ({ dispose: () => undefined }),
          onDidChangeConfiguration: changed.on,
          getConfiguration: () => ({ get: (name: string) => settings.get(name) }),
        },
        StatusBarAlignment: { Right: 2 },
      },
    );
    new Item(new ActiveRuns(), state, new PendingDecisions(), new PendingPermissions());
    assert.match(item.tooltip, /\nSandbox: chosen at the first run\. Docker when an engine answers, else/);
    settings.set('sandbox', 'wasm');
    changed.fire({ affectsConfiguration: (name) => name === 'glovebox.sandbox' });
    assert.match(item.tooltip, /\nSandbox: embedded \(WebAssembly\), chosen by the setting\./);
    await find(ready(embedded));
    const why = 'chosen because there is no Docker here: ⟨U+202E⟩nothing answers';
    assert.equal(item.tooltip, `Sandbox: wasm · pyodide\n${why}`);
    await find(closed);
    assert.equal(item.tooltip, 'No engine answers.');
  });

  it('is told when it is of another kind than before, with the reason', async () => {
    const { editor, heard } = hearingEditor();
    const file = await withEditor<{ readonly tellSandboxChanges: typeof tellSandboxChanges }>(
      'sandbox/tellSandboxChanges.ts',
      editor,
    );
    const { state, find } = looking();
    const telling = file.tellSandboxChanges(state);
    await find(ready(docker));
    await find(ready({ ...docker, runtime: 'runc 2', digest: 'sha256:1' }));
    await find(closed);
    assert.deepEqual(heard.messages, [], 'the first look, another version and an end are no other kind');
    await find(ready(embedded));
    await find(ready(gvisor));
    const begin = 'information: Code runs in another sandbox now: ';
    assert.deepEqual(heard.messages.splice(0), [
      `${begin}embedded (WebAssembly), chosen because there is no Docker here: ⟨U+202E⟩nothing answers`,
      `${begin}Docker with gVisor, chosen because an engine answers`,
    ]);
    await find(closed);
    assert.deepEqual(heard.messages.splice(0), [
      'information: Code would run in another sandbox now: Docker. No engine answers.',
    ]);
    telling.dispose();
    await find(ready(embedded));
    assert.deepEqual(heard.messages, []);
  });
});
