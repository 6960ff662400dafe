import type { SyntaxNode } from '../parse/tree.ts';
import { awkEffects } from './awkProgram.ts';
import { checkPath } from './pathRules.ts';
import type { ProgramEffect } from './programEffect.ts';
import { sedEffects } from './sedProgram.ts';
import type { ShellState } from './shellState.ts';
import type { Word } from './words.ts';

interface Arguments {
  readonly programs: Word[];
  readonly files: Word[];
}

/** Options of a command that hold a program, and those that take some other value. */
interface Options {
  readonly program: RegExp;
  readonly file: RegExp;
  readonly value: RegExp;
}

const awkOptions: Options = {
  program: /^(-e|--source)$/,
  file: /^(-[fE]|--(file|exec))$/,
  value: /^(-[Fvil]|--(field-separator|assign|include|load))$/,
};
const sedOptions: Options = {
  program: /^(-[nErszui]*e|--expression)$/,
  file: /^(-[nErszui]*f|--file)$/,
  value: /^(-l|--line-length)$/,
};

/** Checks the program that awk is given; returns the files that it works on. */
export function checkAwk(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  args: readonly Word[],
  runText: (text: string) => void,
): Word[] {
  for (const value of args) {
    for (const { text } of value.readings) {
      if (/^(-[fEl]|--(file|exec|load|include)\b)/.test(text))
        state.report(node, 'code.eval', `This runs a program file with ${name}`);
    }
  }
  const { programs, files } = split(args, awkOptions);
  checkEffects(state, node, name, programs, awkEffects, runText);
  // An argument such as `x=1` sets a variable.
  return files.map((value) => ({
    ...value,
    readings: value.readings.map((one) => ({ ...one, text: one.text.replace(/^\w+=/, '') })),
  }));
}

/** Checks the script that sed is given; returns the files that it works on. */
export function checkSed(state: ShellState, node: SyntaxNode, args: readonly Word[]): Word[] {
  const { programs, files } = split(args, sedOptions);
  checkEffects(state, node, 'sed', programs, sedEffects);
  return files;
}

function split(args: readonly Word[], options: Options): Arguments {
  const programs: Word[] = [];
  const files: Word[] = [];
  let named = false;
  for (let at = 0; at < args.length; at++) {
    const value = args[at];
    const text = value?.readings[0]?.text ?? '';
    if (value === undefined || options.value.test(text)) {
      at++;
    } else if (options.program.test(text) || options.file.test(text)) {
      const next = args[++at];
      named = true;
      if (next !== undefined) (options.program.test(text) ? programs : files).push(next);
    } else if (/^--(source|expression)=/.test(text)) {
      named = true;
      programs.push(mapped(value, (whole) => whole.replace(/^[^=]*=/, '')));
    } else if (text === '-' || !text.startsWith('-')) files.push(value);
  }
  if (!named) programs.push(...files.splice(0, 1));
  return { programs, files };
}

function mapped(value: Word, change: (text: string) => string): Word {
  return { ...value, readings: value.readings.map((one) => ({ ...one, text: change(one.text) })) };
}

const kinds = {
  command: ['process.spawn', 'starts commands from'],
  network: ['network.connect', 'opens the network with'],
  native: ['native.load', 'loads native code into'],
  code: ['code.eval', 'runs a program file with'],
} as const;

function checkEffects(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  programs: readonly Word[],
  effectsOf: (program: string) => ProgramEffect[],
  runText?: (text: string) => void,
): void {
  for (const { text, open } of programs.flatMap((program) => program.readings)) {
    state.spend(1 + text.length);
    const effects = effectsOf(text);
    for (const effect of effects) {
      if (effect.kind === 'file') {
        // A name at the very end may go on in text that is not known.
        checkPath(state, node, effect.path, effect.open || (open && effect === effects.at(-1)));
      } else if (effect.kind === 'pipe' && runText !== undefined && !/[<>$`;&]/.test(effect.text)) {
        runText(effect.text);
      } else {
        const [rule, what] = kinds[effect.kind === 'pipe' ? 'command' : effect.kind];
        state.report(node, rule, `This ${what} ${name}`);
      }
    }
  }
}
