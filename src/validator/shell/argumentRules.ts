import { leavesFolder } from '../pathPlace.ts';
import type { SyntaxNode } from '../parse/tree.ts';
import { isHijacked, pathStart } from './commandTable.ts';
import type { ShellState } from './shellState.ts';
import { fieldsOf, textsOf, unknownWord, word } from './words.ts';
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
  switch (name) {
    case 'rm':
      removal(state, node, texts);
      break;
    case 'find':
      found(args, runInner);
      break;
    case 'dd':
      if (has(/^of=\/dev\/(?!null$|stdout$)/)) state.report(node, 'destroy.files', 'This overwrites a disk');
      break;
    case 'awk':
    case 'gawk':
    case 'mawk':
    case 'nawk':
      if (/\bsystem\s*\(|\|\s*getline|\|&?\s*"|print[^|]*\|/.test(whole)) {
        state.report(node, 'process.spawn', `This starts commands from ${name}`);
      }
      if (/\/inet/.test(whole)) state.report(node, 'network.connect', `This opens the network with ${name}`);
      if (has(/^-[fE]$|^--(file|load|exec)/))
        state.report(node, 'code.eval', `This runs a program file with ${name}`);
      break;
    case 'sed':
      if (has(/(^|[;{}\n])\s*[\d,$/]*\s*e(\s|$)|\/[gip\d]*e[gip\d]*$/)) {
        state.report(node, 'process.spawn', 'This starts commands from sed');
      }
      if (has(/(^|[;/}\d\s])w\s*[/~]/))
        state.report(node, 'fs.outside', 'This writes outside the work folder from sed');
      break;
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
      gitCommand(state, node, texts);
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
    case 'alias':
      runText(name === 'alias' ? whole.replace(/^\w+=/, '') : (texts[0] ?? ''), runInner);
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
      if (has(/^\d{9,}$/)) state.report(node, 'bomb.memory', 'This counts without end');
      break;
  }
  checkPaths(state, node, name, args);
}

function removal(state: ShellState, node: SyntaxNode, texts: readonly string[]): void {
  const deep = texts.some((text) => /^-\w*[rR]|^--recursive$/.test(text));
  const all = texts.some((text) => /^(\/|\/\*|~|~\/|~\/\*|\*|\.|\.\/|\.\/\*|\.\*|\.\.)$/.test(text));
  if (deep && all) state.report(node, 'destroy.files', 'This removes everything');
  if (deep && /"?\$\{?\w+\}?"?\/(\*|\s|$)/.test(state.textOf(node)) && texts.length < 2) {
    state.report(node, 'destroy.files', 'With an empty variable this removes everything');
  }
}

/** The commands that `find` runs: what stands between each `-exec` and its `;` or `+`. */
function found(args: readonly Word[], runInner: RunInner): void {
  const is = (value: Word | undefined, pattern: RegExp): boolean =>
    value !== undefined && textsOf(value).some((text) => pattern.test(text));
  for (let at = 0; at < args.length; at++) {
    if (!is(args[at], /^-(exec|execdir|ok|okdir)$/)) continue;
    let end = at + 1;
    while (end < args.length && !is(args[end], /^[;+]$/)) end++;
    const [name, ...rest] = args.slice(at + 1, end);
    for (const text of textsOf(name ?? unknownWord)) runInner(text, rest);
    if (name === undefined || name.readings.length === 0) runInner('eval', []);
    at = end;
  }
}

function gitCommand(state: ShellState, node: SyntaxNode, texts: readonly string[]): void {
  if (
    texts.some((text) =>
      /^(clone|fetch|pull|push|ls-remote|submodule|remote|send-email|svn|archive)$/.test(text),
    )
  ) {
    state.report(node, 'network.connect', 'This opens the network with git');
  }
  if (
    texts.some((text) =>
      /^(-c|config|filter-branch|bisect|difftool|mergetool|--exec-path.*|--upload-pack.*|-C)$/.test(text),
    )
  ) {
    state.report(node, 'process.spawn', 'This lets git start commands');
  }
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

function checkPaths(state: ShellState, node: SyntaxNode, name: string, args: readonly Word[]): void {
  let skip = pathStart(name);
  if (skip === undefined) return;
  const said = args.map((value) => value.readings[0]?.text ?? '');
  // With -e or -f the pattern is not the first plain argument, but the one after the option.
  const named = skip > 0 && said.some((text) => /^(-[ef]|--(regexp|file|expression)=?.*)$/.test(text));
  if (named) skip = 0;
  for (const [index, value] of args.entries()) {
    if (named && /^(-e|--regexp|--expression)$/.test(said[index - 1] ?? '')) continue;
    const option = value.readings.some((reading) => reading.text.startsWith('-'));
    if (!option && skip > 0) {
      skip--;
      continue;
    }
    for (const reading of value.readings) {
      const path =
        option || name === 'dd'
          ? reading.text.replace(/^[^=]*=?/, (start) => (start.endsWith('=') ? '' : start))
          : reading.text;
      if (path.startsWith('-') || (path === '/' && /^(cut|sort|paste|join|column)$/.test(name))) continue;
      checkPath(state, node, path, reading.open);
    }
  }
}

/** Reports a path that leaves the work folder. */
export function checkPath(state: ShellState, node: SyntaxNode, path: string, open: boolean): void {
  if (/^\/dev\/(tcp|udp)\//.test(path)) {
    state.report(node, 'network.connect', 'This opens the network through /dev/tcp');
  } else if (
    !/^\/dev\/u?random$|^\/dev\/fd\/[012]$/.test(path) &&
    leavesFolder(path, open, state.options.allowedPaths)
  ) {
    state.report(node, 'fs.outside', `This reaches ${path}, outside the work folder`);
  }
}
