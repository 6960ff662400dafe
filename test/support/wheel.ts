import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';

/** A pure-Python wheel with one module, as Pyodide publishes them, and its entry in a lock file. */
export interface Wheel {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly entry: Readonly<Record<string, unknown>>;
}

export function pureWheel(
  name: string,
  code: string,
  depends: readonly string[] = [],
  more: Readonly<Record<string, string | Buffer>> = {},
): Wheel {
  const info = `${name}-1.0.0.dist-info`;
  const bytes = zip({
    ...more,
    [`${name}/__init__.py`]: code,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0.0\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `${name}/__init__.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  });
  const fileName = `${name}-1.0.0-py3-none-any.whl`;
  const entry = {
    name,
    version: '1.0.0',
    file_name: fileName,
    install_dir: 'site',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    package_type: 'package',
    imports: [name],
    depends,
    unvendored_tests: false,
    tool: {},
  };
  return { fileName, bytes, entry };
}

const deflated = 8;

/** An archive; what is short is not compressed. */
export function zip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = typeof content === 'string' ? Buffer.from(content) : content;
    const isShort = data.length < 64;
    const packed = isShort ? data : deflateRawSync(data);
    const label = Buffer.from(name);
    // Version, flags, method, time, date, checksum, sizes, length of the name, no extra field.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isShort ? 0 : deflated, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, label, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, label]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}
