import { isRunByGit } from '../gitPlaces.ts';
import type { SyntaxNode } from '../parse/tree.ts';
import { checkPath } from './pathRules.ts';
import type { ShellState } from './shellState.ts';
import { textsOf } from './words.ts';
import type { Word } from './words.ts';

const opensNetwork = /^(clone|fetch|pull|push|ls-remote|submodule|remote|send-email|svn|archive)$/;
const startsCommands = /^(filter-branch|bisect|difftool|mergetool|instaweb|daemon|hook)$/;
const takesValue = /^(-[Cc]|--(git-dir|work-tree|namespace|exec-path|super-prefix|config-env))$/;
/** Settings that say no more than how things look or who writes them. */
const plainSetting =
  /^(user\.(name|email)|init\.defaultbranch|color\.\w+|core\.(autocrlf|quotepath|filemode|bare))$/i;

/** Checks what git is told to do: its subcommand, and settings that name commands. */
export function gitCommand(state: ShellState, node: SyntaxNode, args: readonly Word[]): void {
  const spawns = (): void => state.report(node, 'process.spawn', 'This lets git start commands');
  const each = (value: Word | undefined): readonly string[] => (value === undefined ? [] : textsOf(value));
  let at = 0;
  for (; at < args.length; at++) {
    const [option = ''] = each(args[at]);
    if (!option.startsWith('-')) break;
    if (/^--(exec-path|upload-pack)/.test(option)) spawns();
    if (!takesValue.test(option)) continue;
    const value = args[++at];
    if (option === '-C') {
      for (const reading of value?.readings ?? []) checkPath(state, node, reading.text, reading.open);
    } else if (option === '-c' || option === '--config-env') {
      const settings = each(value);
      if (settings.length === 0 || !settings.every((text) => plainSetting.test(text.replace(/=.*/s, ''))))
        spawns();
    }
  }
  const rest = args.slice(at + 1);
  for (const name of each(args[at])) {
    if (opensNetwork.test(name)) state.report(node, 'network.connect', 'This opens the network with git');
    if (startsCommands.test(name) || (name === 'config' && !plainConfig(rest))) spawns();
    if (name === 'rebase' && rest.some((value) => each(value).some((text) => /^(-x|--exec)/.test(text))))
      spawns();
  }
  if (
    rest.some((value) =>
      each(value).some((text) => /^--(upload-pack|receive-pack|open-files-in-pager)/.test(text)),
    )
  )
    spawns();
}

/** Commands that write: into every file they name, or into the last one. */
const writesAll = /^(tee|touch|truncate|sed|patch|sponge)$/;
const writesLast = /^(cp|mv|ln|link|install|zstd|sort)$/;

/** Tells a command that puts a file where git takes commands from. */
export function checkGitPlaces(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  args: readonly Word[],
): void {
  const all =
    writesAll.test(name) ||
    (writesLast.test(name) && args.some((value) => /^-t/.test(textsOf(value)[0] ?? '')));
  const targets = all ? args : name === 'dd' ? args : writesLast.test(name) ? args.slice(-1) : [];
  if (
    name === 'sed' &&
    !args.some((value) => textsOf(value).some((text) => /^(-\w*i|--in-place)/.test(text)))
  )
    return;
  for (const target of targets)
    for (const { text } of target.readings)
      checkWritten(
        state,
        node,
        name === 'dd' ? text.replace(/^of=/, '') : text.replace(/^(-t|--target-directory=)/, ''),
      );
}

/** Tells a file that git runs, or reads commands from, by its path from wherever the script may be. */
export function checkWritten(state: ShellState, node: SyntaxNode, file: string): void {
  if (state.folders.some((folder) => isRunByGit(`${folder}/${file}`)))
    state.report(node, 'process.spawn', `This writes ${file}, from which git starts commands`);
}

/** Reading settings is fine, and so is setting a plain one. */
function plainConfig(args: readonly Word[]): boolean {
  const texts = args.flatMap(textsOf);
  if (texts.some((text) => /^(-l|--list|--get(-all|-regexp)?|get|list)$/.test(text))) return true;
  const [name, value] = texts.filter((text) => !text.startsWith('-') && text !== 'set');
  return name !== undefined && (plainSetting.test(name) || (value === undefined && args.length === 1));
}
