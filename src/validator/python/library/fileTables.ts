import type { ModuleTable } from './moduleTable.ts';

/** Modules that read and write files: fine inside the work folder. */
export const fileTables: readonly ModuleTable[] = [
  { module: 'xml.Parser', paths: 'parse' },
  { module: 'xml.sax', makes: { 'xml.Parser': 'make_parser' }, paths: 'parse' },
  {
    module: 'io',
    aliases: '_io _pyio',
    paths: 'open open_code FileIO OpenWrapper',
    makes: { file: 'open FileIO' },
  },
  { module: 'codecs', paths: 'open' },
  { module: 'fileinput', paths: 'input FileInput' },
  {
    module: 'shutil',
    guarded: true,
    paths:
      'copy/2 copy2/2 copyfile/2 copymode/2 copystat/2 copytree/2 move/2 rmtree chown disk_usage make_archive@02 unpack_archive/2 _rmtree_unsafe _rmtree_safe_fd',
  },
  {
    module: 'glob',
    paths: 'glob iglob glob1 glob0',
  },
  {
    module: 'tempfile',
    paths:
      'mkdtemp@2 mkstemp@2 TemporaryDirectory@2 NamedTemporaryFile@9 TemporaryFile@9 SpooledTemporaryFile@9',
  },
  {
    module: 'sqlite3',
    aliases: '_sqlite3 sqlite3.dbapi2 pysqlite3 aiosqlite apsw',
    paths: 'connect',
    makes: { 'sqlite3.Connection': 'connect Connection' },
  },
  {
    module: 'sqlite3.Connection',
    calls: { 'native.load': 'load_extension enable_load_extension' },
    makes: { 'sqlite3.Cursor': 'cursor' },
  },
  { module: 'contextlib', paths: 'chdir' },
  { module: 'readline', paths: 'read_init_file read_history_file write_history_file append_history_file/2' },
  { module: 'syslog', calls: { 'fs.outside': 'syslog openlog' } },
  { module: 'dbm', aliases: 'dbm.gnu dbm.ndbm dbm.dumb anydbm dbm.sqlite3', paths: 'open whichdb' },
  { module: 'gzip', paths: 'open GzipFile' },
  { module: 'bz2', paths: 'open BZ2File' },
  { module: 'lzma', paths: 'open LZMAFile' },
  {
    module: 'zipfile',
    paths: 'ZipFile PyZipFile is_zipfile Path',
    makes: { 'zipfile.ZipFile': 'ZipFile PyZipFile' },
  },
  { module: 'zipfile.ZipFile', paths: 'extractall extract@1 write' },
  { module: 'zipapp', paths: 'create_archive/2' },
  {
    module: 'tarfile',
    paths: 'open is_tarfile TarFile TarFile.open',
    makes: { 'tarfile.TarFile': 'open TarFile TarFile.open' },
    reads: { 'fs.outside': 'fully_trusted_filter' },
  },
  { module: 'tarfile.TarFile', paths: 'extractall extract@1 add' },
  { module: 'wave', alike: 'sndhdr aifc sunau chunk', paths: 'open' },
  { module: 'plistlib', paths: 'readPlist writePlist@1' },
  { module: 'netrc', paths: 'netrc' },
  { module: 'mimetypes', paths: 'init read_mime_types' },
  { module: 'http.cookiejar', aliases: 'cookielib', paths: 'MozillaCookieJar LWPCookieJar FileCookieJar' },
  { module: 'mailbox', paths: 'mbox Maildir MH Babyl MMDF' },
  { module: 'filecmp', paths: 'cmp/2 dircmp/2 cmpfiles/2' },
  {
    module: 'configparser',
    makes: { 'configparser.ConfigParser': 'ConfigParser RawConfigParser SafeConfigParser' },
  },
  { module: 'configparser.ConfigParser', paths: 'read' },
  {
    module: 'xml.etree.ElementTree',
    aliases: 'xml.etree.cElementTree lxml.etree defusedxml.ElementTree',
    paths: 'parse iterparse',
    makes: { 'xml.ElementTree': 'ElementTree parse' },
  },
  { module: 'xml.ElementTree', paths: 'write parse' },
  { module: 'xml.dom.minidom', aliases: 'xml.dom.pulldom', paths: 'parse' },
  {
    module: 'logging',
    paths:
      'FileHandler handlers.RotatingFileHandler handlers.TimedRotatingFileHandler handlers.WatchedFileHandler basicConfig@9',
    calls: {
      'network.connect':
        'handlers.SocketHandler handlers.DatagramHandler handlers.SMTPHandler handlers.HTTPHandler handlers.SysLogHandler',
    },
  },
  { module: 'posixfile', paths: 'open' },
  { module: 'spwd', calls: { 'fs.outside': '*' } },
  { module: 'pwd', calls: { 'fs.outside': '*' }, alike: 'grp' },
  { module: 'aiofiles', paths: 'open os.* ' },
  { module: 'fsspec', paths: 'open' },
];
