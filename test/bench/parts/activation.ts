import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureWorkbench } from '../../../scripts/setup/workbench.ts';
import type { BenchCase, BenchContext, BenchPart } from '../benchPart.ts';
import { emptyExtension, openHost } from '../host/openHost.ts';

/** What VS Code waits for when something of Glovebox is first used, beside an extension that does nothing. */
export const part: BenchPart = {
  name: 'activation',
  rounds: 10,
  async open({ root, quick, say }: BenchContext) {
    if (!existsSync(path.join(root, 'dist/extension.js'))) return 'it is not built: npm run build';
    if (quick) return 'starting VS Code takes too long for a quick bench';
    const workbench = await ensureWorkbench(say);
    if (workbench.kind === 'missing') return `${workbench.what} is missing. ${workbench.how}`;
    const host = await openHost(root, workbench.value);
    const activating = (who: string, extension: string): BenchCase => ({
      case: 'activate',
      who,
      run: async () => ({ resultMs: await host.activation(extension) }),
    });
    return {
      cases: [activating('ours', 'glovebox.glovebox'), activating('empty-extension', emptyExtension)],
      close: async () => host.close(),
    };
  },
};
