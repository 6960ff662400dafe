import assert from 'node:assert/strict';
import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { contextTokens, estimatedTokens } from '../../../src/agent/contextTokens.ts';

const code = 'x = 1\n'.repeat(1000);
const call = { id: 'c1', name: 'run_code', args: { code } };

describe('how full the window of a model is', () => {
  it('counts programs, whether they are blocks of the content or beside it', () => {
    const beside = new AIMessage({ content: '', tool_calls: [call] });
    const inside = new AIMessage({
      content: [{ type: 'tool_use', id: 'c1', name: 'run_code', input: call.args }],
      tool_calls: [call],
    });
    const [first, second] = [estimatedTokens([beside]), estimatedTokens([inside])];
    assert.ok(first > 1500 && second > 1500, `${first} ${second}`);
    assert.ok(Math.abs(first - second) < 50, 'neither counts twice');
  });

  it('begins with what the service counted', () => {
    const usage_metadata = { input_tokens: 90, output_tokens: 10, total_tokens: 100 };
    const answered = Object.assign(new AIMessage('Long. '.repeat(500)), { usage_metadata });
    assert.equal(contextTokens([new HumanMessage('Hello'), answered, new HumanMessage('1234567')]), 102);
  });
});
