import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { SandboxState } from './sandboxState.ts';

type Source = (listener: () => void) => Disposable;

/**
 * Looks at the sandbox again after whatever may have changed it, so that its name and the reason shown
 * for it stay true. Several at once are one look, and before somebody has looked there is nothing to keep.
 */
export function keepKnown(state: SandboxState, sources: readonly Source[]): Disposable {
  const owned = new DisposableList();
  let looking = false;
  let again = false;
  const look = async (): Promise<void> => {
    looking = true;
    do {
      again = false;
      // A fault is told to whoever uses the sandbox.
      await state.refresh().catch(() => undefined);
    } while (again);
    looking = false;
  };
  const mayHaveChanged = (): void => {
    if (state.known === undefined) return;
    if (looking) again = true;
    else void look();
  };
  for (const source of sources) owned.push(source(mayHaveChanged));
  return owned;
}
