import type { EntryOf } from '../../protocol/chatState.ts';
import { longestRequest, tooLong } from '../../protocol/limits.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { copyButton } from '../copyButton.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import type { PageMemory } from '../pageMemory.ts';
import { plural } from '../quantity.ts';
import { visibleName } from '../visibleName.ts';

/** A request as the person wrote it; it can be changed and sent again. */
export function userMessage(
  entry: EntryOf<'user'>,
  send: (message: ToHost) => void,
  memory: PageMemory,
): HTMLElement {
  const text = element('div', { class: 'user-text', text: entry.text, attributes: { dir: 'auto' } });
  const files = element(
    'div',
    { class: 'chips' },
    ...entry.files.map((file) => {
      const name = visibleName(file.name);
      return element(
        'span',
        { class: 'chip', testid: 'sent-file' },
        icon('file'),
        element('bdi', { text: name, title: name }),
      );
    }),
  );
  const change = button({
    label: 'Edit and send again',
    icon: icon('edit'),
    iconOnly: true,
    testid: 'edit-request',
    press: () => beginEdit(entry.text).focus(),
  });
  const foot = element(
    'div',
    { class: 'message-foot' },
    copyButton(() => entry.text, 'Copy request'),
    button({
      label: 'Go on from here in a new conversation',
      icon: icon('branch'),
      iconOnly: true,
      testid: 'branch',
      press: () => send({ kind: 'branch', entryId: entry.id }),
    }),
    change,
  );
  const message = element(
    'article',
    { class: 'message user', testid: 'message-user', attributes: { 'aria-label': 'You' } },
    text,
    entry.files.length > 0 && files,
    foot,
  );
  const beginEdit = (begun: string): HTMLElement => {
    const field = element('textarea', {
      class: 'field',
      testid: 'edit-request-text',
      attributes: { rows: '3', 'aria-label': 'Request' },
    });
    field.value = begun;
    field.addEventListener('input', () =>
      memory.keepForm(entry.id, formOf, { form: 'edit', text: field.value }),
    );
    const note = element('p', { class: 'quiet', attributes: { role: 'status' } });
    const end = (): void => {
      memory.keepForm(entry.id, formOf, undefined);
      form.replaceWith(text);
      foot.hidden = false;
      change.focus();
    };
    const submit = (): void => {
      if (field.value.trim() === '') return;
      if (field.value.length > longestRequest) {
        note.textContent = tooLong;
        return;
      }
      end();
      send({ kind: 'resend', entryId: entry.id, text: field.value });
    };
    const form = element(
      'div',
      {
        class: 'form',
        on: {
          keydown: (event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              end();
            } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              submit();
            }
          },
        },
      },
      field,
      note,
      element(
        'div',
        { class: 'buttons' },
        button({ label: sendWords(message), class: 'primary', testid: 'edit-request-send', press: submit }),
        button({ label: 'Back', press: end }),
      ),
    );
    text.replaceWith(form);
    foot.hidden = true;
    return field;
  };
  const kept = memory.form(entry.id, formOf);
  // What it would drop can be told once all of the conversation is there.
  if (kept !== undefined) queueMicrotask(() => beginEdit(kept.text));
  return message;
}

/** A request never changes under its id, so nothing else has to be the same for its form to come back. */
const formOf = 'request';

/** Says what goes: of what came of a request only its own answer is made anew. */
function sendWords(message: HTMLElement): string {
  let later = 0;
  for (let next = message.nextElementSibling; next !== null; next = next.nextElementSibling)
    if (next.matches('.message.user')) later += 1;
  if (later === 0) return 'Send';
  return `Send, and drop the ${plural(later, 'request', 'requests')} after it`;
}
