import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { SandboxState } from './sandboxState.ts';

type Source = (listener: () => void) => Disposable;

/**
 * Looks at the sandbox after each use of it, and again after whatever may have changed it, so that its
 * name and the reason shown for it stay true. Several at once are one look, and before somebody has
 * looked or used it there is nothing to keep.
 */
export function keepKnown(
  state: SandboxState,
  uses: readonly Source[],
  changes: readonly Source[],
): Disposable {
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
    if (looking) again = true;
    else void look();
  };
  for (const source of uses) owned.push(source(mayHaveChanged));
  for (const source of changes)
    owned.push(source(() => (state.known === undefined ? undefined : mayHaveChanged())));
  return owned;
}
