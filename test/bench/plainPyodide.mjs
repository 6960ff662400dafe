// Pyodide as it is used without us: loaded in Node, one program, the end.
import { loadPyodide } from 'pyodide';

const pyodide = await loadPyodide();
pyodide.runPython(process.argv[2]);
