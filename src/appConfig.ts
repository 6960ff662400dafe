import type { EditorModel } from './agent/editorChatModel.ts';
import type { AppSettings } from './appSettings.ts';

/** What the surroundings of the app decide: the editor, the terminal, a test. */
export interface AppConfig {
  /** The product's folder, which has `sandbox/` and `dist/`. */
  readonly root: string;
  /** Private folder for history, artifacts and caches; exists. */
  readonly dataFolder: string;
  /** What a person does about a data folder that can't be written. */
  readonly dataFolderAdvice: string;
  /** Read anew for each run, so that a changed setting holds at once. */
  readonly settings: () => AppSettings;
  readonly apiKey: () => Promise<string | undefined>;
  /** Whether the process goes on after a run, as an editor's does. */
  readonly stays: boolean;
  /** Hears what a person should know and no result can say, such as settings that can't be used. */
  readonly warn?: (message: string) => void;
  /** One of the editor's own models, when the settings name one; needs no key. */
  readonly editorModel?: () => EditorModel | undefined;
  /** The folder whose files the agent may look at; undefined: none, or it is not trusted. */
  readonly workspaceFolder?: () => string | undefined;
  /** Whether the settings hide a path of that folder; read anew for every look. Absent: none is. */
  readonly workspaceExcludes?: () => (path: string) => boolean;
}
