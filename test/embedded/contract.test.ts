import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contract } from '../contract/contract.ts';
import { embedded, wasmSubject } from './wasmSubject.ts';

// One memory snapshot for the whole suite.
const cache = mkdtempSync(path.join(os.tmpdir(), 'glovebox-cache-'));
after(() => rmSync(cache, { recursive: true, force: true }));

contract('wasm', wasmSubject(cache), embedded);
