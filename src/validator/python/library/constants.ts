import { text } from '../values/make.ts';
import type { Value } from '../values/value.ts';

/** The working folder as a path, wherever it is. */
export const workFolder = '\uE000';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

/** Strings that libraries offer, as far as names and paths are put together from them. */
const constants: Readonly<Record<string, string>> = {
  'os.sep': '/',
  'os.path.sep': '/',
  'os.curdir': '.',
  'os.path.curdir': '.',
  'os.pardir': '..',
  'os.path.pardir': '..',
  'os.extsep': '.',
  'os.linesep': '\n',
  'os.pathsep': ':',
  'os.devnull': '/dev/null',
  'os.path.devnull': '/dev/null',
  'os.name': 'posix',
  'os.defpath': '/bin:/usr/bin',
  'string.ascii_lowercase': lower,
  'string.ascii_uppercase': upper,
  'string.ascii_letters': lower + upper,
  'string.digits': '0123456789',
  'string.hexdigits': '0123456789abcdefABCDEF',
  'string.octdigits': '01234567',
  'string.punctuation': '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  'string.whitespace': ' \t\n\r\x0b\x0c',
  'string.printable': `0123456789${lower}${upper}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~ \t\n\r\x0b\x0c`,
};

const openTexts: Readonly<Record<string, string>> = {
  'sys.executable': '/usr/',
  'sys.prefix': '/usr',
  'sys.base_prefix': '/usr',
  'sys.exec_prefix': '/usr',
  'tempfile.tempdir': '/tmp',
};

/** The value of a constant of a library, where it is a string. */
export function constantOf(path: string): Value | undefined {
  const known = constants[path];
  if (known !== undefined && Object.hasOwn(constants, path)) return text(known);
  const open = openTexts[path];
  return open !== undefined && Object.hasOwn(openTexts, path) ? text(open, true) : undefined;
}
