/** Packages of the standard library, whose modules import each other in plain sight. */
export const standard: ReadonlySet<string> = new Set(
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
  xml xmlrpc zipapp zipfile zipimport zoneinfo _aix_support _collections_abc _pydecimal _pyio _strptime _weakrefset
  asyncore asynchat cgi cgitb distutils smtpd telnetlib tkinter`.split(/\s+/),
);

/** Packages whose modules `scripts/reexports.ts` has looked at. */
export const lookedAt: readonly string[] =
  'numpy pandas matplotlib mpl_toolkits scipy sklearn PIL joblib dateutil cycler pyparsing packaging narwhals threadpoolctl cloudpickle'.split(
    ' ',
  );
