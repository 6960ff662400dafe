import type { DiffLine, PermissionCard as Permission } from '../../protocol/permission.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { button, element } from '../element.ts';
import { highlightedNodes } from '../highlightedNodes.ts';
import { icon, type IconName } from '../icons.ts';
import type { PageMemory } from '../pageMemory.ts';
import { plural } from '../quantity.ts';
import { visibleName } from '../visibleName.ts';
import { Section } from '../section.ts';

/** A question about a file: to change it, to make it, or to read it although it may hold secrets. */
export class PermissionCard {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #memory: PageMemory;
  readonly #head = new Section(element('div', { class: 'card-head' }));
  readonly #diff = new Section(element('div', {}));
  readonly #decision = new Section(element('div', { class: 'decision form' }));

  constructor(card: Permission, send: (message: ToHost) => void, memory: PageMemory) {
    this.#send = send;
    this.#memory = memory;
    this.element = element(
      'section',
      { class: 'card', testid: 'permission', attributes: { role: 'group', tabindex: '-1' } },
      this.#head.element,
      this.#diff.element,
      this.#decision.element,
    );
    this.update(card);
  }

  update(card: Permission): void {
    this.element.dataset['status'] = card.status;
    this.element.setAttribute('aria-label', permissionTitle(card));
    const { status, reason } = card;
    this.#head.show([card.path, card.purpose, status, reason], () => head(card));
    this.#diff.show(card.hash, () => diff(card));
    const held = this.#decision.element.contains(document.activeElement);
    this.#decision.show([card.hash, status, card.undoable], () => this.#choices(card));
    if (held && !this.#decision.element.contains(document.activeElement))
      this.element.focus({ preventScroll: true });
  }

  #choices(card: Permission): readonly (Node | undefined)[] {
    const { id, hash, asks, status } = card;
    const memory = this.#memory;
    const open = button({
      label: 'Open the diff',
      icon: icon('diff'),
      testid: 'open-change',
      press: () => this.#send({ kind: 'openChange', requestId: id }),
    });
    if (status === 'done' && card.undoable)
      return [
        element(
          'div',
          { class: 'buttons' },
          open,
          button({
            label: 'Undo',
            icon: icon('retry'),
            testid: 'undo-change',
            press: () => this.#send({ kind: 'undoChange', requestId: id }),
          }),
        ),
      ];
    if (status !== 'waiting') {
      memory.keepForm(id, hash, undefined);
      return [];
    }
    const reason = element('input', {
      class: 'field',
      testid: 'refuse-reason',
      attributes: { type: 'text', 'aria-label': 'Why not', placeholder: 'Why not? (for the agent)' },
      on: { input: () => memory.keepForm(id, hash, { form: 'reason', text: reason.value }) },
    });
    reason.value = memory.form(id, hash)?.text ?? '';
    const answer = (allow: boolean): void =>
      this.#send({ kind: 'permit', requestId: id, hash, allow, reason: reason.value.slice(0, 2000) });
    reason.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) answer(false);
    });
    return [
      reason,
      element(
        'div',
        { class: 'buttons' },
        button({
          label: allowWords[asks],
          icon: icon('check'),
          class: 'primary',
          testid: 'allow',
          press: () => answer(true),
        }),
        button({ label: 'Reject', icon: icon('close'), testid: 'refuse', press: () => answer(false) }),
        asks !== 'secret' && open,
      ),
    ];
  }
}

const allowWords = { edit: 'Apply', create: 'Create the file', secret: 'Let it read this file' } as const;

/** What is asked, in one line. */
export function permissionTitle(card: Permission): string {
  return titleOf(card, visibleName(card.path));
}

function titleOf({ asks }: Permission, name: string): string {
  switch (asks) {
    case 'edit':
      return `Change ${name}`;
    case 'create':
      return `Create ${name}`;
    case 'secret':
      return `Read ${name}, which may hold secrets`;
  }
}

/** Where the question stands, as a badge says it. */
export function permissionBadge(card: Permission): { text: string; tone: string; icon: IconName } {
  const why = card.reason === undefined || card.reason === '' ? '' : `: ${card.reason}`;
  switch (card.status) {
    case 'waiting':
      return { text: 'Waiting for your decision', tone: 'wait', icon: 'shield' };
    case 'allowed':
      return { text: 'Writing…', tone: 'busy', icon: 'edit' };
    case 'done':
      return { text: card.asks === 'secret' ? 'Allowed by you' : 'Applied', tone: 'good', icon: 'check' };
    case 'undone':
      return { text: 'Taken back', tone: 'quiet', icon: 'retry' };
    case 'failed':
      return { text: `Not applied${why}`, tone: 'bad', icon: 'error' };
    case 'refused':
      return { text: `Rejected${why}`, tone: 'quiet', icon: 'close' };
    case 'lapsed':
      return { text: 'Ended without an answer', tone: 'quiet', icon: 'info' };
  }
}

function head(card: Permission): readonly Node[] {
  const badge = permissionBadge(card);
  const counts = card.asks === 'secret' ? '' : `+${card.added} −${card.removed}`;
  return [
    element(
      'div',
      { class: 'card-title' },
      element('bdi', {}, ...highlightedNodes([{ text: titleOf(card, card.path) }])),
      counts !== '' && element('span', { class: 'tag', text: counts }),
    ),
    element(
      'div',
      { class: `badge ${badge.tone}`, testid: 'permission-status' },
      icon(badge.icon),
      element('span', { text: badge.text }),
    ),
    ...(card.purpose === ''
      ? []
      : [element('p', { class: 'quiet' }, element('bdi', { text: card.purpose }))]),
    ...(card.asks === 'secret'
      ? [
          element('p', {
            class: 'caution',
            text: 'What the agent reads is sent to the model. What looks like a key is masked, but other secrets may not be.',
          }),
        ]
      : []),
    ...(card.caution === undefined ? [] : [element('p', { class: 'caution', text: card.caution })]),
  ];
}

const signs = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;
const spoken = { same: '', added: 'added: ', removed: 'removed: ', gap: '' } as const;

function diff(card: Permission): readonly (Node | undefined)[] {
  if (card.lines.length === 0) return [];
  const rows = card.lines.map(({ sign, text }: DiffLine) =>
    element(
      'li',
      { class: `diff-line ${sign}` },
      element('span', { class: 'diff-sign', text: signs[sign], attributes: { 'aria-hidden': 'true' } }),
      spoken[sign] !== '' && element('span', { class: 'for-screen-readers', text: spoken[sign] }),
      sign === 'gap'
        ? element('span', { class: 'quiet', text: plural(Number(text), 'line', 'lines') })
        : element(
            'code',
            { attributes: { dir: 'ltr' } },
            ...(text === '' ? ['\n'] : highlightedNodes([{ text }])),
          ),
    ),
  );
  return [
    element(
      'div',
      { class: 'diff', attributes: { tabindex: '0', role: 'group', 'aria-label': 'Proposed change' } },
      element('ol', { class: 'diff-lines', testid: 'diff' }, ...rows),
    ),
  ];
}
