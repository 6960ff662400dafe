import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { AppConfig } from './appConfig.ts';
import type { AgentModel } from './agent/agentParts.ts';
import type { AppSettings, ModelSettings } from './appSettings.ts';
import { limitsWithin, type Limits } from './core/limits.ts';
import type { Door, RunCode } from './core/door.ts';
import type { Executor, Output, Validator } from './core/ports.ts';
import type { SkillCatalog } from './core/skill.ts';
import { checkHealth, type Health } from './health.ts';
import { ModelList } from './modelList.ts';
import { lazy } from './core/lazy.ts';
import type { PolicySettings } from './policyValidator.ts';
import { runProposal } from './pipeline/runProposal.ts';
import { SessionCode } from './pipeline/sessionCode.ts';
import type { UiApp } from './ui/uiApp.ts';

/** What the doors need, and what whoever made it has to end. */
export interface App extends UiApp {
  doctor(): Promise<Health>;
  /** Of each run, as the settings say now. */
  limits(): Limits;
  /** Ends everything that was started; waits until it is gone. */
  close(): Promise<void>;
}

/** The composition root: the only place that knows every part. Nothing heavy is loaded before its first use. */
export function createApp(config: AppConfig): App {
  const artifacts = path.join(config.dataFolder, 'artifacts');
  const history = lazy(async () => {
    const { openHistory } = await import('./history/historyStore.ts');
    return openHistory({ file: path.join(config.dataFolder, 'history.db'), artifacts });
  });
  const loadValidator = lazy(async () => {
    const { policyValidator } = await import('./policyValidator.ts');
    const policy = (): PolicySettings => config.settings().policy ?? { machine: {}, workspace: {} };
    return policyValidator(path.join(config.root, 'dist', 'wasm'), policy, config.warn ?? (() => undefined));
  });
  const loadSandboxes = lazy(async () => {
    const { createSandboxes } = await import('./sandboxes.ts');
    return createSandboxes(config, artifacts);
  });
  const loadExecutor = Object.assign(async () => (await loadSandboxes()).executor, {
    peek: () => loadSandboxes.peek()?.then(({ executor }) => executor),
  });
  const checkpoints = lazy(async () => {
    const { openCheckpoints } = await import('./agent/checkpoints/openCheckpoints.ts');
    return openCheckpoints(path.join(config.dataFolder, 'conversations.db'));
  });
  const turns = lazy(async () => {
    const { TurnOwners } = await import('./agent/checkpoints/turnOwners.ts');
    return new TurnOwners(path.join(config.dataFolder, 'conversations.db'));
  });
  const validator: Validator = {
    check: async (language, code, earlier) => (await loadValidator()).check(language, code, earlier),
  };
  const sessionCode = new SessionCode();
  const handedOut: App['executor'] = {
    describe: async () => (await loadExecutor()).describe(),
    refuses: async (language) => (await loadExecutor()).refuses(language),
    prepare: async (progress, signal) => (await loadExecutor()).prepare?.(progress, signal),
    toPrepare: async (signal) => (await loadExecutor()).toPrepare?.(signal),
    settingsChanged: () =>
      void loadExecutor.peek()?.then(
        (it) => it.settingsChanged?.(),
        () => undefined,
      ),
    alive: async () => (await (await loadExecutor()).alive?.()) ?? [],
    pruneImages: async () => (await (await loadExecutor()).pruneImages?.()) ?? { removed: [], kept: [] },
    interruptSession: async (id) => (await (await loadExecutor.peek())?.interruptSession?.(id)) ?? false,
    async closeSession(id) {
      sessionCode.ended(id);
      await (await loadExecutor.peek())?.closeSession?.(id);
    },
    close: async () => (await loadExecutor.peek())?.close(),
  };
  // The doors don't get what runs: the pipeline alone does.
  const executor: Executor = {
    ...handedOut,
    execute: async (request, emit, signal) => (await loadExecutor()).execute(request, emit, signal),
  };
  const runCode: RunCode = async (draft, door) => {
    const recorder = await history();
    const shared = { validator, executor, recorder, sessionCode, now: Date.now, newRunId: randomUUID };
    const parts = { ...door, ...shared };
    return runProposal(draft, parts, pipelineOptions(config.settings(), door));
  };
  const models = new ModelList(() => config.settings().model, config.apiKey);
  const skills = async (): Promise<SkillCatalog> => {
    const { loadSkills, skillRoots } = await import('./agent/skills/loadSkills.ts');
    return loadSkills(skillRoots(config.root, config.workspaceFolder?.()));
  };
  return {
    runCode,
    validator,
    openText: async (language) => (await loadValidator()).openText(language),
    executor: handedOut,
    history,
    async createAgent(door) {
      const { createClaudeAgent } = await import('./agent/createClaudeAgent.ts');
      const { sandboxFacts } = await import('./agent/sandboxFacts.ts');
      const { workspaceFolder } = await import('./agent/workspaceFolder.ts');
      const folder = config.workspaceFolder?.();
      return createClaudeAgent({
        ...(door.keepsConversations === true
          ? { checkpoints: await checkpoints(), turns: await turns() }
          : {}),
        ...(folder === undefined ? {} : { workspace: workspaceFolder(folder, config.workspaceExcludes) }),
        ...(door.permitter === undefined ? {} : { permitter: door.permitter }),
        ...(door.changes === undefined ? {} : { changes: door.changes }),
        editorModel: async () => config.editorModel?.(),
        skills,
        sandboxFacts: async () => sandboxFacts(await executor.describe(), config.settings().limits),
        model: () => {
          const model = agentModel(config.settings().model);
          const windowTokens = door.keepsConversations === true ? models.windowTokens() : undefined;
          return windowTokens === undefined ? model : { ...model, windowTokens };
        },
        // Read at each request, as the model is.
        get turnMs() {
          return config.settings().model.turnSeconds * 1000;
        },
        get idleMs() {
          return config.settings().model.silenceSeconds * 1000;
        },
        apiKey: config.apiKey,
        approver: door.approver,
        ...(door.sessionOf === undefined ? {} : { sessionOf: door.sessionOf }),
        ...(door.runsUnasked === undefined ? {} : { runsUnasked: door.runsUnasked }),
        async runCode(draft, agentDoor) {
          const outcome = await runCode(draft, {
            ...agentDoor,
            output: bothOutputs(agentDoor.output, door.output),
          });
          door.onOutcome?.(outcome);
          return outcome;
        },
      });
    },
    elsewhere: async (threadId) => (await turns()).elsewhere(threadId),
    skills,
    models: () => models.list(),
    packages: {
      list: async () => (await loadSandboxes()).packages.list(),
      fetch: async (names, progress, signal) =>
        (await loadSandboxes()).packages.fetch(names, progress, signal),
    },
    testSandbox: async (progress, signal) => (await loadSandboxes()).selfTest(progress, signal),
    doctor: () => checkHealth({ config, executor, history }),
    limits: () => config.settings().limits,
    async close() {
      // First: the next window, which may be opening already, goes on with what waits in this one.
      (await turns.peek()?.catch(() => undefined))?.close();
      await Promise.allSettled([executor.close(), loadValidator.peek()?.then((it) => it.dispose())]);
      (await checkpoints.peek())?.close();
      await (await history.peek())?.close();
    },
  };
}

function agentModel({ thinkingTokens = 0, ...model }: ModelSettings): AgentModel {
  return thinkingTokens === 0 ? model : { ...model, thinking: { kind: 'budget', tokens: thinkingTokens } };
}

function bothOutputs(first: Output, second: Output): Output {
  return {
    proposed(proposal, report) {
      first.proposed?.(proposal, report);
      second.proposed?.(proposal, report);
    },
    decided(proposal, decision) {
      first.decided?.(proposal, decision);
      second.decided?.(proposal, decision);
    },
    show(proposal, event) {
      first.show(proposal, event);
      second.show(proposal, event);
    },
  };
}

function pipelineOptions(settings: AppSettings, door: Door) {
  return {
    limits: limitsWithin(settings.limits, door.wallMs),
    mode: settings.approval,
    signal: door.signal,
    ...(door.approvedForConversation === undefined
      ? {}
      : { approvedForConversation: door.approvedForConversation }),
    ...(door.sessionId === undefined ? {} : { sessionId: door.sessionId }),
  };
}
