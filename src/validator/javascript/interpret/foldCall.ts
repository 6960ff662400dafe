import path from 'node:path';
import { Flow, onlyText, ref, text } from '../values.ts';
import { placesOf } from './lists.ts';

/** Stands for text that is not known. */
const unknownPart = '\0';

/** The result of a call of the library on constants; undefined when it is not known. */
export function foldCall(name: string, args: readonly Flow[]): Flow | undefined {
  const first = args[0] === undefined ? undefined : onlyText(args[0]);
  switch (name) {
    case 'process.cwd':
      return new Flow(text('.'));
    case 'node:os.homedir':
      return new Flow(text('~'));
    case 'node:os.tmpdir':
      // A folder for temporary files counts as inside, what is climbed to from there does not.
      return new Flow(text('tmp'));
    case 'node:path.join':
    case 'node:path.normalize':
    case 'node:path.resolve':
      return joinPath(name, args);
    case 'node:path.format':
      return formatted(args[0]);
    case 'TextDecoder':
    case 'TextEncoder':
      return new Flow(ref(`${name}.instance`));
    case 'Uint8Array':
    case 'Uint8ClampedArray':
    case 'Uint8Array.from':
      return args[0] !== undefined && placesOf(args[0]) !== undefined ? args[0] : undefined;
    case 'Buffer.concat':
      return concatenated(args[0]);
    case 'TextDecoder.instance.decode':
      return first === undefined ? fromBytes(args[0]) : new Flow(text(first));
    case 'String.fromCharCode':
    case 'String.fromCodePoint':
      return fromCodes(args);
  }
  if (name === 'Buffer.from' && first === undefined) return fromBytes(args[0]);
  if (first === undefined) return undefined;
  const second = args[1] === undefined ? undefined : onlyText(args[1]);
  switch (name) {
    case 'atob':
      return new Flow(text(Buffer.from(first, 'base64').toString('latin1')));
    case 'btoa':
      return new Flow(text(Buffer.from(first, 'latin1').toString('base64')));
    case 'Buffer.from':
      return new Flow(text(Buffer.from(first, encodingOf(second)).toString()));
    case 'node:path.dirname':
      return new Flow(text(path.posix.dirname(first)));
    case 'node:path.basename':
      return new Flow(text(path.posix.basename(first, second)));
    case 'TextEncoder.instance.encode':
    case 'String':
    case 'Object':
      return new Flow(text(first));
    case 'URL':
      return new Flow(text(first.startsWith('.') ? first : decode(first)));
    case 'node:url.pathToFileURL':
    case 'node:url.fileURLToPath':
    case 'decodeURIComponent':
    case 'decodeURI':
      return new Flow(text(decode(first)));
    case 'unescape':
      return new Flow(
        text(
          first.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, long: string, short: string) =>
            String.fromCharCode(parseInt(long ?? short, 16)),
          ),
        ),
      );
    case 'JSON.parse':
      return parsed(first);
    case 'parseInt':
    case 'Number':
      return new Flow({
        kind: 'number',
        number: name === 'Number' ? Number(first) : parseInt(first, Number(second ?? 10)),
      });
    default:
      return undefined;
  }
}

function joinPath(name: string, args: readonly Flow[]): Flow | undefined {
  let joined = '';
  for (const argument of args) {
    const [value] = argument;
    if (argument.items.size !== 1 || (value?.kind !== 'text' && value?.kind !== 'number')) {
      return joined === '' ? undefined : new Flow(text(path.posix.normalize(joined), true));
    }
    const part = value.kind === 'text' ? value.text : String(value.number);
    joined =
      name === 'node:path.resolve' && part.startsWith('/')
        ? part
        : joined === ''
          ? part
          : `${joined}/${part}`;
    if (value.kind === 'text' && value.open) return new Flow(text(path.posix.normalize(joined), true));
  }
  return new Flow(text(path.posix.normalize(joined)));
}

function fromCodes(args: readonly Flow[]): Flow | undefined {
  let made = '';
  for (const argument of args) {
    const [value] = argument;
    if (argument.items.size !== 1 || value?.kind !== 'number') return undefined;
    made += String.fromCharCode(value.number);
  }
  return new Flow(text(made));
}

/** The text that a list of bytes means. */
function fromBytes(list: Flow | undefined): Flow | undefined {
  const [only] = list ?? [];
  if (list?.items.size !== 1 || only?.kind !== 'object' || !only.array || only.rest.items.size > 0)
    return undefined;
  const places = Array.from({ length: Math.min(only.fields.size, 600) }, (_, index) =>
    only.fields.get(String(index)),
  );
  return places.length === 0 ? undefined : fromCodes(places.map((place) => place ?? new Flow()));
}

/** Bytes that are texts here, one after the other. */
function concatenated(list: Flow | undefined): Flow | undefined {
  const parts = list === undefined ? undefined : placesOf(list)?.map(onlyText);
  return parts === undefined || parts.includes(undefined) ? undefined : new Flow(text(parts.join('')));
}

function formatted(parts: Flow | undefined): Flow | undefined {
  const [only] = parts ?? [];
  if (
    parts?.items.size !== 1 ||
    only?.kind !== 'object' ||
    only.rest.items.size + only.parents.items.size > 0
  )
    return undefined;
  const part = (name: string): string | undefined => {
    const field = only.fields.get(name);
    return field === undefined ? undefined : (onlyText(field) ?? unknownPart);
  };
  const folder = part('dir') ?? part('root');
  const file = part('base') ?? (part('name') ?? '') + (part('ext') ?? '');
  const whole = folder === undefined ? file : folder.endsWith('/') ? folder + file : `${folder}/${file}`;
  const end = whole.indexOf(unknownPart);
  return end < 0 ? new Flow(text(whole)) : new Flow(text(whole.slice(0, end), true));
}

function encodingOf(name: string | undefined): BufferEncoding {
  return name !== undefined && Buffer.isEncoding(name) ? name : 'utf8';
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function parsed(value: string): Flow | undefined {
  try {
    const result: unknown = JSON.parse(value);
    return typeof result === 'string' ? new Flow(text(result)) : undefined;
  } catch {
    return undefined;
  }
}
