import type { Script } from '../messages/script.ts';
import { startMessagesServer, type MessagesServer } from '../messages/startMessagesServer.ts';
import type { EditorOptions, OpenEditor } from './openEditor.ts';
import { openEditor } from './openEditor.ts';
import { failureScreenshot } from './screenshots.ts';

export interface EditorWithModel {
  readonly messages: MessagesServer;
  readonly open: OpenEditor;
  /** An empty conversation, with the chat in front. */
  newChat(): Promise<void>;
}

export interface WithModelOptions extends EditorOptions {
  /** The only key that the model takes; any key when absent. */
  readonly apiKey?: string;
}

/**
 * An editor that talks to a scripted model, for the suite in whose body this is called: both start
 * before its first test and end after its last, and a test that fails leaves a picture.
 */
export function editorWithModel(script: Script, options: WithModelOptions = {}): EditorWithModel {
  let messages: MessagesServer | undefined;
  let open: OpenEditor | undefined;
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The editor is there only while the tests of its suite run.');
    return part;
  };

  before(async () => {
    const { apiKey, settings, env, ...others } = options;
    messages = await startMessagesServer(script, apiKey === undefined ? {} : { apiKey });
    open = await openEditor({
      ...others,
      settings: { 'glovebox.baseUrl': messages.url, ...settings },
      env: { ANTHROPIC_API_KEY: 'sk-ant-api03-from-the-environment', ...env },
    });
    await open.editor.openGlovebox();
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  return {
    get messages() {
      return there(messages);
    },
    get open() {
      return there(open);
    },
    async newChat() {
      const { editor } = there(open);
      if ((await editor.byTestId('message-user').count()) === 0) return;
      await editor.command('Glovebox: New Conversation');
      await editor.byTestId('welcome').waitFor();
    },
  };
}
