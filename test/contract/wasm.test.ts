import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contract } from './contract.ts';
import { embedded, wasmSubject } from './wasmSubject.ts';

const cache = mkdtempSync(path.join(os.tmpdir(), 'glovebox-snapshot-'));

after(() => rmSync(cache, { recursive: true, force: true }));
contract('wasm', wasmSubject(cache), embedded);
