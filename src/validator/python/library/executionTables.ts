import type { ModuleTable } from './moduleTable.ts';

/** Modules that start processes, run text as code, or load what is not Python. */
export const executionTables: readonly ModuleTable[] = [
  {
    module: 'builtins',
    aliases: '__builtin__ six.moves.builtins future.builtins',
    guarded: true,
    calls: {
      'code.eval': 'eval exec compile execfile breakpoint',
      'import.dynamic': '__import__ reload',
    },
    paths: 'open',
    makes: { file: 'open', slice: 'slice' },
  },
  {
    module: 'os',
    aliases: 'posix nt _posix',
    guarded: true,
    calls: {
      'process.spawn':
        'system popen popen2 popen3 popen4 exec* spawn* posix_spawn* fork* startfile _execvpe _spawnvef _wrap_close',
      'process.control':
        'kill killpg abort setuid setgid seteuid setegid setreuid setregid setresuid setresgid setgroups initgroups setns unshare chroot ptrace setpriority sched_set* pidfd_open setsid setpgid setpgrp',
      'native.load': 'add_dll_directory memfd_create',
    },
    paths: `open listdir scandir walk fwalk remove unlink rmdir removedirs mkdir makedirs chdir rename/2 renames/2 replace/2
      link/2 symlink/2 readlink stat lstat access chmod lchmod chown lchown utime truncate mkfifo mknod statvfs
      getxattr setxattr listxattr pathconf fdopen@9`,
    makes: { file: 'fdopen' },
  },
  {
    module: 'os.path',
    aliases: 'posixpath ntpath genericpath macpath',
    paths:
      'exists lexists isfile isdir islink ismount getsize getmtime getatime getctime samefile/2 sameopenfile@9',
  },
  {
    module: 'subprocess',
    guarded: true,
    calls: {
      'process.spawn': 'Popen run call check_call check_output getoutput getstatusoutput _*',
    },
  },
  {
    module: '_posixsubprocess',
    aliases: '_winapi',
    guarded: true,
    importing: 'process.spawn',
    calls: { 'process.spawn': '*' },
  },
  {
    module: 'pty',
    guarded: true,
    calls: { 'process.spawn': 'spawn fork' },
  },
  { module: 'resource', calls: { 'process.control': 'setrlimit prlimit' } },
  { module: 'fcntl', calls: { 'process.control': 'ioctl' } },
  { module: 'mmap', reads: { 'native.load': 'PROT_EXEC' } },
  {
    module: 'uuid',
    calls: {
      'process.spawn': '_get_command_stdout _find_mac* _ifconfig* _ip_getter _arp_getter _netstat_getter',
    },
  },
  { module: 'platform', calls: { 'process.spawn': '_syscmd_* popen _Processor.from_subprocess' } },
  { module: 'rlcompleter', calls: { 'code.eval': '*' } },
  {
    module: 'tkinter',
    aliases: '_tkinter Tkinter turtle.TK',
    makes: { 'tkinter.Tk': 'Tcl Tk' },
    calls: { 'process.spawn': 'Tk.eval Tk.evalfile Tk.call Tk.createcommand Tk.send Tk.tk.*' },
  },
  { module: 'popen2', calls: { 'process.spawn': '*' } },
  { module: 'commands', calls: { 'process.spawn': '*' } },
  {
    module: 'multiprocessing',
    aliases: 'multiprocess billiard torch.multiprocessing',
    guarded: true,
    calls: {
      'process.control': 'shared_memory.SharedMemory shared_memory.ShareableList',
      'process.spawn':
        'Process Pool Manager get_context set_executable util.spawnv_passfds process.BaseProcess context.* popen_* pool.Pool managers.* spawn.* forkserver.* reduction.* resource_tracker.*',
      'network.connect': 'connection.*',
    },
    except: 'context.TimeoutError',
  },
  {
    module: 'concurrent.futures',
    calls: { 'process.spawn': 'ProcessPoolExecutor process.*' },
    makes: { 'concurrent.futures.Executor': 'ThreadPoolExecutor thread.ThreadPoolExecutor' },
  },
  {
    module: 'asyncio',
    calls: {
      'process.spawn':
        'create_subprocess_exec create_subprocess_shell subprocess.* unix_events.*Watcher loop.subprocess_*',
      'network.connect':
        'open_connection open_unix_connection start_server start_unix_server streams.open_connection streams.start_server loop.create_connection loop.create_server loop.create_datagram_endpoint loop.create_unix_* loop.sock_* loop.getaddrinfo loop.getnameinfo loop.connect_accepted_socket loop.start_tls',
    },
    except: 'subprocess.PIPE subprocess.DEVNULL subprocess.STDOUT',
    makes: {
      'asyncio.loop':
        'get_event_loop get_running_loop new_event_loop events.get_event_loop events.new_event_loop SelectorEventLoop Runner.get_loop',
      'asyncio.Runner': 'Runner',
    },
  },
  {
    module: 'signal',
    guarded: true,
    calls: { 'process.control': 'pthread_kill raise_signal sigqueue pidfd_send_signal' },
  },
  {
    module: 'code',
    guarded: true,
    calls: { 'code.eval': '*' },
  },
  { module: 'codeop', guarded: true, calls: { 'code.eval': '*' } },
  { module: 'runpy', guarded: true, calls: { 'code.eval': '*' } },
  { module: 'pdb', alike: 'bdb ipdb pudb', guarded: true, calls: { 'code.eval': '*' }, except: 'BdbQuit' },
  {
    module: 'cProfile',
    aliases: 'profile _lsprof',
    calls: { 'code.eval': 'run runctx Profile.run Profile.runctx' },
  },
  {
    module: 'trace',
    calls: { 'code.eval': 'Trace.run Trace.runctx main' },
    paths: 'CoverageResults.write_results@2 CoverageResults.write_results_file',
    makes: { 'trace.CoverageResults': 'Trace.results' },
  },
  {
    module: 'timeit',
    calls: { 'code.eval': 'main' },
    makes: { 'timeit.Timer': 'Timer' },
  },
  { module: 'py_compile', calls: { 'code.eval': '*' } },
  { module: 'compileall', calls: { 'code.eval': '*' } },
  { module: '_osx_support', aliases: '_aix_support', calls: { 'process.spawn': '*' } },
  { module: 'idlelib.idle', importing: 'import.dangerous' },
  { module: 'idlelib.run', importing: 'import.dangerous' },
  { module: 'idlelib', calls: { 'code.eval': '*' } },
  {
    module: 'distutils',
    aliases: 'setuptools._distutils',
    calls: {
      'process.spawn': 'spawn.* core.* ccompiler.* util.execute util.byte_compile',
      'code.eval': 'core.run_setup',
    },
  },
  { module: 'setuptools', calls: { 'process.spawn': 'setup sandbox.*' } },
  { module: 'pip', aliases: 'pip._internal', calls: { 'process.spawn': '*' } },
  { module: 'ensurepip', calls: { 'process.spawn': '*' }, except: 'version' },
  { module: 'venv', calls: { 'process.spawn': '*' } },
  { module: 'webbrowser', guarded: true, calls: { 'process.spawn': '*' }, except: 'Error' },
  { module: 'antigravity', importing: 'import.dangerous' },
  {
    module: 'threading',
    calls: { 'internals.frames': 'settrace setprofile settrace_all_threads setprofile_all_threads' },
  },
  { module: '_thread', aliases: 'thread _dummy_thread' },
  {
    module: '_xxsubinterpreters',
    aliases: '_interpreters interpreters concurrent.interpreters test.support.interpreters',
    guarded: true,
    calls: { 'code.eval': '*' },
  },
  {
    module: 'ctypes',
    aliases: '_ctypes',
    guarded: true,
    calls: {
      'native.load':
        'CDLL PyDLL WinDLL OleDLL LibraryLoader CFUNCTYPE PYFUNCTYPE WINFUNCTYPE cast memmove memset string_at wstring_at util.find_library util._* dlopen dlsym call_function PyObj_FromPtr from_address *.from_address *.from_buffer *.in_dll addressof pythonapi.* cdll.* windll.* py_object',
    },
    reads: { 'native.load': 'cdll windll oledll pydll pythonapi' },
  },
  { module: 'cffi', guarded: true, calls: { 'native.load': '*' }, aliases: '_cffi_backend' },
  { module: 'cython', calls: { 'native.load': 'inline compile' }, aliases: 'Cython Cython.Build' },
  { module: 'llvmlite', calls: { 'native.load': 'binding.*' } },
  { module: 'numba', calls: { 'native.load': 'cfunc core.typing.ctypes_utils.*' } },
  { module: 'sh', guarded: true, calls: { 'process.spawn': '*' } },
  {
    module: 'plumbum',
    guarded: true,
    calls: { 'process.spawn': '*' },
    reads: { 'process.spawn': 'cmd local' },
  },
  { module: 'pexpect', alike: 'ptyprocess winpty', guarded: true, calls: { 'process.spawn': '*' } },
  { module: 'invoke', calls: { 'process.spawn': 'run sudo Context.*' } },
  { module: 'delegator', calls: { 'process.spawn': '*' } },
  { module: 'git', calls: { 'process.spawn': '*' } },
  { module: 'docker', calls: { 'process.spawn': '*' } },
  {
    module: 'psutil',
    calls: {
      'process.spawn': 'Popen',
      'process.control': 'Process.kill Process.terminate Process.suspend Process.send_signal',
    },
  },
  {
    module: 'IPython',
    calls: {
      'code.eval': 'embed start_ipython start_kernel',
      'process.spawn': 'get_ipython.system utils.process.* utils._process_*',
    },
    makes: {
      'IPython.shell':
        'get_ipython core.getipython.get_ipython core.interactiveshell.InteractiveShell core.interactiveshell.InteractiveShell.instance',
    },
  },
  {
    module: 'IPython.shell',
    calls: {
      'process.spawn': 'system getoutput system_raw system_piped run_line_magic run_cell_magic magic',
      'code.eval': 'run_cell run_code ex ev safe_execfile',
    },
  },
];
