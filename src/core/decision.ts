/**
 * What a person (or the policy) said to a proposal. A `run` names the hash of the code that was
 * shown, and nothing else may run on it.
 */
export type Decision =
  | {
      readonly kind: 'run';
      readonly hash: string;
      readonly by: 'person' | 'policy';
      /** The person insisted although findings block. */
      readonly inSpiteOfFindings?: boolean;
      /** Do not ask again for clean code in this conversation. */
      readonly forConversation?: boolean;
    }
  | { readonly kind: 'edit'; readonly code: string }
  | { readonly kind: 'reject'; readonly reason?: string };
