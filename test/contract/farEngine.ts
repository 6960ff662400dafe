import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';

const openssl = promisify(execFile);

/** The engine behind a socket, listening to TLS as well, on this machine's own loopback address. */
export interface TlsFront {
  readonly port: number;
  close(): void;
}

/** What `dockerd --tlsverify` does: nobody gets in without a certificate of the authority in the folder. */
export async function openTlsFront(socket: string, folder: string): Promise<TlsFront> {
  await certificates(folder);
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(async (file) => readFile(path.join(folder, file))),
  );
  const open = new Set<net.Socket>();
  const server = tls.createServer(
    { ca, cert, key, requestCert: true, rejectUnauthorized: true },
    (client) => {
      const upstream = net.connect(socket);
      for (const each of [client, upstream]) {
        open.add(each);
        each.on('error', () => undefined);
        each.once('close', () => [client, upstream].forEach((one) => one.destroy()));
      }
      client.pipe(upstream).pipe(client);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      for (const each of open) each.destroy();
      server.close();
    },
  };
}

/**
 * While the work goes on, `ssh` is a program that stands for the far end, for which
 * `docker system dial-stdio` is the socket on stdin and stdout.
 */
export async function withFarSsh<T>(socket: string, folder: string, work: () => Promise<T>): Promise<T> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const script = `#!${process.execPath}
const words = process.argv.slice(2).join(' ');
if (!words.endsWith('-l me -p 2222 -- far.example docker system dial-stdio')) { console.error('what? ' + words); process.exit(1); }
const socket = require('node:net').connect(${JSON.stringify(socket)});
process.stdin.pipe(socket).pipe(process.stdout);
`;
  await writeFile(path.join(bin, 'ssh'), script);
  await chmod(path.join(bin, 'ssh'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${bin}${path.delimiter}${before ?? ''}`;
  try {
    return await work();
  } finally {
    process.env['PATH'] = before;
  }
}

/** An authority and one certificate that serves for both ends, for 127.0.0.1. */
async function certificates(folder: string): Promise<void> {
  const at = (file: string): string => path.join(folder, file);
  const subject = ['-nodes', '-newkey', 'rsa:2048', '-days', '2'];
  await openssl('openssl', [
    'req',
    '-x509',
    ...subject,
    '-keyout',
    at('ca-key.pem'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=authority',
  ]);
  await openssl('openssl', [
    'req',
    '-nodes',
    '-newkey',
    'rsa:2048',
    '-keyout',
    at('key.pem'),
    '-out',
    at('csr.pem'),
    '-subj',
    '/CN=engine',
  ]);
  await writeFile(at('ext'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca-key.pem'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('ext'),
  ];
  await openssl('openssl', ['x509', '-req', '-in', at('csr.pem'), ...signing, '-out', at('cert.pem')]);
}
