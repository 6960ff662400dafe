import * as z from 'zod/mini';
import { attachmentSchema, type Attachment } from '../protocol/chatState.ts';
import type { HostApi } from './connection.ts';

/** A form of a card that is open, and what was written in it so far. */
const formSchema = z.object({ hash: z.string(), form: z.enum(['edit', 'reason']), text: z.string() });
export type KeptForm = Omit<z.infer<typeof formSchema>, 'hash'>;

/** What is waited for, and since when. */
const workSchema = z.object({ key: z.string(), since: z.number() });

const memorySchema = z.object({
  text: z.string(),
  attachments: z.exactOptional(z.readonly(z.array(attachmentSchema))),
  work: z.exactOptional(workSchema),
  forms: z.exactOptional(z.record(z.string(), formSchema)),
  waitsIn: z.exactOptional(z.string()),
  taken: z.exactOptional(z.array(z.string())),
});
type Memory = z.infer<typeof memorySchema>;

/** Of texts that were taken; the host gives only those again that it was just told nothing of. */
const mostTaken = 20;
/** Forms of cards that are long gone make room for others. */
const mostForms = 20;

/**
 * What was half written, and since when something is waited for: all that the page keeps by itself. VS Code ends a page that is
 * hidden, and starts another one.
 */
export class PageMemory {
  readonly #api: HostApi;
  #kept: Memory;

  constructor(api: HostApi) {
    this.#api = api;
    const kept = memorySchema.safeParse(api.getState());
    this.#kept = kept.success ? kept.data : { text: '' };
  }

  /** The half-written request. */
  get draft(): string {
    return this.#kept.text;
  }

  set draft(text: string) {
    this.#keep({ ...this.#kept, text });
  }

  /** The files that go with it. */
  get attachments(): readonly Attachment[] {
    return this.#kept.attachments ?? [];
  }

  set attachments(attachments: readonly Attachment[]) {
    if (JSON.stringify(attachments) === JSON.stringify(this.attachments)) return;
    this.#keep({ ...this.#kept, attachments });
  }

  /** The conversation in which the draft waits for the end of an answer. */
  get waitsIn(): string | undefined {
    return this.#kept.waitsIn;
  }

  set waitsIn(conversation: string | undefined) {
    if (conversation === this.waitsIn) return;
    const { waitsIn: _, ...others } = this.#kept;
    this.#keep(conversation === undefined ? others : { ...others, waitsIn: conversation });
  }

  get work(): z.infer<typeof workSchema> | undefined {
    return this.#kept.work;
  }

  set work(work: z.infer<typeof workSchema> | undefined) {
    const { work: _, ...others } = this.#kept;
    this.#keep(work === undefined ? others : { ...others, work });
  }

  /** Whether the text with this id went into the draft already. */
  hasTaken(id: string): boolean {
    return this.#kept.taken?.includes(id) === true;
  }

  take(id: string): void {
    this.#keep({ ...this.#kept, taken: [...(this.#kept.taken ?? []), id].slice(-mostTaken) });
  }

  /** The form of the card that is open on exactly this code. */
  form(cardId: string, hash: string): KeptForm | undefined {
    const kept = this.#kept.forms?.[cardId];
    return kept?.hash === hash ? kept : undefined;
  }

  /** Without a form there is none open any more. */
  keepForm(cardId: string, hash: string, form: KeptForm | undefined): void {
    const { [cardId]: before, ...others } = this.#kept.forms ?? {};
    if (before === undefined && form === undefined) return;
    const entries = Object.entries(others).slice(1 - mostForms);
    if (form !== undefined) entries.push([cardId, { ...form, hash }]);
    this.#keep({ ...this.#kept, forms: Object.fromEntries(entries) });
  }

  #keep(kept: Memory): void {
    this.#kept = kept;
    this.#api.setState(kept);
  }
}
