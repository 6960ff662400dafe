import { createApp, type App } from '../app.ts';
import { GloveboxError } from '../core/errors.ts';
import { askCommand } from './askCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { dataFolder, makeDataFolder } from './dataFolder.ts';
import { doctorCommand } from './doctorCommand.ts';
import { exitStatus, exitStatusOfFault } from './exitStatus.ts';
import { flagWords, takeGlobalFlags } from './globalFlags.ts';
import { helpText } from './helpText.ts';
import { historyCommand } from './historyCommand.ts';
import { packagesCommand } from './packagesCommand.ts';
import { pruneCommand } from './pruneCommand.ts';
import { runCommand } from './runCommand.ts';
import { terminalSettings } from './settings/terminalSettings.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { watchOutput } from './watchOutput.ts';

type Command = (args: readonly string[], app: App, terminal: Terminal, root: string) => Promise<number>;

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['run', runCommand],
  ['ask', askCommand],
  ['check', checkCommand],
  ['history', historyCommand],
  ['doctor', doctorCommand],
  ['packages', packagesCommand],
  ['prune', pruneCommand],
  // The protocol's library is for this command alone.
  ['mcp', async (...all) => (await import('./mcp/mcpCommand.ts')).mcpCommand(...all)],
]);

/** The terminal door; gives the exit status. `root` is the product's folder. Ctrl-C ends a run cleanly, a second one at once. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(exitStatus.interrupted);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const whyNotWritten = watchOutput(process.stdout, () => interrupt.abort());
  process.stderr.on('error', () => undefined);
  const terminal = processTerminal(interrupt);
  try {
    const status = await dispatch(args, root, terminal);
    const why = await whyNotWritten();
    if (why === undefined) return status;
    terminal.err(`glovebox: The output could not be written: ${why}. What is there of it is not whole.\n`);
    return exitStatus.failed;
  } catch (error) {
    terminal.err(`glovebox: ${error instanceof Error ? error.message : String(error)}\n`);
    return statusOfFault(error);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function dispatch(args: readonly string[], root: string, terminal: Terminal): Promise<number> {
  const { flags, rest } = takeGlobalFlags(args);
  const [name, ...words] = rest;
  const asks = flagWords(rest).some((word) => word === '--help' || word === '-h');
  if (name === undefined || name === 'help' || asks) {
    (name === undefined ? terminal.err : terminal.out)(helpText);
    return name === undefined ? exitStatus.usage : exitStatus.ok;
  }
  const command = commands.get(name);
  if (command === undefined) throw new UsageError(`There is no command "${name}"; --help lists them.`);
  const data = dataFolder(terminal.env);
  await makeDataFolder(data, name);
  if (flags.model !== undefined && name !== 'ask') throw new UsageError('--model goes with ask alone.');
  const stays = name === 'mcp';
  const { settings, unused } = await terminalSettings(flags, terminal.env, stays);
  if (unused.length > 0) terminal.err(`This command does not use ${unused.join(', ')}.\n`);
  const app = createApp({
    root,
    dataFolder: data,
    dataFolderAdvice: 'Set GLOVEBOX_DATA to a folder that can be.',
    settings: () => settings,
    apiKey: async () => terminal.env['ANTHROPIC_API_KEY'],
    stays,
    warn: (message) => terminal.err(`glovebox: ${message}\n`),
  });
  try {
    return await command(words, app, terminal, root);
  } finally {
    await app.close();
  }
}

function statusOfFault(error: unknown): number {
  if (error instanceof UsageError || isParseArgsError(error)) return exitStatus.usage;
  return GloveboxError.is(error) ? exitStatusOfFault(error.code) : exitStatus.failed;
}

function isParseArgsError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}
