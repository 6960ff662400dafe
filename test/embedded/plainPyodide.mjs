// Pyodide as it is used without us. Tries ways out one after the other, and says which one is next.
import { writeSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const pyodide = await loadPyodide();
for (const { way, code } of JSON.parse(process.argv[2])) {
  writeSync(1, `\nWAY ${way}\n`);
  await pyodide.runPythonAsync(code).catch((error) => writeSync(1, `${error}\n`));
}
// Some of them leave a server or a connection.
process.exit(0);
