import { canonical } from './library.ts';

/** Modules worth naming when they turn up as attributes of other modules. */
const leaky = new Set(
  `os sys subprocess builtins io socket ssl importlib ctypes pickle marshal shutil types inspect threading signal
  multiprocessing tempfile pathlib glob posixpath ntpath posix nt runpy pkgutil webbrowser urllib http gc code codeop
  pty traceback linecache tokenize warnings logging functools operator itertools collections zipimport imp platform
  asyncio selectors select errno fnmatch contextlib weakref copyreg reprlib codecs string re`.split(/\s+/),
);

/** Only these are taken for modules whatever the package is. */
const anywhere = new Set(
  'os sys subprocess builtins importlib socket ctypes shutil pickle marshal'.split(' '),
);

/** Attributes that look like leaks but are parts of their package, or functions. */
const own = new Set(
  `scipy.signal scipy.io skimage.io pandas.io torch.multiprocessing torch.signal sklearn.inspection numpy.io
  matplotlib.path email.errno xml.sax asyncio.threads importlib.resources sympy.codegen torch.types click.types
  sqlalchemy.types pandas.api.types urllib.error http.client concurrent.futures os.path multiprocessing.shared_memory
  multiprocessing.pool multiprocessing.connection rich.traceback re.re functools.reduce copyreg.pickle typing.re typing.io
  html.parser tensorflow.io tensorflow.types`.split(/\s+/),
);

/** Packages of the standard library, whose modules import each other in plain sight. */
const standard = new Set(
  `abc argparse array ast asyncio base64 bisect bz2 calendar cmath cmd code codecs codeop collections colorsys compileall
  concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib
  dis doctest email encodings enum filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob
  graphlib gzip hashlib heapq hmac html http imaplib imp importlib inspect io ipaddress itertools json keyword linecache
  locale logging lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc nntplib numbers opcode
  operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posixpath pprint profile pstats
  pty py_compile pyclbr pydoc queue quopri random re reprlib rlcompleter runpy sched secrets select selectors shelve
  shlex shutil signal site smtplib sndhdr socket socketserver sqlite3 ssl stat statistics string stringprep struct
  subprocess symtable sys sysconfig tabnanny tarfile tempfile textwrap threading timeit token tokenize tomllib trace
  traceback tracemalloc tty turtle types typing unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref
  xml xmlrpc zipapp zipfile zipimport zoneinfo`.split(/\s+/),
);

/** The module that `name` of `path` is, when it is a module that `path` merely imported. */
export function isLeak(path: string, name: string): string | undefined {
  if (name === 'bltns' || name === 'builtin_mod') return 'builtins';
  const bare = name.replace(/^_+/, '');
  if (!leaky.has(bare) || own.has(`${path}.${name}`)) return undefined;
  if (canonical(`${path}.${name}`) !== `${path}.${name}`) return undefined;
  if (/\.[A-Z]|\(/.test(path)) return undefined;
  const top = path.split('.')[0] ?? path;
  if (path === bare) return undefined;
  if (!anywhere.has(bare) && !standard.has(top)) return undefined;
  // Functions of the same name: glob.glob, functools.reduce, collections.abc and the like.
  if (path.endsWith(`.${bare}`) || top === 'builtins') return undefined;
  if (top === 'string' || top === 'collections') return name.startsWith('_') ? canonical(bare) : undefined;
  return canonical(bare);
}
