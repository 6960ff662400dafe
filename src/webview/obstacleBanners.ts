import type { Setup } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { button, element } from './element.ts';
import { icon, type IconName } from './icons.ts';
import { Section } from './section.ts';

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
export class ObstacleBanners {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #trust = new Section(element('div', {}));
  readonly #key = new Section(element('div', {}));
  readonly #sandbox = new Section(element('div', {}));

  constructor(send: (message: ToHost) => void) {
    this.#send = send;
    const places = [this.#trust, this.#key, this.#sandbox].map((section) => section.element);
    this.element = element('div', { class: 'setup' }, ...places);
  }

  show({ trusted, key, sandbox }: Setup): void {
    this.#put(this.#trust, trusted ? undefined : untrusted);
    this.#put(this.#key, keyObstacle(key));
    this.#put(this.#sandbox, sandbox.state === 'missing' ? noSandbox(sandbox) : undefined);
  }

  #put(place: Section, obstacle: Obstacle | undefined): void {
    place.show(obstacle, () => [obstacle && banner(obstacle, this.#send)]);
  }
}

function banner(obstacle: Obstacle, send: (message: ToHost) => void): HTMLElement {
  return element(
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

const untrusted: Obstacle = {
  icon: 'shield',
  text: 'The agent is off here, because this workspace is not trusted. Checking files and the history work.',
  action: 'Manage workspace trust',
  message: { kind: 'manageTrust' },
};

function keyObstacle(key: Setup['key']): Obstacle | undefined {
  switch (key) {
    case 'missing':
      return {
        icon: 'key',
        text: 'To talk to Claude, Glovebox needs an Anthropic API key. It stays in the secret storage.',
        action: 'Set API key',
        message: { kind: 'setKey' },
      };
    case 'asking':
      return {
        icon: 'key',
        text: 'Type the API key into the box at the top of the window, and nowhere else. Escape closes it.',
        message: { kind: 'setKey' },
      };
    case 'present':
    case 'unknown':
      return undefined;
  }
}

function noSandbox({ reason, embeddedInstead = false }: Setup['sandbox']): Obstacle {
  const embedded = { action: 'Use the embedded sandbox', message: { kind: 'useEmbedded' } } as const;
  return {
    icon: 'warning',
    text: reason ?? 'There is no sandbox to run code in.',
    action: 'Set up the sandbox',
    message: { kind: 'fixSandbox' },
    ...(embeddedInstead && { other: embedded }),
  };
}
