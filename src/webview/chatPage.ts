import type { Change } from '../protocol/change.ts';
import type { ChatState, Entry } from '../protocol/chatState.ts';
import type { Completion } from '../protocol/completion.ts';
import type { ToHost } from '../protocol/toHost.ts';
import type { ToView } from '../protocol/toView.ts';
import { Announcer } from './announcer.ts';
import { Composer } from './composer/composer.ts';
import { Connection, type ConnectionListener, type HostApi } from './connection.ts';
import { element } from './element.ts';
import { FollowEnd } from './followEnd.ts';
import { Header } from './header.ts';
import { ObstacleBanners } from './obstacleBanners.ts';
import { PageMemory } from './pageMemory.ts';
import { SessionBar } from './sessionBar.ts';
import { Transcript } from './transcript.ts';
import { WorkLine } from './workLine.ts';
import { UnaskedBar } from './unaskedBar.ts';
import { welcome } from './welcome.ts';

const asksForMore: ReadonlySet<ToHost['kind']> = new Set(['ask', 'decide', 'permit', 'retry', 'resend']);

/** The parts of the page, and what each does with news from the host. */
export class ChatPage implements ConnectionListener {
  readonly connection: Connection;
  readonly #header: Header;
  readonly #transcript: Transcript;
  readonly #composer: Composer;
  readonly #session: SessionBar;
  readonly #unasked: UnaskedBar;
  readonly #work: WorkLine;
  readonly #announcer = new Announcer();
  readonly #welcome: HTMLElement;
  readonly #obstacles: ObstacleBanners;
  readonly #follow: FollowEnd;
  readonly #host: HTMLElement;
  #conversationShown = '';

  constructor(host: HTMLElement, api: HostApi) {
    this.#host = host;
    this.connection = new Connection(api, this);
    const send = (message: ToHost): void => {
      // What the person has just asked for comes at the end.
      if (asksForMore.has(message.kind)) this.#follow.toEnd();
      this.connection.send(message);
      if (message.kind === 'stop') this.#stopping();
    };
    this.#header = new Header(send);
    const memory = new PageMemory(api);
    this.#transcript = new Transcript(send, memory);
    this.#work = new WorkLine(memory);
    this.#session = new SessionBar(send);
    this.#unasked = new UnaskedBar(send);
    this.#composer = new Composer(send, memory, this.#session.toggle);
    this.#obstacles = new ObstacleBanners(send);
    this.#welcome = welcome((text) => this.#composer.compose(text, true));
    const content = element(
      'div',
      { class: 'content' },
      this.#welcome,
      this.#transcript.element,
      this.#work.element,
    );
    const pane = element('main', { class: 'pane' }, content);
    this.#follow = new FollowEnd(pane, content, () => this.#welcome.hidden === true);
    host.replaceChildren(
      this.#header.element,
      pane,
      element(
        'div',
        { class: 'bottom' },
        this.#follow.jump,
        this.#obstacles.element,
        this.#unasked.element,
        this.#session.element,
        this.#composer.element,
      ),
      this.#announcer.element,
    );
  }

  snapshot(state: ChatState): void {
    this.#transcript.reset(state.entries);
    this.#announcer.reset(state.entries);
    this.#work.show(state, false);
    this.#show(state);
    if (state.conversation.id === this.#conversationShown) return;
    this.#conversationShown = state.conversation.id;
    this.#follow.toEnd();
  }

  changed(changes: readonly Change[], state: ChatState): void {
    this.#transcript.apply(changes, state);
    this.#announcer.apply(changes, state);
    this.#work.show(state, true);
    for (const change of changes) {
      if (change.kind !== 'entry' || !waits(change.entry)) continue;
      const card = this.#transcript.find(change.entry.id);
      if (card !== undefined) this.#follow.reveal(card);
    }
    // Words and output come many times a second and change nothing around them.
    if (changes.some(({ kind }) => kind !== 'append' && kind !== 'output')) this.#show(state);
  }

  completions({ token, items }: { token: number; items: readonly Completion[] }): void {
    this.#composer.complete(token, items);
  }

  found({ token, conversations }: Extract<ToView, { kind: 'found' }>): void {
    this.#header.found(token, conversations);
  }

  compose(message: Extract<ToView, { kind: 'compose' }>): void {
    this.#composer.take(message);
  }

  outdated(): void {
    this.#host.replaceChildren(
      element('p', {
        class: 'banner bad',
        testid: 'banner',
        text: 'Glovebox was updated. Reload the window to go on.',
      }),
    );
  }

  focus(): void {
    this.#composer.focus();
  }

  #stopping(): void {
    const state = this.connection.state;
    if (state === undefined) return;
    this.#work.stopping(state);
    this.#announcer.tell('Stopping.');
  }

  #show(state: ChatState): void {
    this.#header.show(state);
    this.#session.show(state);
    this.#unasked.show(state);
    this.#welcome.hidden = state.entries.length > 0;
    this.#composer.show(state);
    this.#host.classList.toggle('busy', state.busy);
    this.#obstacles.show(state.setup);
  }
}

function waits(entry: Entry): boolean {
  return (entry.kind === 'card' || entry.kind === 'permission') && entry.status === 'waiting';
}
