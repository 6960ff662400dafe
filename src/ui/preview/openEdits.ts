import type { Disposable } from '../../core/lifecycle.ts';
import type { Proposal } from '../../core/proposal.ts';

/** The copies of proposals that a person edits in the editor while their questions are open. */
export interface OpenEdits {
  /** A copy is no longer what was proposed, or is so again or gone. */
  readonly onDidChange: (
    listener: (edit: { readonly proposal: Proposal; readonly changed: boolean }) => void,
  ) => Disposable;
  /**
   * Whether the proposal itself is meant by "Run". Where a changed copy is open, the person is asked, and
   * may hand the copy over instead.
   */
  runsAsProposed(proposal: Proposal): Promise<boolean>;
}
