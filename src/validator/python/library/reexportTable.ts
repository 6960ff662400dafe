/* eslint-disable max-lines -- one table */
/**
 * What modules offer of other modules under names that do not say so, one module in a line; a name
 * alone is that of the module. Written by `scripts/reexports.ts`.
 */
export const reexportTable = `
PIL.ImageFont: ModuleType=types.ModuleType base64
PIL.ImageTk: tkinter
PIL.PdfParser: calendar collections mmap
PIL._tkinter_finder: tk=tkinter tkinter
PIL.features: collections
_android_support: io
_collections_abc: FunctionType=types.FunctionType generator=types.GeneratorType
_colorize: io
_compression: io
_osx_support: re
_pydecimal: _locale
_pylong: re
_signal: pidfd_send_signal=signal.pidfd_send_signal pthread_kill=signal.pthread_kill raise_signal=signal.raise_signal
_strptime: calendar locale
asyncio.constants: enum
asyncio.futures: _asyncio=_asyncio
asyncio.locks: enum
asyncio.runners: enum
asyncio.sslproto: enum
asyncio.staggered: exceptions_mod=asyncio.exceptions
asyncio.streams: open_unix_connection=asyncio.open_unix_connection start_unix_server=asyncio.start_unix_server
asyncio.subprocess: subprocess
asyncio.tasks: _asyncio=_asyncio
asyncio.timeouts: TracebackType=types.TracebackType enum
bz2: _builtin_open=io.open _compression=_compression
cProfile: io
calendar: _locale datetime
cgi: html locale
cloudpickle: CellType=types.CellType types typing uuid
cloudpickle.cloudpickle: CellType=types.CellType _collections_abc=collections.abc load=pickle.load loads=pickle.loads types typing uuid
collections: _collections_abc=collections.abc
collections.abc: FunctionType=types.FunctionType generator=types.GeneratorType
compileall: filecmp py_compile
concurrent.futures.process: mp=multiprocessing queue
concurrent.futures.thread: queue
contextlib: _collections_abc=collections.abc
crypt: _string warnings
ctypes._aix: Popen=subprocess.Popen path=os.path
ctypes._endian: CDLL=ctypes.CDLL CFUNCTYPE=ctypes.CFUNCTYPE LibraryLoader=ctypes.LibraryLoader PYFUNCTYPE=ctypes.PYFUNCTYPE PyDLL=ctypes.PyDLL addressof=ctypes.addressof cast=ctypes.cast py_object=ctypes.py_object string_at=ctypes.string_at wstring_at=ctypes.wstring_at
dataclasses: FunctionType=types.FunctionType _thread=_thread
dateutil.easter: datetime
dateutil.parser._parser: datetime string
dateutil.parser.isoparser: calendar
dateutil.relativedelta: calendar datetime
dateutil.rrule: _thread=_thread calendar datetime
dateutil.tz: datetime
dateutil.tz._factories: _thread=_thread
dateutil.tz._tzfile: calendar
dateutil.tz._tzpath: zoneinfo
dateutil.tz.tz: _thread=_thread datetime
dateutil.zoneinfo: TarFile=tarfile.TarFile json
dbm: Path=pathlib.Path
distutils.archive_util: getpwnam=pwd.getpwnam
distutils.command.register: getpass
distutils.command.sdist: glob=glob.glob
distutils.command.upload: urlopen=urllib.request.urlopen
distutils.cygwinccompiler: Popen=subprocess.Popen check_output=subprocess.check_output
distutils.fancy_getopt: getopt
doctest: _colorize=_colorize difflib
email._encoded_words: base64
email._header_value_parser: _ew=email._encoded_words
email._parseaddr: calendar
email._policybase: _charset=email.charset
email.generator: random
email.header: _charset=email.charset
email.headerregistry: parser=email._header_value_parser
email.message: _charset=email.charset
email.utils: datetime random
gzip: _compression=_compression
http.client: email
http.cookiejar: datetime
http.server: datetime email html mimetypes socketserver
imaplib: calendar random
imghdr: warnings
imp: util=importlib.util
importlib: _code_type=types.CodeType _thread=_thread
importlib._bootstrap: _thread=_thread
importlib.abc: _frozen_importlib=importlib._bootstrap _frozen_importlib_external=importlib._bootstrap_external _resources_abc=importlib.resources.abc
importlib.metadata: csv email import_module=importlib.import_module json
importlib.metadata._adapters: email
inspect: enum
joblib._cloudpickle_wrapper: mp=multiprocessing
joblib._memmapping_reducer: loads=pickle.loads util=multiprocessing.util
joblib._multiprocessing_helpers: mp=multiprocessing
joblib._parallel_backends: mp=multiprocessing
joblib._store_backends: collections concurrency_safe_rename=os.replace datetime json uuid
joblib._utils: mp=multiprocessing op=operator
joblib.backports: concurrency_safe_rename=os.replace util=multiprocessing.util
joblib.disk: util=multiprocessing.util
joblib.externals.loky.backend.context: mp=multiprocessing wintypes=ctypes.wintypes
joblib.externals.loky.backend.popen_loky_posix: process=multiprocessing.process util=multiprocessing.util
joblib.externals.loky.backend.queues: util=multiprocessing.util
joblib.externals.loky.backend.reduction: loads=pickle.loads types util=multiprocessing.util
joblib.externals.loky.backend.resource_tracker: base64 json util=multiprocessing.util
joblib.externals.loky.backend.spawn: process=multiprocessing.process types util=multiprocessing.util
joblib.externals.loky.backend.stdlib_py314_resource_tracker: base64 json spawn=multiprocessing.spawn util=multiprocessing.util
joblib.externals.loky.backend.synchronize: process=multiprocessing.process util=multiprocessing.util
joblib.externals.loky.cloudpickle_wrapper: loads=pickle.loads
joblib.externals.loky.process_executor: faulthandler mp=multiprocessing queue
joblib.externals.loky.reusable_executor: mp=multiprocessing
joblib.func_inspect: collections open_py_source=tokenize.open types
joblib.hashing: types
joblib.logger: pprint
joblib.memory: datetime
joblib.parallel: collections mp=multiprocessing queue
joblib.pool: mp=multiprocessing
json.tool: Path=pathlib.Path argparse
locale: _collections_abc=collections.abc
logging.config: ThreadingTCPServer=socketserver.ThreadingTCPServer queue
logging.handlers: queue
lzma: _compression=_compression
mailbox: calendar email
mailcap: re warnings
matplotlib: Path=pathlib.Path locale pprint
matplotlib._api: difflib
matplotlib._internal_utils: Path=pathlib.Path
matplotlib._mathtext: T=typing enum string types
matplotlib._style_helpers: collections
matplotlib._type1font: T=typing string
matplotlib.animation: Image=PIL.Image Path=pathlib.Path TemporaryDirectory=tempfile.TemporaryDirectory base64 collections uuid
matplotlib.axes._axes: datetime
matplotlib.axes._base: types
matplotlib.axis: datetime
matplotlib.backend_tools: enum uuid
matplotlib.backends._backend_pdf_ps: typing
matplotlib.backends._backend_tk: Image=PIL.Image ImageTk=PIL.ImageTk tk=tkinter tkinter uuid
matplotlib.backends.backend_pdf: Image=PIL.Image string types
matplotlib.backends.backend_pgf: Image=PIL.Image TemporaryDirectory=tempfile.TemporaryDirectory datetime
matplotlib.backends.backend_ps: TemporaryDirectory=tempfile.TemporaryDirectory datetime
matplotlib.backends.backend_svg: Image=PIL.Image base64 datetime uuid
matplotlib.backends.backend_webagg_core: Image=PIL.Image Path=pathlib.Path datetime json
matplotlib.cbook: Path=pathlib.Path collections shlex types
matplotlib.colors: Image=PIL.Image base64
matplotlib.dates: datetime
matplotlib.dviread: Path=pathlib.Path enum
matplotlib.font_manager: Path=pathlib.Path json plistlib
matplotlib.image: Path=pathlib.Path
matplotlib.projections.polar: types
matplotlib.pylab: datetime
matplotlib.style: Path=pathlib.Path
matplotlib.texmanager: Path=pathlib.Path TemporaryDirectory=tempfile.TemporaryDirectory
matplotlib.ticker: locale string
matplotlib.widgets: enum
multiprocessing: reducer=multiprocessing.reduction
multiprocessing.heap: mmap
multiprocessing.managers: queue
multiprocessing.pool: queue
multiprocessing.shared_memory: mmap secrets
narwhals: _t=typing
narwhals._constants: dt=datetime
narwhals._duration: dt=datetime
narwhals._interchange.dataframe: enum
narwhals._spark_like.utils: ModuleType=types.ModuleType import_module=importlib.import_module
narwhals._typing: ModuleType=types.ModuleType
narwhals._utils: Path=pathlib.Path
narwhals.dtypes: enum
narwhals.plugins: ModuleType=types.ModuleType
narwhals.stable.v2.dtypes: enum
narwhals.translate: dt=datetime
netrc: shlex
nntplib: datetime
numpy._configtool: Path=pathlib.Path argparse
numpy._core.fromnumeric: _gentype=types.GeneratorType types
numpy._core.function_base: types
numpy._core.getlimits: types
numpy._core.overrides: collections
numpy._globals: enum
numpy._utils._inspect: types
numpy._utils._pep440: collections
numpy.f2py.auxfuncs: pprint types
numpy.f2py.crackfortran: fileinput string
numpy.f2py.f2py2e: argparse pprint
numpy.lib._arraypad_impl: typing
numpy.lib._datasource: _open=io.open
numpy.lib._function_base_impl: collections
numpy.lib._utils_impl: types
numpy.ma.core: dt=datetime
packaging._elffile: enum
packaging._manylinux: collections
packaging._ranges: enum
packaging.errors: typing
packaging.metadata: email typing
packaging.ranges: enum typing
packaging.specifiers: typing
packaging.version: typing
pandas._config.display: locale
pandas._config.localization: locale
pandas._libs.lib: abc=collections.abc
pandas._libs.tslibs.strptime: zoneinfo
pandas._libs.tslibs.timedeltas: collections
pandas._libs.tslibs.timestamps: dt=datetime
pandas._libs.tslibs.timezones: zoneinfo
pandas.compat.pickle_compat: datetime
pandas.core.arrays.sparse.array: abc=collections.abc
pandas.core.common: abc=collections.abc
pandas.core.computation.scope: datetime pprint
pandas.core.dtypes.cast: dt=datetime
pandas.core.dtypes.dtypes: zoneinfo
pandas.core.dtypes.inference: abc=collections.abc
pandas.core.frame: abc=collections.abc collections
pandas.core.generic: collections dt=datetime
pandas.core.groupby.generic: abc=collections.abc
pandas.core.groupby.groupby: datetime
pandas.core.groupby.ops: collections
pandas.core.indexes.base: abc=collections.abc
pandas.core.indexes.datetimes: dt=datetime
pandas.core.indexing: abc=collections.abc
pandas.core.interchange.dataframe: abc=collections.abc
pandas.core.interchange.dataframe_protocol: enum
pandas.core.interchange.utils: typing
pandas.core.internals.construction: abc=collections.abc
pandas.core.ops.array_ops: datetime
pandas.core.ops.invalid: datetime
pandas.core.reshape.concat: abc=collections.abc types
pandas.core.reshape.merge: datetime types
pandas.core.tools.datetimes: abc=collections.abc
pandas.core.util.numba_: types
pandas.core.window.ewm: datetime
pandas.io._util: dt=datetime zoneinfo
pandas.io.clipboard: locale
pandas.io.common: Path=pathlib.Path mmap
pandas.io.excel._base: datetime
pandas.io.excel._odswriter: datetime json
pandas.io.excel._openpyxl: mmap
pandas.io.excel._xlsxwriter: json
pandas.io.formats.csvs: csvlib=csv
pandas.io.html: abc=collections.abc
pandas.io.json._json: abc=collections.abc
pandas.io.json._normalize: abc=collections.abc
pandas.io.parquet: json
pandas.io.parsers.base_parser: csv
pandas.io.parsers.python_parser: abc=collections.abc csv
pandas.io.parsers.readers: abc=collections.abc csv mmap queue
pandas.io.pickle: pickle
pandas.io.stata: abc=collections.abc
pandas.plotting._matplotlib.converter: pydt=datetime
pandas.plotting._matplotlib.misc: random
pandas.util._print_versions: json locale
pathlib._local: grp=pwd
pdb: _colorize=_colorize cmd pprint
pickle: FunctionType=types.FunctionType
pipes: re tempfile warnings
pkgutil: ModuleType=types.ModuleType zipimporter=zipimport.zipimporter
plistlib: datetime enum
py_compile: enum
pyparsing: Path=pathlib.Path collections html pprint resources=importlib.resources string types typing
pyparsing.common: Path=pathlib.Path collections string types typing
pyparsing.core: Path=pathlib.Path _generatorType=types.GeneratorType collections string types typing
pyparsing.exceptions: typing
pyparsing.helpers: Path=pathlib.Path collections html string types typing
pyparsing.results: _generator_type=types.GeneratorType collections pprint
pyparsing.util: types
re: enum
scipy._lib._array_api: ModuleType=types.ModuleType
scipy._lib._array_api_docs_tables: ModuleType=types.ModuleType import_module=importlib.import_module
scipy._lib._array_api_override: ModuleType=types.ModuleType enum
scipy._lib._uarray._backend: types typing
scipy._lib._util: ModuleType=types.ModuleType
scipy._lib.deprecation: import_module=importlib.import_module
scipy.datasets._download_all: argparse
scipy.integrate._cubature: ModuleType=types.ModuleType
scipy.integrate._ode: types
scipy.integrate._quad_vec: collections
scipy.io._netcdf: mm=mmap
scipy.io.arff._arffread: csv datetime
scipy.optimize._shgo_lib._vertex: collections
scipy.optimize._spectral: collections
scipy.signal._signaltools: timeit
scipy.signal._support_alternative_backends: types
scipy.sparse.linalg._interface: types
scipy.spatial.transform._rigid_transform: ModuleType=types.ModuleType
scipy.spatial.transform._rotation: ModuleType=types.ModuleType
scipy.special._multiufuncs: collections
scipy.special._support_alternative_backends: ModuleType=types.ModuleType
scipy.stats._distn_infrastructure: types
scipy.stats._multivariate: types
secrets: base64
signal: _signal=_signal
site: _sitebuiltins=_sitebuiltins
sklearn: random
sklearn._min_dependencies: argparse
sklearn.callback._callback_context: uuid
sklearn.callback._scoring_monitor: datetime uuid
sklearn.datasets._base: NamedTemporaryFile=tempfile.NamedTemporaryFile Path=pathlib.Path csv listdir=os.listdir makedirs=os.makedirs resources=importlib.resources urlretrieve=urllib.request.urlretrieve
sklearn.datasets._california_housing: remove=os.remove
sklearn.datasets._covtype: GzipFile=gzip.GzipFile TemporaryDirectory=tempfile.TemporaryDirectory
sklearn.datasets._kddcup99: GzipFile=gzip.GzipFile
sklearn.datasets._lfw: listdir=os.listdir makedirs=os.makedirs remove=os.remove
sklearn.datasets._olivetti_faces: remove=os.remove
sklearn.datasets._openml: Path=pathlib.Path TemporaryDirectory=tempfile.TemporaryDirectory json urlopen=urllib.request.urlopen
sklearn.datasets._rcv1: GzipFile=gzip.GzipFile makedirs=os.makedirs remove=os.remove
sklearn.datasets._species_distributions: remove=os.remove
sklearn.externals._arff: csv
sklearn.externals._packaging.version: collections
sklearn.impute: typing
sklearn.model_selection: typing
sklearn.preprocessing._polynomial: collections
sklearn.utils._pprint: pprint
sklearn.utils._repr_html.common: html
sklearn.utils._repr_html.estimator: Path=pathlib.Path html
sklearn.utils._repr_html.features: html
sklearn.utils._repr_html.fitted_attributes: html
sklearn.utils._repr_html.params: html
sklearn.utils._testing: check_output=subprocess.check_output op=os.path
sklearn.utils._user_interface: timeit
sklearn.utils.discovery: Path=pathlib.Path import_module=importlib.import_module
smtpd: asynchat=asyncore asyncore getopt
smtplib: base64 datetime email hmac
sqlite3: datetime
sre_compile: warnings
sre_constants: warnings
sre_parse: warnings
ssl: base64 create_connection=socket.create_connection socket=socket.socket
statistics: _random random
subprocess: locale
tarfile: bltn_open=io.open grp=pwd
tempfile: _thread=_thread
tkinter: enum
tokenize: _builtin_open=io.open
traceback: _colorize=_colorize
turtle: simpledialog=tkinter.simpledialog
typing: stdlib_re=re
unittest.case: difflib pprint
unittest.main: argparse warnings
unittest.mock: CodeType=types.CodeType ModuleType=types.ModuleType pprint
urllib.parse: ipaddress
urllib.request: base64 email getproxies=urllib.request.getproxies_environment proxy_bypass=urllib.request.proxy_bypass_environment
weakref: _collections_abc=collections.abc
webbrowser: shlex
wsgiref.types: TracebackType=types.TracebackType
xdrlib: warnings
xmlrpc.client: base64 expat=xml.parsers.expat
xmlrpc.server: html socketserver
zipimport: _bootstrap=importlib._bootstrap _bootstrap_external=importlib._bootstrap_external
zoneinfo._zoneinfo: calendar
`;
