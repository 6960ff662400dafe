import { canonical } from './library.ts';
import { lookedAt, standard } from './packages.ts';
import { reexported } from './reexports.ts';
import { remembered } from './remembered.ts';

/** Modules worth naming when they turn up as attributes of other modules. */
export const leaky: ReadonlySet<string> = new Set(
  `os sys subprocess builtins io socket ssl importlib ctypes pickle marshal shutil types inspect threading signal
  multiprocessing tempfile pathlib glob posixpath ntpath posix nt runpy pkgutil webbrowser urllib http gc code codeop
  pty pdb traceback linecache tokenize warnings logging functools operator itertools collections zipimport imp platform
  asyncio selectors select errno fnmatch contextlib weakref copyreg reprlib codecs string re typing dataclasses textwrap
  ast dis zipfile tarfile bz2 lzma gzip fcntl pwd sysconfig concurrent unittest pydoc`.split(/\s+/),
);

/** Only these are taken for modules whatever the package is. */
const anywhere = new Set(
  'os sys subprocess builtins importlib socket ctypes shutil pickle marshal'.split(' '),
);

/** Names that attributes of functions and classes have too; where packages leak these, the table says so. */
const ambiguous = new Set('types code string select selectors typing errno glob collections'.split(' '));

/** Attributes that look like leaks but are parts of their package, functions or classes. */
const own = new Set(
  `scipy.signal scipy.io skimage.io pandas.io torch.multiprocessing torch.signal sklearn.inspection numpy.io
  matplotlib.path matplotlib.collections distutils.sysconfig wsgiref.types pandas.io.formats.string
  pandas.core.methods.select numpy.lib._function_base_impl.select email.errno xml.sax asyncio.threads importlib.resources sympy.codegen torch.types click.types
  sqlalchemy.types pandas.api.types urllib.error http.client concurrent.futures os.path multiprocessing.shared_memory
  multiprocessing.pool multiprocessing.connection rich.traceback re.re functools.reduce copyreg.pickle typing.re typing.io
  html.parser tensorflow.io tensorflow.types numpy.typing numpy._typing numpy.select numpy.matlib.select numpy._utils._inspect
  numpy.random._pickle numpy._core._internal._ctypes matplotlib.pylab.select matplotlib.typing pandas.io.pickle
  pandas._typing pandas.api.typing pandas._testing._io pandas._testing._warnings scipy.ndimage._measurements._select
  narwhals.typing narwhals._typing narwhals.selectors narwhals.selectors.string ast.operator asyncio.subprocess
  gettext._tokenize importlib.metadata._collections importlib.metadata._functools importlib.metadata._itertools
  importlib.metadata.diagnose.inspect importlib.resources._itertools pickletools.dis platform._platform pty.select re._pickle
  re._compiler._code re._compiler.dis shutil.nt sys.platform tomllib._re tomllib._types unittest.loader.fnmatch
  unittest.mock._builtins zipfile._path.glob PIL.features.codecs`.split(/\s+/),
);

/** The same for attributes of classes and of modules wherever they are, by the last two names. */
const ownAnywhere = new Set(
  `ndarray.ctypes matrix.ctypes memmap.ctypes recarray.ctypes chararray.ctypes masked_array.ctypes mvoid.ctypes
  mrecarray.ctypes ufunc.types error.errno main.warnings`.split(/\s+/),
);

/** Modules whose names begin like those of classes. */
const capitalModule = /^(PIL|xml\.etree)(\.[A-Z]\w*)+/;

/** The module or function that `name` of `path` is, when it is one that `path` merely imported. */
export function isLeak(path: string, name: string): string | undefined {
  return leaksOf(path)(name);
}

const leaksOf = remembered((path) =>
  remembered((name) => {
    const full = `${path}.${name}`;
    if (canonical(full) !== full) return undefined;
    return byName(path, name) ?? reexported(path, name);
  }),
);

/** Modules import each other under their own names, some with a leading underscore. */
export function byName(path: string, name: string): string | undefined {
  if (name === 'bltns' || name === 'builtin_mod') return 'builtins';
  const bare = name.replace(/^_+/, '');
  if (!leaky.has(bare) || own.has(`${path}.${name}`)) return undefined;
  // `io` has what `_io` and `_pyio` have; functions of the same name are glob.glob and the like.
  if (path === bare) return bare === 'io' || name.startsWith('_') ? canonical(bare) : undefined;
  if (ownAnywhere.has(`${path.slice(path.lastIndexOf('.') + 1)}.${name}`)) return undefined;
  if (/\.[A-Z]|\(/.test(path.replace(capitalModule, ''))) return undefined;
  const top = path.split('.')[0] ?? path;
  const speaks = lookedAt.includes(top) && !ambiguous.has(bare);
  if (!anywhere.has(bare) && !standard.has(top) && !speaks) return undefined;
  // Functions of the same name: glob.glob, functools.reduce and the like.
  if (path.endsWith(`.${bare}`) || top === 'builtins') return undefined;
  if (path === 'string' || path === 'collections') return name.startsWith('_') ? canonical(bare) : undefined;
  return canonical(bare);
}
