import type { AppSettings } from '../../appSettings.ts';
import { readSettings } from '../../settings/readSettings.ts';
import type { SettingName } from '../../settings/settingTable.ts';
import type { GlobalFlags } from '../globalFlags.ts';
import { readPolicy } from './readPolicy.ts';
import { readSettingsFile, type GivenSettings } from './settingsFile.ts';

/** It says how many sandboxes wait for the next run of the process. */
const forMoreRuns: SettingName = 'docker.poolSize';
/** They say how the editor asks and shows; here that is for `--approve` and the terminal. */
const ofTheEditor: ReadonlySet<SettingName> = new Set(['approval', 'openPreview']);

export interface TerminalSettings {
  readonly settings: AppSettings;
  /** Names of settings that were given and mean nothing for this command. */
  readonly unused: readonly string[];
}

/**
 * The settings of one command: flags, then the file that `--settings` names, then the environment, then the
 * defaults. `stays`: the process serves more than one run.
 *
 * @throws UsageError for what can't be used.
 */
export async function terminalSettings(
  flags: GlobalFlags,
  env: NodeJS.ProcessEnv,
  stays: boolean,
): Promise<TerminalSettings> {
  const file = flags.settingsFile;
  const given: GivenSettings = file === undefined ? new Map() : await readSettingsFile(file);
  const unused = [...given.keys()].filter(
    (name) => ofTheEditor.has(name) || (!stays && name === forMoreRuns),
  );
  const { settings } = readSettings((name) => (ofTheEditor.has(name) ? undefined : given.get(name)));
  const baseUrl = flags.baseUrl ?? settings.model.baseUrl ?? env['ANTHROPIC_BASE_URL'];
  return {
    unused: unused.map((name) => `glovebox.${name}`),
    settings: {
      ...settings,
      model: {
        ...settings.model,
        model: flags.model ?? settings.model.model,
        baseUrl: baseUrl === '' ? undefined : baseUrl,
      },
      sandbox: flags.sandbox ?? settings.sandbox,
      // Where one process is one run, nothing stays behind that could use a waiting sandbox.
      docker: stays ? settings.docker : { ...settings.docker, poolSize: 0 },
      policy: await readPolicy(flags, settings.policy),
    },
  };
}
