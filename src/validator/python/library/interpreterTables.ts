import type { ModuleTable } from './moduleTable.ts';

/** Modules that reach into the interpreter: imports, frames, code objects, memory, pickles. */
export const interpreterTables: readonly ModuleTable[] = [
  {
    module: 'sys',
    guarded: true,
    calls: {
      'internals.frames':
        '_getframe _getframemodulename _current_frames _current_exceptions settrace setprofile gettrace getprofile call_tracing monitoring.*',
      'internals.modules':
        'addaudithook _clear_type_cache set_asyncgen_hooks modules.* path_hooks.* meta_path.*',
      'code.eval': 'breakpointhook __breakpointhook__ remote_exec',
      'native.load': 'setdlopenflags',
    },
    reads: { 'internals.modules': 'meta_path path_hooks path_importer_cache' },
  },
  {
    module: 'importlib',
    aliases: '_frozen_importlib _frozen_importlib_external',
    guarded: true,
    calls: {
      'import.dynamic':
        'import_module __import__ reload find_loader metadata.EntryPoint metadata.EntryPoint.load util.module_from_spec util.spec_from_* spec_from_* util.set_loader util.LazyLoader abc.* machinery.* _bootstrap.* _bootstrap_external.* load_module BuiltinImporter.* FrozenImporter.* PathFinder.* *Loader *Loader.* *Finder *Finder.* _load* _find*',
    },
    except:
      'abc.Traversable abc.ResourceReader abc.TraversableResources machinery.all_suffixes util.find_spec util.resolve_name util.source_hash',
  },
  { module: 'imp', aliases: '_imp', guarded: true, calls: { 'import.dynamic': '*' } },
  { module: 'zipimport', guarded: true, calls: { 'import.dynamic': '*' } },
  {
    module: 'pkgutil',
    guarded: true,
    calls: {
      'import.dynamic':
        'resolve_name get_loader find_loader get_importer walk_packages ImpImporter ImpLoader iter_importers extend_path',
    },
    paths: 'get_data@1',
  },
  {
    module: 'pkg_resources',
    guarded: true,
    calls: {
      'import.dynamic':
        'load_entry_point run_script run_main require iter_entry_points EntryPoint.* Distribution.* WorkingSet.*',
    },
  },
  { module: 'pyximport', calls: { 'import.dynamic': '*' } },
  { module: 'modulefinder', calls: { 'import.dynamic': '*' } },
  {
    module: 'site',
    calls: { 'import.dynamic': 'addsitedir main addpackage execsitecustomize execusercustomize' },
  },
  {
    module: 'pydoc',
    guarded: true,
    calls: {
      'import.dynamic': 'locate resolve safeimport importfile',
      'process.spawn': 'pipepager tempfilepager pager browse cli',
      'network.connect': 'serve start_server _start_server',
    },
  },
  {
    module: 'inspect',
    guarded: true,
    calls: {
      'internals.frames':
        'currentframe stack trace getouterframes getinnerframes getframeinfo getargvalues getgeneratorlocals getcoroutinelocals getasyncgenlocals getclosurevars',
      'internals.modules': 'getmodule',
    },
  },
  { module: 'gc', guarded: true, calls: { 'internals.dunder': 'get_objects get_referrers get_referents' } },
  {
    module: 'types',
    guarded: true,
    calls: {
      'internals.frames': 'FunctionType LambdaType CodeType CellType FrameType TracebackType GeneratorType',
      'internals.modules': 'ModuleType',
    },
  },
  {
    module: 'traceback',
    calls: { 'internals.frames': 'walk_stack walk_tb' },
  },
  { module: 'marshal', guarded: true, calls: { 'pickle.load': 'load loads' } },
  {
    module: 'pickle',
    aliases: 'cPickle _pickle pickle5 six.moves.cPickle',
    guarded: true,
    calls: { 'pickle.load': 'load loads _load _loads Unpickler _Unpickler' },
  },
  { module: 'shelve', guarded: true, calls: { 'pickle.load': '*' } },
  {
    module: 'dill',
    aliases: 'dill._dill',
    guarded: true,
    calls: {
      'pickle.load': 'load loads load_session load_module Unpickler source.*',
      'code.eval': 'session.*',
    },
  },
  { module: 'cloudpickle', guarded: true, calls: { 'pickle.load': 'load loads' } },
  { module: 'joblib', calls: { 'pickle.load': 'load numpy_pickle.load' } },
  { module: 'jsonpickle', calls: { 'pickle.load': 'decode loads unpickler.*' } },
  { module: 'klepto', calls: { 'pickle.load': '*' } },
  { module: 'sklearn.externals.joblib', calls: { 'pickle.load': 'load' } },
  { module: 'skops.io', calls: { 'pickle.load': 'load loads' } },
  {
    module: 'copyreg',
    calls: { 'pickle.load': '__reduce_ex__ __newobj__ _reconstructor pickle constructor add_extension' },
  },
  {
    module: 'doctest',
    calls: {
      'code.eval':
        'debug debug_src debug_script DebugRunner testsource script_from_examples testfile DocFileSuite DocFileTest',
    },
  },
  {
    module: 'unittest',
    calls: {
      'import.dynamic':
        'mock._importer mock._patch.get_original mock._get_target mock._dot_lookup TestLoader.loadTestsFromName TestLoader.loadTestsFromNames TestLoader.discover defaultTestLoader.loadTestsFromName defaultTestLoader.loadTestsFromNames defaultTestLoader.discover loader.*',
    },
    except: 'loader.TestLoader',
    makes: { 'unittest.TestLoader': 'TestLoader loader.TestLoader' },
  },
  { module: 'mock', calls: { 'import.dynamic': '_importer' } },
  { module: 'pytest', calls: { 'code.eval': 'main console_main' } },
  {
    module: 'xmlrpc',
    calls: { 'network.connect': '*' },
    except: 'client.dumps client.loads client.DateTime client.Binary client.Fault',
  },
  { module: 'faulthandler', calls: { 'process.control': '_*' } },
  { module: '_testcapi', aliases: '_testinternalcapi', guarded: true, calls: { 'native.load': '*' } },
  { module: 'linecache', paths: 'getline getlines updatecache checkcache' },
  { module: 'tokenize', paths: 'open' },
  {
    module: 'tracemalloc',
    calls: { 'pickle.load': 'Snapshot.load' },
    paths: 'Snapshot.dump',
    makes: { 'tracemalloc.Snapshot': 'take_snapshot' },
  },
  { module: 'dataclasses', calls: { 'code.eval': '_create_fn _FuncBuilder.*' } },
  { module: 'dis', calls: { 'code.eval': '_try_compile' } },
  { module: 'gettext', calls: { 'code.eval': 'c2py' } },
  {
    module: 'logging.config',
    calls: {
      'import.dynamic': '_resolve resolve',
      'code.eval': 'fileConfig ConvertingDict BaseConfigurator DictConfigurator.*',
      'network.connect': 'listen',
    },
    guarded: true,
  },
  {
    module: 'yaml',
    calls: {
      'code.eval':
        'unsafe_load unsafe_load_all full_load full_load_all UnsafeLoader FullLoader Loader CLoader',
    },
  },
  { module: 'ruamel.yaml', calls: { 'code.eval': 'load load_all' } },
];
