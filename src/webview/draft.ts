import * as z from 'zod/mini';
import type { HostApi } from './connection.ts';

const draftSchema = z.object({ text: z.string() });

/** The half-written request: the one thing that the page keeps by itself, also over a reload. */
export class Draft {
  readonly #api: HostApi;

  constructor(api: HostApi) {
    this.#api = api;
  }

  read(): string {
    const kept = draftSchema.safeParse(this.#api.getState());
    return kept.success ? kept.data.text : '';
  }

  write(text: string): void {
    this.#api.setState({ text });
  }
}
