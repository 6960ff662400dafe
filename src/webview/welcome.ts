import type { Setup } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { button, element } from './element.ts';
import { icon, type IconName } from './icons.ts';

const examples = [
  'Total this CSV by month and draw the trend',
  'Implement quicksort, check it on [5, 3, 8, 4, 2, 7, 1, 10] and time it',
  'What do monthly deposits of 3000 at 5 % a year grow to in five years?',
];

/** What an empty conversation shows: what this is, and something to begin with. */
export function welcome(compose: (text: string) => void): HTMLElement {
  return element(
    'div',
    { class: 'welcome', testid: 'welcome' },
    element('h2', { text: 'Let Claude write the code, and run it where it can hurt nothing' }),
    element('p', {
      class: 'quiet',
      text: 'Describe a task. You see the code and what the checks say before anything runs, and it runs in a sandbox without network.',
    }),
    element(
      'ul',
      { class: 'examples', attributes: { 'aria-label': 'Examples' } },
      ...examples.map((text) =>
        element(
          'li',
          {},
          button({ label: text, class: 'example', testid: 'example', press: () => compose(text) }),
        ),
      ),
    ),
  );
}

interface Obstacle {
  readonly icon: IconName;
  readonly text: string;
  /** The button that clears it; without one it is being cleared. */
  readonly action?: string;
  readonly message: ToHost;
  /** Another way. */
  readonly other?: { readonly action: string; readonly message: ToHost };
}

/** What stands in the way of the first run, each with the button that clears it. */
export function obstacleBanners(setup: Setup, send: (message: ToHost) => void): readonly Node[] {
  return obstacles(setup).map((obstacle) =>
    element(
      'div',
      { class: 'banner', testid: 'banner', attributes: { 'data-code': obstacle.message.kind } },
      icon(obstacle.icon),
      element(
        'div',
        {},
        element('p', { text: obstacle.text }),
        obstacle.action !== undefined &&
          button({
            label: obstacle.action,
            class: 'primary',
            testid: `banner-${obstacle.message.kind}`,
            press: () => send(obstacle.message),
          }),
        obstacle.other !== undefined && otherWay(obstacle.other, send),
      ),
    ),
  );
}

function otherWay(
  { action, message }: NonNullable<Obstacle['other']>,
  send: (message: ToHost) => void,
): Node {
  return button({
    label: action,
    class: 'quiet-button',
    testid: `banner-${message.kind}`,
    press: () => send(message),
  });
}

function obstacles({ trusted, key, sandbox }: Setup): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (!trusted)
    found.push({
      icon: 'shield',
      text: 'The agent is off here, because this workspace is not trusted. Checking files and the history work.',
      action: 'Manage workspace trust',
      message: { kind: 'manageTrust' },
    });
  if (key === 'missing')
    found.push({
      icon: 'key',
      text: 'To talk to Claude, Glovebox needs an Anthropic API key. It stays in the secret storage.',
      action: 'Set API key',
      message: { kind: 'setKey' },
    });
  if (key === 'asking')
    found.push({
      icon: 'key',
      text: 'Type the API key into the box at the top of the window, and nowhere else. Escape closes it.',
      message: { kind: 'setKey' },
    });
  if (sandbox.state === 'missing')
    found.push({
      icon: 'warning',
      text: sandbox.reason ?? 'There is no sandbox to run code in.',
      action: 'Set up the sandbox',
      message: { kind: 'fixSandbox' },
      ...(sandbox.embeddedInstead === true && {
        other: { action: 'Use the embedded sandbox', message: { kind: 'useEmbedded' } as const },
      }),
    });
  return found;
}
