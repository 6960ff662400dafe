import type { Card } from '../../protocol/card.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { element } from '../element.ts';
import { icon } from '../icons.ts';
import { bytes } from '../quantity.ts';
import { artifactsView } from './artifactsView.ts';
import { CodeView } from './codeView.ts';
import type { PageMemory } from '../pageMemory.ts';
import { decisionForm } from './decisionForm.ts';
import { findingsView } from './findingsView.ts';
import { outcomeView, statusBadge } from './outcomeView.ts';
import { OutputView } from './outputView.ts';
import { Section } from '../section.ts';

/** One proposal, from its draft to its result. Every decision names the hash of the code shown here. */
export class ProposalCard {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #memory: PageMemory;
  readonly #head = new Section(element('div', { class: 'card-head' }));
  readonly #files = new Section(element('div', { class: 'card-files' }));
  readonly #code = new CodeView();
  #codeShown = '';
  #deciding = false;
  readonly #findings = new Section(element('div', {}));
  readonly #editing = new Section(element('div', {}));
  readonly #decision = new Section(element('div', {}));
  readonly #stdout = new OutputView('stdout');
  readonly #stderr = new OutputView('stderr');
  readonly #artifacts = new Section(element('div', { class: 'artifacts' }));
  readonly #outcome = new Section(element('div', { class: 'outcome' }));

  constructor(card: Card, send: (message: ToHost) => void, memory: PageMemory) {
    this.#send = send;
    this.#memory = memory;
    this.element = element(
      'section',
      { class: 'card', testid: 'card', attributes: { role: 'group', tabindex: '-1' } },
      this.#head.element,
      this.#files.element,
      this.#findings.element,
      this.#code.element,
      this.#editing.element,
      this.#decision.element,
      this.#stdout.element,
      this.#stderr.element,
      this.#artifacts.element,
      this.#outcome.element,
    );
    this.update(card);
  }

  update(card: Card): void {
    const { id, title, purpose, language, hash, status, verdict, findings } = card;
    this.element.dataset['status'] = card.outcome?.status ?? status;
    this.element.dataset['verdict'] = verdict;
    this.element.setAttribute('aria-label', `Proposed code: ${purpose || title || 'being written'}`);
    const badge = statusBadge(card);
    this.#head.show([title, purpose, language, badge, card.approval, card.edited], () => head(card, badge));
    this.#files.show(card.files, () => [filesLine(card)]);
    this.#showCode(card);
    this.#findings.show([hash, findings], () => findingsView(findings));
    const editing = status === 'waiting' && card.editing === true;
    this.#editing.show([editing], () => (editing ? [editingLine()] : []));
    const held = this.#decision.element.contains(document.activeElement);
    if (status === 'rejected' || status === 'ended' || status === 'starting')
      this.#memory.keepForm(id, hash, undefined);
    this.#decision.show([hash, status === 'waiting', verdict, findings], () =>
      status === 'waiting'
        ? decisionForm(card, {
            decide: (decision) => this.#send({ kind: 'decide', proposalId: id, hash, decision }),
            preview: () => this.#send({ kind: 'openPreview', proposalId: id }),
            kept: this.#memory.form(id, hash),
            keep: (form) => this.#memory.keepForm(id, hash, form),
          })
        : [],
    );
    // The button that was pressed is gone; whoever uses the keyboard stays at the card.
    if (held && !this.#decision.element.contains(document.activeElement))
      this.element.focus({ preventScroll: true });
    this.updateOutput(card);
    this.#artifacts.show(card.artifacts, () =>
      artifactsView(card.artifacts, (name) => this.#send({ kind: 'openArtifact', proposalId: id, name })),
    );
    this.#outcome.show([card.outcome, status], () =>
      outcomeView(card, {
        openHistory: (runId) => this.#send({ kind: 'openHistory', runId }),
        openOutput: () => this.#send({ kind: 'openOutput' }),
        openFullOutput: (runId, stream) => this.#send({ kind: 'openFullOutput', runId, stream }),
        rerun: (runId) => this.#send({ kind: 'rerun', runId }),
        fetchPackage: () => this.#send({ kind: 'fetchPackage', proposalId: id }),
      }),
    );
  }

  /** The code is open for as long as it is to be decided on, and folded when there is a result. */
  #showCode(card: Card): void {
    const fold = this.#code.element;
    fold.hidden = card.code === '';
    const key = `${card.hash} ${card.code.length} ${JSON.stringify(card.findings)}`;
    if (key !== this.#codeShown) this.#code.show(card.code, card.language, markedLines(card));
    this.#codeShown = key;
    const deciding = card.status === 'waiting' || card.status === 'starting' || card.status === 'running';
    if (deciding !== this.#deciding) fold.open = deciding;
    this.#deciding = deciding;
  }

  updateOutput(card: Card): void {
    this.#stdout.show(card.stdout);
    this.#stderr.show(card.stderr);
  }
}

function head(card: Card, badge: ReturnType<typeof statusBadge>): readonly Node[] {
  const decided = decisionWords(card);
  return [
    element(
      'div',
      { class: 'card-title' },
      element('bdi', { text: card.purpose || card.title || 'Code' }),
      card.language !== '' && element('span', { class: 'tag', text: card.language }),
    ),
    element(
      'div',
      { class: `badge ${badge.tone}`, testid: 'status' },
      icon(badge.icon),
      element(
        'span',
        {},
        badge.text,
        // The mark between them stays with the first where the line breaks.
        decided !== undefined && '\u00a0· ',
        decided !== undefined && element('span', { class: 'quiet', text: decided }),
      ),
    ),
  ];
}

/** Who let it run, and whose code it is. */
function decisionWords({ approval, edited = false }: Card): string | undefined {
  if (approval === undefined) return edited ? 'Edited by you' : undefined;
  switch (approval) {
    case 'person':
      return edited ? 'Edited and approved by you' : 'Approved by you';
    case 'conversation':
      return `${edited ? 'Edited and approved' : 'Approved'} by you for this chat`;
    case 'policy':
      return edited ? 'Edited by you, approved by policy' : 'Approved by policy';
    case 'insisted':
      return edited ? 'Edited by you, and you insisted' : 'You insisted';
  }
}

/** What is on the card is not what the person is writing. */
function editingLine(): Node {
  return element('p', {
    class: 'caution',
    testid: 'editing',
    text: 'You are editing this in the editor. The card shows it as it was proposed.',
  });
}

function filesLine({ files }: Card): Node | undefined {
  if (files.length === 0) return undefined;
  return element(
    'div',
    { class: 'chips' },
    element('span', { class: 'quiet', text: 'Can read:' }),
    ...files.map((file) =>
      element(
        'span',
        { class: file.asked ? 'chip asked' : 'chip', testid: 'card-file' },
        icon(file.asked ? 'warning' : 'file'),
        element('bdi', { text: `${file.name} (${bytes(file.bytes)})` }),
        file.asked && element('span', { text: 'not attached by you' }),
      ),
    ),
  );
}

/** The worst severity of each line that has findings. */
function markedLines({ findings }: Card): ReadonlyMap<number, string> {
  const lines = new Map<number, string>();
  for (const severity of ['info', 'warn', 'block'])
    for (const finding of findings)
      if (finding.severity === severity) lines.set(finding.range.startLine, severity);
  return lines;
}
