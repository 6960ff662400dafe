import { spawn } from 'node:child_process';
import { realmCommand } from '../../src/executors/wasm/realmCommand.ts';

// A host of its own, for being killed: starts what would be a realm, and says on its stdout which process that is.
const [folder = ''] = process.argv.slice(2);
const files = { pyodide: folder, sandbox: folder, quickjs: folder, packages: folder };
const { file, args } = realmCommand({ files, cpuSeconds: 60, shell: 'posix' });
const around = args.slice(0, args.indexOf(process.execPath));
const realm = spawn(file, [...around, 'sleep', '300'], { stdio: 'ignore' });
console.log(realm.pid);
