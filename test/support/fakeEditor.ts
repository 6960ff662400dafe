import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a test puts in the place of the editor; each part as far as it is used. */
export interface FakeEditor {
  readonly window?: object;
  readonly workspace?: object;
  readonly commands?: object;
  readonly [name: string]: unknown;
}

/** What was shown and asked, and what the person answers. */
export interface Heard {
  /** Level and words of each message, with its buttons behind them. */
  readonly messages: string[];
  /** Commands with their arguments, as JSON. */
  readonly commands: string[];
  /** The button that is pressed when it is there. */
  press?: string;
}

/** An editor that shows messages and runs commands, and remembers both. */
export function hearingEditor(): { readonly editor: FakeEditor; readonly heard: Heard } {
  const heard: Heard = { messages: [], commands: [] };
  const show =
    (level: string) =>
    async (message: string, _options: object, ...buttons: string[]): Promise<string | undefined> => {
      heard.messages.push([`${level}: ${message}`, ...buttons].join(' | '));
      return buttons.find((button) => button === heard.press);
    };
  const editor = {
    window: {
      showInformationMessage: show('information'),
      showWarningMessage: show('warning'),
      showErrorMessage: show('error'),
    },
    commands: {
      executeCommand: async (command: string, ...args: unknown[]) =>
        void heard.commands.push([command, ...args.map((arg) => JSON.stringify(arg))].join(' ')),
    },
  };
  return { editor, heard };
}

const known =
  'window workspace commands FileType RelativePattern ProgressLocation Selection languages env l10n Uri Range Diagnostic DiagnosticSeverity CodeAction CodeActionKind CancellationError TreeItem ThemeIcon ThemeColor MarkdownString ConfigurationTarget EventEmitter FileChangeType ViewColumn TabInputText TabInputTextDiff StatusBarAlignment TextDocumentSaveReason WorkspaceEdit Position';
const editors = new Map<string, FakeEditor>();
Object.assign(globalThis, { gloveboxEditors: editors });
let count = 0;

/** Loads a file of `src/ui`, and what it needs of that folder, with this editor around it. */
export async function withEditor<T>(file: string, editor: FakeEditor): Promise<T> {
  const id = String((count += 1));
  const l10n = {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d+)\}/g, (_, at) => String(values[Number(at)])),
  };
  editors.set(id, { l10n, ...editor });
  const exports = known.split(' ').map((name) => `export const ${name} = editor.${name};`);
  const source = `const editor = globalThis.gloveboxEditors.get(${JSON.stringify(id)}); ${exports.join(' ')}`;
  const hooks = registerHooks({
    resolve(name, context, next) {
      if (name === 'vscode')
        return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
      const found = next(name, context);
      const ofUi = found.url.includes('/src/ui/') && !found.url.includes('?');
      return ofUi ? { ...found, url: `${found.url}?editor=${id}` } : found;
    },
  });
  try {
    const url = pathToFileURL(path.join(import.meta.dirname, '../../src/ui', file)).href;
    return (await import(`${url}?editor=${id}`)) as T;
  } finally {
    hooks.deregister();
  }
}
