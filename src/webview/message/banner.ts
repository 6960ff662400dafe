import type { EntryOf } from '../../protocol/chatState.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';

/** What went wrong, and the buttons that may put it right. */
export function failureBanner(entry: EntryOf<'failure'>, send: (message: ToHost) => void): HTMLElement {
  const action = actionFor(entry.code);
  return element(
    'div',
    { class: 'banner bad', testid: 'banner', attributes: { 'data-code': entry.code } },
    icon('error'),
    element(
      'div',
      {},
      element('p', { text: entry.message }),
      element(
        'div',
        { class: 'buttons' },
        action !== undefined &&
          button({
            label: action.label,
            class: 'primary',
            testid: `banner-${action.message.kind}`,
            press: () => send(action.message),
          }),
        entry.code !== 'cancelled' &&
          button({
            label: 'Retry',
            icon: icon('retry'),
            class: 'retry-answer',
            testid: 'retry',
            press: () => send({ kind: 'retry', entryId: entry.id }),
          }),
      ),
    ),
  );
}

/** Something worth knowing that is no fault, e.g. waiting for a rate limit. */
export function noticeLine(entry: EntryOf<'notice'>, send: (message: ToHost) => void): HTMLElement {
  return element(
    'div',
    { class: 'notice', testid: 'notice' },
    icon('info'),
    element('span', { text: entry.text }),
    entry.retry === true &&
      button({
        label: 'Retry',
        icon: icon('retry'),
        class: 'quiet-button retry-answer',
        testid: 'retry-stopped',
        press: () => send({ kind: 'retry', entryId: entry.id }),
      }),
  );
}

/** The way out that belongs to a kind of fault. */
function actionFor(code: string): { label: string; message: ToHost } | undefined {
  switch (code) {
    case 'no-key':
    case 'bad-key':
      return { label: 'Set API key', message: { kind: 'setKey' } };
    case 'no-sandbox':
    case 'image-build':
      return { label: 'Set up the sandbox', message: { kind: 'fixSandbox' } };
    case 'untrusted':
      return { label: 'Manage workspace trust', message: { kind: 'manageTrust' } };
    case 'model-unreachable':
    case 'bad-input':
      return { label: 'Settings', message: { kind: 'openSettings' } };
    default:
      return undefined;
  }
}
