import type { Change } from '../protocol/change.ts';
import type { ChatState, Entry } from '../protocol/chatState.ts';
import { statusBadge } from './card/outcomeView.ts';
import { permissionBadge, permissionTitle } from './card/permissionCard.ts';
import { element } from './element.ts';
import { plural } from './quantity.ts';

/** Tells screen readers what happened, in whole sentences and once each. */
export class Announcer {
  readonly element = element('div', {
    class: 'for-screen-readers',
    testid: 'announcer',
    attributes: { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' },
  });
  readonly #told = new Map<string, string>();

  /** What is there already is not news. */
  reset(entries: readonly Entry[]): void {
    this.#told.clear();
    this.element.textContent = '';
    for (const entry of entries) this.#told.set(entry.id, words(entry) ?? '');
  }

  tell(words: string): void {
    this.element.textContent = words;
  }

  apply(changes: readonly Change[], state: ChatState): void {
    const news: string[] = [];
    for (const change of changes) {
      if (change.kind === 'busy' && change.busy) news.push('Glovebox is answering.');
      if (change.kind !== 'entry') continue;
      const entry = state.entries.findLast(({ id }) => id === change.entry.id);
      const told = entry === undefined ? undefined : words(entry);
      if (entry === undefined || told === undefined || this.#told.get(entry.id) === told) continue;
      this.#told.set(entry.id, told);
      news.push(told);
    }
    if (news.length > 0) this.element.textContent = news.join(' ');
  }
}

function words(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'user':
      return undefined;
    case 'notice':
      return entry.text;
    case 'failure':
      return `Error: ${entry.message}`;
    case 'assistant':
      return entry.complete && entry.text !== '' ? `Answer: ${entry.text.slice(0, 500)}` : undefined;
    case 'permission':
      return `${permissionTitle(entry)}: ${permissionBadge(entry).text}.`;
    case 'card': {
      if (entry.status === 'drafting' || entry.status === 'starting') return undefined;
      const findings =
        entry.status === 'waiting' && entry.findings.length > 0
          ? ` ${plural(entry.findings.length, 'finding', 'findings')}.`
          : '';
      return `${entry.purpose || 'Code'}: ${statusBadge(entry).text}.${findings}`;
    }
  }
}
