import numbers from '../../sandbox/systemCalls.json' with { type: 'json' };
import profile from '../../sandbox/seccomp.json' with { type: 'json' };

// The instructions of the kernel's classic filter language that we need.
const loadWord = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const and = 0x54;
const give = 0x06;

const allow = 0x7fff0000;
const fail = (errno: number): number => 0x00050000 | errno;
const notPermitted = 1;

/** Where things are in what the kernel shows the filter. */
const at = { number: 0, machine: 4, argument: (index: number) => 16 + 8 * index };

const x86 = { audit: 0xc000003e, column: 0 } as const;
const arm = { audit: 0xc00000b7, column: 1 } as const;
/** By the names that Node, Docker and Podman have for them. */
const machines = new Map<string, typeof x86 | typeof arm>([
  ['x64', x86],
  ['x86_64', x86],
  ['amd64', x86],
  ['arm64', arm],
  ['aarch64', arm],
]);

/** Calls by the x32 door of an x86-64 kernel have this bit. */
const x32Bit = 0x40000000;

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, value: number];

interface Condition {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: string;
}

/** What the kernel answers to calls of these names, as the profile writes it. */
export interface CallRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly Condition[];
}

/**
 * The profile of system calls as a program for the kernel, for those who can't hand it to a container
 * engine. `first` are rules that come before those of the profile. Undefined on a machine that the
 * profile does not know.
 */
export function systemCallFilter(
  arch: string = process.arch,
  first: readonly CallRule[] = [],
): Buffer | undefined {
  const machine = machines.get(arch);
  if (machine === undefined) return undefined;
  const { audit, column } = machine;
  const program: Instruction[] = [
    [loadWord, 0, 0, at.machine],
    [jumpIfEqual, 1, 0, audit],
    [give, 0, 0, fail(notPermitted)],
    [loadWord, 0, 0, at.number],
    [jumpIfAtLeast, 0, 1, x32Bit],
    [give, 0, 0, fail(notPermitted)],
  ];
  const rules: readonly CallRule[] = profile.syscalls;
  for (const rule of [...first, ...rules]) {
    const answer = rule.action === 'SCMP_ACT_ALLOW' ? allow : fail(rule.errnoRet ?? notPermitted);
    for (const name of rule.names) {
      const number = numberOf(name, column);
      if (number < 0) continue;
      program.push(...ruleFor(number, rule.args ?? [], answer));
    }
  }
  program.push([give, 0, 0, fail(profile.defaultErrnoRet)]);
  return Buffer.concat(program.map(encode));
}

function numberOf(name: string, column: 0 | 1): number {
  const row = (numbers as Readonly<Record<string, readonly number[]>>)[name];
  if (row === undefined) throw new Error(`sandbox/systemCalls.json does not know ${name}.`);
  return row[column] ?? -1;
}

/** Gives the answer when number and conditions fit; else goes on behind it with the number loaded. */
function ruleFor(number: number, conditions: readonly Condition[], answer: number): Instruction[] {
  if (conditions.length === 0) {
    return [
      [jumpIfEqual, 0, 1, number],
      [give, 0, 0, answer],
    ];
  }
  const tests = conditions.map(testOf);
  const length = tests.reduce((sum, test) => sum + test.length, 0);
  const inner: Instruction[] = [];
  for (const test of tests) {
    for (const [code, , , value] of test) {
      // From a test that fails to the reloading of the number, past the answer.
      const left = length - inner.length;
      inner.push(code === jumpIfEqual ? [code, 0, left, value] : [code, 0, 0, value]);
    }
  }
  const body: Instruction[] = [...inner, [give, 0, 0, answer], [loadWord, 0, 0, at.number]];
  return [[jumpIfEqual, 0, body.length, number], ...body];
}

/** Looks at all 64 bits of an argument, of which our values only use the lower half. */
function testOf({ index, value, valueTwo, op }: Condition): Instruction[] {
  const low = at.argument(index);
  if (op === 'SCMP_CMP_MASKED_EQ') {
    return [
      [loadWord, 0, 0, low],
      [and, 0, 0, value],
      [jumpIfEqual, 0, 0, valueTwo ?? 0],
    ];
  }
  if (op !== 'SCMP_CMP_EQ') throw new Error(`sandbox/seccomp.json: unknown comparison ${op}.`);
  return [
    [loadWord, 0, 0, low + 4],
    [jumpIfEqual, 0, 0, 0],
    [loadWord, 0, 0, low],
    [jumpIfEqual, 0, 0, value],
  ];
}

function encode([code, jumpTrue, jumpFalse, value]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(jumpTrue, 2);
  bytes.writeUInt8(jumpFalse, 3);
  bytes.writeUInt32LE(value >>> 0, 4);
  return bytes;
}
