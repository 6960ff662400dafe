import type { AgentEvent, AskRequest } from '../../../src/core/agent.ts';
import type { Decision } from '../../../src/core/decision.ts';
import type { Finding, Report, Verdict } from '../../../src/core/finding.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Language } from '../../../src/core/language.ts';
import type { ApprovalMode } from '../../../src/core/policy.ts';
import type { Agent } from '../../../src/core/ports.ts';
import type { InputFile, Proposal } from '../../../src/core/proposal.ts';
import type { RunResult, SandboxInfo } from '../../../src/core/run.ts';
import type { RunRecord } from '../../../src/core/record.ts';
import type { AgentModel, AgentParts } from '../../../src/agent/agentParts.ts';
import { createClaudeAgent } from '../../../src/agent/createClaudeAgent.ts';
import { runProposal } from '../../../src/pipeline/runProposal.ts';
import { SessionCode } from '../../../src/pipeline/sessionCode.ts';
import {
  startMessagesServer,
  type MessagesServer,
  type MessagesServerOptions,
} from '../../support/messages/startMessagesServer.ts';
import type { Script } from '../../support/messages/script.ts';
import { someResult, someSandbox } from '../../support/records.ts';

export interface DeskOptions {
  readonly decide?: (proposal: Proposal, signal: AbortSignal, report: Report) => Decision | Promise<Decision>;
  /** What a program does: its output, or a whole result. */
  readonly execute?: (code: string, signal: AbortSignal) => Promise<Partial<RunResult>> | Partial<RunResult>;
  readonly mode?: ApprovalMode;
  /** The sandbox as it is at that moment; one on Docker without it. */
  readonly sandbox?: () => SandboxInfo;
  /** The validator's verdict on a program and those of its session before it. */
  readonly verdict?: (code: string, earlier: readonly string[]) => Verdict;
  /** What the validator found in it; nothing without it. */
  readonly findings?: (code: string, earlier: readonly string[]) => readonly Finding[];
  /** What the sandbox says of languages that it does not run. */
  readonly refuses?: (language: Language) => string | undefined;
  readonly model?: Partial<AgentModel>;
  readonly parts?: Partial<AgentParts>;
  readonly server?: MessagesServerOptions;
}

/** An agent at work: the real pipeline and a scripted server around it. */
export interface Desk {
  readonly agent: Agent;
  readonly server: MessagesServer;
  readonly events: AgentEvent[];
  readonly records: RunRecord[];
  readonly executed: string[];
  readonly pauses: number[];
  /** Asks and returns the text of the answer as it stands on the screen at the end. */
  readonly ask: (text: string, options?: Partial<AskRequest> & { signal?: AbortSignal }) => Promise<string>;
  readonly of: <K extends AgentEvent['kind']>(kind: K) => Extract<AgentEvent, { kind: K }>[];
  close(): Promise<void>;
}

export const approve = (proposal: Proposal): Decision => ({ kind: 'run', hash: proposal.hash, by: 'person' });

export async function openDesk(script: Script, options: DeskOptions = {}): Promise<Desk> {
  const server = await startMessagesServer(script, options.server);
  const events: AgentEvent[] = [];
  const records: RunRecord[] = [];
  const executed: string[] = [];
  const pauses: number[] = [];
  let runs = 0;
  const sessionCode = new SessionCode();
  const parts: AgentParts = {
    model: () => ({
      model: 'claude-sonnet-4-6',
      baseUrl: server.url,
      temperature: 0.3,
      maxTokens: 4096,
      ...options.model,
    }),
    apiKey: async () => 'test-key-0123456789',
    approver: {
      decide: async (proposal, report, signal) => (options.decide ?? approve)(proposal, signal, report),
    },
    pause: async (ms, signal) => {
      pauses.push(ms);
      signal.throwIfAborted();
    },
    runCode: (draft, door) =>
      runProposal(
        draft,
        {
          validator: {
            check: async (_language, code, earlier = []) => {
              const verdict: Verdict = code.includes('os.system') ? 'block' : 'allow';
              const findings = options.findings?.(code, earlier) ?? [];
              return { verdict: options.verdict?.(code, earlier) ?? verdict, findings };
            },
          },
          approver: door.approver,
          executor: {
            describe: async () => ({ available: true, sandbox: options.sandbox?.() ?? someSandbox }),
            execute: async ({ runId, code }, _emit, signal) => {
              executed.push(code);
              return someResult({ runId, ...(await options.execute?.(code, signal)) });
            },
            refuses: async (language) => options.refuses?.(language),
            close: async () => undefined,
          },
          recorder: { save: async (record) => void records.push(record) },
          output: door.output,
          now: () => 0,
          newRunId: () => `run-${(runs += 1)}`,
          sessionCode,
        },
        {
          limits: defaultLimits,
          mode: options.mode ?? 'always-ask',
          approvedForConversation: door.approvedForConversation ?? false,
          signal: door.signal,
          ...(door.sessionId === undefined ? {} : { sessionId: door.sessionId }),
        },
      ),
    ...options.parts,
  };
  const agent = createClaudeAgent(parts);
  return {
    agent,
    server,
    events,
    records,
    executed,
    pauses,
    ask: async (text, { signal, ...request } = {}) => {
      const from = events.length;
      await agent.ask(
        { threadId: 't1', requestId: text, text, files: [], ...request },
        (event) => events.push(event),
        signal ?? new AbortController().signal,
      );
      return shownText(events.slice(from));
    },
    of: <K extends AgentEvent['kind']>(kind: K) =>
      events.filter((event): event is Extract<AgentEvent, { kind: K }> => event.kind === kind),
    close: async () => {
      await agent.close();
      await server.close();
    },
  };
}

/** The text on the screen after these events: what was taken back is gone. */
function shownText(events: readonly AgentEvent[]): string {
  let kept = '';
  let open = '';
  for (const event of events) {
    if (event.kind === 'text') open += event.delta;
    if (event.kind === 'retracted') open = '';
    if (event.kind === 'usage' || event.kind === 'ran') {
      kept += open;
      open = '';
    }
  }
  return kept + open;
}

export function inputFile(name: string, text: string | Buffer): InputFile {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    name,
    bytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}
