import path from 'node:path';
import { createClaudeAgent } from '../../../src/agent/createClaudeAgent.ts';
import { loadSkills } from '../../../src/agent/skills/loadSkills.ts';
import { say } from '../messages/script.ts';
import { startMessagesServer } from '../messages/startMessagesServer.ts';
import { plainRequests, type Body } from './plainRequests.ts';
import { repositoryRoot } from './repositoryRoot.ts';

let asked: Promise<Body> | undefined;

/**
 * What the agent sends when it has every tool and the skills that are shipped. The kept requests say
 * in what they differ from it, so that a change of the instructions is seen in one place.
 */
export function standardRequest(): Promise<Body> {
  return (asked ??= ask());
}

async function ask(): Promise<Body> {
  const server = await startMessagesServer([say('Hi.')], { kept: false });
  const nothing = (): Promise<never> => Promise.reject(new Error('Nothing is done here.'));
  const agent = createClaudeAgent({
    model: () => ({ model: 'claude-sonnet-4-6', baseUrl: server.url, temperature: 0.3, maxTokens: 4096 }),
    apiKey: async () => 'test-key-0123456789',
    approver: { decide: nothing },
    permitter: { permit: nothing },
    changes: { write: nothing },
    runCode: nothing,
    workspace: { open: nothing, creatable: nothing, list: async function* () {} },
    skills: () =>
      loadSkills([{ origin: 'extension', folder: path.join(repositoryRoot(), 'media', 'skills') }]),
  });
  try {
    const signal = new AbortController().signal;
    await agent.ask({ threadId: 't1', requestId: 'r1', text: 'Hi', files: [] }, () => undefined, signal);
    const [first] = server.requests;
    if (first === undefined) throw new Error('The agent sent nothing.');
    return plainRequests([first.body], false)[0] ?? {};
  } finally {
    await agent.close();
    await server.close();
  }
}
