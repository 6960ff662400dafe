import type { SyntaxNode } from '../parse/tree.ts';
import { isHijacked } from './commandTable.ts';
import { changeFolder } from './folders.ts';
import { checkGitPlaces, gitCommand } from './gitRules.ts';
import { neverEnds } from './endlessInput.ts';
import { found, listsEverything, removal } from './removalRules.ts';
import { checkPath, checkPaths } from './pathRules.ts';
import type { ShellState } from './shellState.ts';
import { bytesMade, hugeSize } from './sizes.ts';
import { checkAwk, checkSed } from './textPrograms.ts';
import { fieldsOf, unknownWord, word } from './words.ts';
import type { Word } from './words.ts';

type RunInner = (name: string, args: readonly Word[]) => void;

/** Checks what a command is told to do, for the commands that can be told to do harm. */
export function checkArguments(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  args: readonly Word[],
  runInner: RunInner,
): void {
  const texts = args.flatMap((value) => value.readings.map((reading) => reading.text));
  const whole = texts.join(' ');
  const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  if (neverEnds(state, node, name, texts))
    state.report(node, 'bomb.memory', `Nothing ends what ${name} reads or says here`);
  if (bytesMade(name, texts) > hugeSize)
    state.report(node, 'bomb.memory', `This makes more with ${name} than there is room for`);
  checkGitPlaces(state, node, name, args);
  switch (name) {
    case 'rm':
      removal(state, node, texts);
      break;
    case 'find':
      found(state, node, args, runInner);
      break;
    case 'cd':
    case 'pushd':
      if (args.length === 0 && name === 'cd') checkPath(state, node, '~', false);
      checkPaths(state, node, name, args);
      changeFolder(state, args);
      return;
    case 'xargs': {
      const source = state.piped.get(node);
      if (has(/^(rm|shred|unlink)$/) && source !== undefined && listsEverything(state.textOf(source)))
        state.report(node, 'destroy.files', 'This removes everything that is listed');
      break;
    }
    case 'dd':
      if (has(/^of=\/dev\/(?!null$|stdout$)/)) state.report(node, 'destroy.files', 'This overwrites a disk');
      break;
    case 'awk':
    case 'gawk':
    case 'mawk':
    case 'nawk':
      for (const file of checkAwk(state, node, name, args, (text) => runText(text, runInner)))
        checkPaths(state, node, 'cat', [file]);
      return;
    case 'sed':
      for (const file of checkSed(state, node, args)) checkPaths(state, node, 'cat', [file]);
      return;
    case 'tar':
      if (
        has(
          /^--(checkpoint-action|to-command|use-compress-program|info-script|new-volume-script|rsh-command|rmt-command)|^-[A-Za-z]*[IF]$/,
        )
      ) {
        state.report(node, 'process.spawn', 'This starts a command from tar');
      }
      if (has(/^--absolute-names$|^-[A-Za-z]*P[A-Za-z]*$/))
        state.report(node, 'fs.archive', 'This unpacks absolute paths');
      break;
    case 'git':
      gitCommand(state, node, args);
      break;
    case 'openssl':
      if (has(/^(s_client|s_server|s_time|ocsp|cmp)$/))
        state.report(node, 'network.connect', 'This opens the network with openssl');
      if (has(/^-(engine|provider-path)$/))
        state.report(node, 'native.load', 'This loads native code into openssl');
      break;
    case 'sqlite3':
      if (/\.(shell|system|load|import\s*\|)|readfile\(|load_extension/.test(whole)) {
        state.report(node, 'process.spawn', 'This starts commands or loads code from sqlite3');
      }
      break;
    case 'trap':
      runText(texts[0] ?? '', runInner);
      break;
    case 'alias':
      for (const text of texts) {
        const [, alias, meaning = ''] = /^([^\s=]+)=(.*)$/s.exec(text) ?? [];
        if (alias === undefined) continue;
        state.aliases.set(alias, { text: meaning, node });
        runText(meaning, runInner);
      }
      break;
    case 'mapfile':
    case 'readarray':
      if (has(/^-C$/)) state.report(node, 'code.eval', `This runs text as commands with ${name}`);
      break;
    case 'printf':
      if (texts[0] === '-v' && isHijacked(texts[1] ?? '')) {
        state.report(node, 'shell.environment', `Setting ${texts[1] ?? ''} changes what commands mean`);
      }
      break;
    case 'env':
      for (const text of texts) {
        const [, variable] = /^(\w+)=/.exec(text) ?? [];
        if (variable !== undefined && isHijacked(variable)) {
          state.report(node, 'shell.environment', `Setting ${variable} changes what commands mean`);
        }
      }
      break;
    case 'hash':
      if (has(/^-p$/)) state.report(node, 'shell.environment', 'This makes a name mean another program');
      break;
    case 'zip':
      if (has(/^-TT$|^--unzip-command/))
        state.report(node, 'process.spawn', 'This starts a command from zip');
      break;
    case 'split':
      if (has(/^--filter/)) state.report(node, 'process.spawn', 'This starts a command from split');
      break;
    case 'sort':
      if (has(/^--compress-program/)) state.report(node, 'process.spawn', 'This starts a command from sort');
      break;
    case 'gpg':
    case 'ffmpeg':
      if (has(/^(https?|ftp|tcp|udp|rtmp|concat):|^--(recv|send|search)-keys?$|^--keyserver/)) {
        state.report(node, 'network.connect', `This opens the network with ${name}`);
      }
      break;
    case 'seq':
      if (state.captured.has(node) && countOf(texts) > 1e8)
        state.report(node, 'bomb.memory', 'This list of numbers does not fit into memory');
      break;
  }
  checkPaths(state, node, name, args);
}

/** How many numbers `seq` is asked for. */
function countOf(texts: readonly string[]): number {
  const numbers = texts.filter((text) => /^-?[\d.]+$/.test(text)).map(Number);
  const [first, step, last] =
    numbers.length > 2 ? numbers : [numbers.length > 1 ? numbers[0] : 1, 1, numbers.at(-1)];
  return Math.abs(((last ?? 0) - (first ?? 1)) / (step || 1));
}

/** Text that runs later: each command in it by its first word. */
function runText(text: string, runInner: RunInner): void {
  for (const part of text.split(/[;&|\n]+|\$\(|`/)) {
    const [name, ...args] = fieldsOf(part.replace(/["']/g, ''));
    if (name !== undefined && name !== '-' && !/^\w+=/.test(name))
      runInner(
        name,
        args.map((field) => (field.startsWith('$') ? unknownWord : word(field))),
      );
  }
}
