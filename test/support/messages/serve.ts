import { parseArgs } from 'node:util';
import { startMessagesServer } from './startMessagesServer.ts';
import { anyStory, stories, type StoryName } from './stories.ts';
import type { Script } from './script.ts';

const { values } = parseArgs({
  options: {
    story: { type: 'string', default: 'any' },
    port: { type: 'string', default: '0' },
    key: { type: 'string' },
    delay: { type: 'string', default: '0' },
  },
});

const isStory = (name: string): name is StoryName => name in stories;
const story = values.story === 'any' ? anyStory : isStory(values.story) ? stories[values.story] : undefined;
if (story === undefined) {
  console.error(`There is no story "${values.story}". Known: any, ${Object.keys(stories).join(', ')}.`);
  process.exit(2);
}

const delayMs = Number(values.delay);
const script: Script = async (request) => {
  const turn = await story(request);
  return turn.kind === 'reply' && delayMs > 0 ? { ...turn, delayMs } : turn;
};

const server = await startMessagesServer(script, {
  port: Number(values.port),
  ...(values.key === undefined ? {} : { apiKey: values.key }),
});
console.log(server.url);
const stop = (): void => void server.close();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
