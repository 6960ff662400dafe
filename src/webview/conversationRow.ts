import type { ConversationSummary } from '../protocol/chatState.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

export interface RowActions {
  readonly choose: () => void;
  readonly remove: () => void;
  readonly rename: (title: string) => void;
  /** The name is no longer being written, whether there is a new one or not. */
  readonly named: () => void;
}

/** One conversation in the list, with its new name written in its place. */
export function conversationRow(
  { id, title, at, waits = false, works = false }: ConversationSummary,
  current: boolean,
  actions: RowActions,
): HTMLElement {
  const name = title || 'Untitled';
  const choose = button({
    label: name,
    class: 'conversation',
    testid: 'conversation',
    press: actions.choose,
  });
  if (current) choose.setAttribute('aria-current', 'true');
  if (waits) choose.append(element('span', { class: 'tag', testid: 'waits', text: 'waits for you' }));
  else if (works) choose.append(element('span', { class: 'tag', testid: 'works', text: 'at work' }));
  choose.title = new Date(at).toLocaleString();
  const change = button({
    label: `Rename “${name}”`,
    icon: icon('edit'),
    iconOnly: true,
    testid: 'rename-conversation',
    press: () => {
      const field = nameField(title, actions.rename, () => {
        field.replaceWith(choose);
        change.focus();
        actions.named();
      });
      choose.replaceWith(field);
      field.select();
    },
  });
  const remove = button({
    label: `Delete “${name}”`,
    icon: icon('trash'),
    iconOnly: true,
    testid: 'delete-conversation',
    press: actions.remove,
  });
  return element('li', { attributes: { 'data-id': id } }, choose, change, remove);
}

function nameField(title: string, rename: (title: string) => void, back: () => void): HTMLInputElement {
  const field = element('input', {
    class: 'field',
    testid: 'conversation-name',
    attributes: { type: 'text', value: title, 'aria-label': 'Name of the conversation' },
    on: {
      keydown: (event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') event.stopPropagation();
        if (event.key === 'Enter' && field.value.trim() !== '') rename(field.value.trim().slice(0, 200));
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The same key would press the button that gets the focus.
        event.preventDefault();
        back();
      },
    },
  });
  return field;
}
