import { createMiddleware } from 'langchain';
import { z } from 'zod';
import type { ContextUse } from '../core/agent.ts';
import type { Usage } from '../core/usage.ts';
import { AgentStop } from './agentStop.ts';
import { costUsd, isPriced } from './pricing.ts';
import type { Turn } from './turn.ts';
import { allTokens } from './usageOf.ts';

export interface SpendingParts {
  readonly turn: Turn;
  /** The model whose price counts; undefined where nobody tells what it costs. */
  readonly model: string | undefined;
  /** What the settings call it. */
  readonly name: string;
  readonly capUsd: number | undefined;
}

/** Names it in the graph. */
export const spendingName = 'glovebox-spending';

/** Beside the messages, so that taking some back does not make a conversation cheaper. */
const state = z.object({
  spentUsd: z.number().default(0),
  /** The last model of which the person was told that its price is not known. */
  unpriced: z.string().default(''),
});

/** Counts all that a conversation costs: replies, also broken and stopped ones, and summaries. */
export class Spending {
  readonly #parts: SpendingParts;
  #fresh = 0;

  constructor(parts: SpendingParts) {
    this.#parts = parts;
  }

  /** Says what was used and remembers what it costs. */
  add(usage: Usage, context?: ContextUse): void {
    if (allTokens(usage) === 0 && context === undefined) return;
    const { turn, model } = this.#parts;
    const cost = model === undefined ? undefined : costUsd(usage, model);
    this.#fresh += cost ?? 0;
    turn.emit({
      kind: 'usage',
      usage: cost === undefined ? usage : { ...usage, costUsd: cost },
      ...(context === undefined ? {} : { context }),
    });
  }

  /** What came since it was last asked for. */
  take(): number {
    const fresh = this.#fresh;
    this.#fresh = 0;
    return fresh;
  }

  /** Ends a conversation that has cost what the person wants to spend on one. */
  middleware() {
    const { turn, model, name, capUsd } = this.#parts;
    return createMiddleware({
      name: spendingName,
      stateSchema: state,
      beforeModel: ({ spentUsd, unpriced }) => {
        if (capUsd === undefined || capUsd <= 0) return undefined;
        if (spentUsd + this.#fresh >= capUsd) throw limitReached(capUsd);
        if (unpriced === name || (model !== undefined && isPriced(model))) return undefined;
        turn.emit({ kind: 'notice', message: notApplied(capUsd, name) });
        return { unpriced: name };
      },
      afterModel: ({ spentUsd }) => {
        const fresh = this.take();
        return fresh === 0 ? undefined : { spentUsd: spentUsd + fresh };
      },
    });
  }
}

function limitReached(capUsd: number): AgentStop {
  return new AgentStop(
    'spending-limit',
    `This conversation has cost ${capUsd.toFixed(2)} US dollars, which is the limit in the settings. Raise it, or start a new conversation.`,
  );
}

function notApplied(capUsd: number, name: string): string {
  return `The spending limit of ${capUsd.toFixed(2)} US dollars is not applied: Glovebox does not know what "${name}" costs.`;
}
