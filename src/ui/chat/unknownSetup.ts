import type { Setup } from '../../protocol/chatState.ts';

/** Before anything was looked at. */
export const unknownSetup: Setup = {
  trusted: true,
  key: 'unknown',
  sandbox: { state: 'unknown', label: '' },
  model: '',
};
