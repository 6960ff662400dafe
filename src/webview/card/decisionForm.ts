import type { Card } from '../../protocol/card.ts';
import type { CardDecision } from '../../protocol/toHost.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import type { KeptForm } from '../pageMemory.ts';
import { plural } from '../quantity.ts';

export interface DecisionActions {
  readonly decide: (decision: CardDecision) => void;
  readonly preview: () => void;
  /** The form that was open when this card was last drawn. */
  readonly kept: KeptForm | undefined;
  readonly keep: (form: KeptForm | undefined) => void;
}

/** The buttons of a card that waits. Code that is blocked needs a second, deliberate step. */
export function decisionForm(card: Card, actions: DecisionActions): readonly Node[] {
  const place = element('div', { class: 'decision' });
  const back = (): void => {
    actions.keep(undefined);
    place.replaceChildren(choices());
    place.querySelector('button')?.focus();
  };
  const choices = (): Node =>
    element(
      'div',
      { class: 'buttons' },
      card.verdict === 'block'
        ? undefined
        : button({
            label: card.verdict === 'warn' ? 'Run all the same' : 'Run',
            icon: icon('play'),
            class: 'primary',
            testid: 'run',
            press: () => actions.decide({ kind: 'run' }),
          }),
      button({
        label: 'Edit',
        icon: icon('edit'),
        testid: 'edit',
        press: () => ask(place, editForm(card, card.code, actions, back)),
      }),
      button({
        label: 'Reject',
        icon: icon('close'),
        testid: 'reject',
        press: () => actions.decide({ kind: 'reject', reason: '' }),
      }),
      button({ label: 'Preview', icon: icon('diff'), testid: 'preview', press: actions.preview }),
      card.verdict === 'allow' &&
        button({
          label: "Run, and don't ask again in this chat",
          class: 'quiet-button',
          testid: 'run-for-conversation',
          press: () => actions.decide({ kind: 'runForConversation' }),
        }),
      button({
        label: 'Reject and say why',
        class: 'quiet-button',
        testid: 'reject-why',
        press: () => ask(place, reasonForm('', actions, back)),
      }),
      card.verdict === 'block' &&
        button({
          label: 'Run anyway…',
          class: 'quiet-button',
          testid: 'run-anyway',
          press: () => ask(place, insistForm(card, actions, back)),
        }),
    );
  const { kept } = actions;
  if (kept === undefined) place.append(choices());
  else if (kept.form === 'edit') place.append(editForm(card, kept.text, actions, back));
  else place.append(reasonForm(kept.text, actions, back));
  return [place];
}

function ask(place: HTMLElement, form: HTMLElement): void {
  place.replaceChildren(form);
  form.querySelector<HTMLElement>('textarea, input, button')?.focus();
}

function form(back: () => void, ...children: readonly (Node | undefined)[]): HTMLElement {
  return element(
    'div',
    {
      class: 'form',
      on: {
        keydown: (event) => {
          if (event.key !== 'Escape' || event.isComposing) return;
          event.stopPropagation();
          back();
        },
      },
    },
    ...children,
  );
}

function editForm(card: Card, text: string, actions: DecisionActions, back: () => void): HTMLElement {
  const field = element('textarea', {
    class: 'code-field',
    testid: 'edit-code',
    attributes: { rows: String(Math.min(20, card.code.split('\n').length + 1)), 'aria-label': 'Code' },
    on: { input: () => actions.keep({ form: 'edit', text: field.value }) },
  });
  field.value = text;
  actions.keep({ form: 'edit', text });
  field.spellcheck = false;
  return form(
    back,
    field,
    element(
      'div',
      { class: 'buttons' },
      button({
        label: 'Check this version',
        class: 'primary',
        testid: 'edit-save',
        press: () => actions.decide({ kind: 'edit', code: field.value }),
      }),
      button({ label: 'Back', press: back }),
    ),
  );
}

function reasonForm(text: string, actions: DecisionActions, back: () => void): HTMLElement {
  const field = element('input', {
    class: 'field',
    testid: 'reject-reason',
    attributes: { type: 'text', 'aria-label': 'Why not', placeholder: 'What should be done instead?' },
    on: {
      input: () => actions.keep({ form: 'reason', text: field.value }),
      keydown: (event) => {
        if (event.key === 'Enter' && !event.isComposing)
          actions.decide({ kind: 'reject', reason: field.value.slice(0, 2000) });
      },
    },
  });
  field.value = text;
  actions.keep({ form: 'reason', text });
  const send = button({
    label: 'Reject',
    class: 'primary',
    testid: 'reject-confirm',
    press: () => actions.decide({ kind: 'reject', reason: field.value.slice(0, 2000) }),
  });
  return form(
    back,
    field,
    element('div', { class: 'buttons' }, send, button({ label: 'Back', press: back })),
  );
}

function insistForm(card: Card, actions: DecisionActions, back: () => void): HTMLElement {
  const blocking = card.findings.filter((finding) => finding.severity === 'block').length;
  return form(
    back,
    element('p', {
      class: 'caution',
      text:
        `The validator blocks this code for ${plural(blocking, 'reason', 'reasons')}. ` +
        'It would run inside the sandbox, and the history will say that you insisted.',
    }),
    element(
      'div',
      { class: 'buttons' },
      button({ label: 'Back', class: 'primary', press: back }),
      button({
        label: 'Run in spite of the findings',
        class: 'danger',
        testid: 'run-anyway-confirm',
        press: () => actions.decide({ kind: 'runAnyway' }),
      }),
    ),
  );
}
