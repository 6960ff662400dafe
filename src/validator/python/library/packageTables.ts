import type { ModuleTable } from './moduleTable.ts';

/** Packages that evaluate text, and others with single functions that matter. */
export const packageTables: readonly ModuleTable[] = [
  { module: 'mako', calls: { 'code.eval': 'template.Template lookup.*' } },
  { module: 'chameleon', alike: 'Cheetah genshi.template', calls: { 'code.eval': '*' } },
  {
    module: 'sympy',
    calls: {
      'process.spawn': 'preview printing.preview.*',
      'native.load': 'utilities.autowrap.* utilities.codegen.make_routine',
      'import.dynamic': 'external.import_module external.importtools.*',
    },
  },
  { module: 'rpy2', calls: { 'code.eval': 'robjects.r robjects.r.* robjects.packages.* rinterface.*' } },
  { module: 'oct2py', alike: 'matlab.engine', calls: { 'process.spawn': '*' } },
  { module: 'asteval', calls: { 'code.eval': '*' } },
  { module: 'simpleeval', calls: { 'code.eval': '*' } },
  { module: 'RestrictedPython', calls: { 'code.eval': 'compile_restricted* utility_builtins.*' } },
  { module: 'py_mini_racer', alike: 'js2py execjs dukpy quickjs', calls: { 'code.eval': '*' } },
  { module: 'pyperclip', calls: { 'process.spawn': '*' } },
  { module: 'pyautogui', alike: 'pynput keyboard mouse', calls: { 'process.control': '*' } },
  {
    module: 'win32api',
    alike: 'win32com win32process win32con pythoncom wmi winreg _winreg msvcrt',
    calls: { 'native.load': '*' },
  },
  { module: 'bpython', alike: 'ptpython', calls: { 'code.eval': '*' } },
  { module: 'crontab', calls: { 'process.spawn': '*' } },
  {
    module: 'nbconvert',
    alike: 'papermill nbclient jupyter_client ipykernel',
    calls: { 'code.eval': '*' },
  },
  { module: 'streamlit.web', alike: 'gradio', calls: { 'network.connect': '*' } },
  { module: 'peewee', calls: { 'native.load': 'SqliteDatabase.load_extension' }, paths: 'SqliteDatabase' },
  { module: 'decorator', calls: { 'code.eval': 'FunctionMaker.*' } },
  { module: 'lib2to3', calls: { 'code.eval': 'pgen2.driver.*' } },
  {
    module: 'test',
    calls: { 'process.spawn': 'support.script_helper.*', 'import.dynamic': 'support.import_helper.*' },
  },
  { module: 'wsgiref', calls: { 'network.connect': 'simple_server.*' } },
  { module: 'turtledemo', calls: { 'code.eval': '*' } },
];
