// The wall between the interpreter and the JavaScript around it. All that WebAssembly can do to the
// outside, whatever a program makes of its memory, is to call the functions that it imports. Before a
// program runs, the wall is closed: what stays are the functions of the C library over files in memory,
// clocks and random numbers; those that touch JavaScript objects, names of programs or the network
// refuse. It never opens again.

/** What the C library and the interpreter need: numbers in, numbers out, and the memory of the interpreter. */
const kept = new Set(
  `proc_exit exit environ_sizes_get environ_get clock_res_get clock_time_get random_get
  fd_close fd_read fd_write fd_sync fd_fdstat_get fd_seek fd_pread fd_pwrite
  __syscall_ioctl __syscall_fcntl64 __syscall_openat __syscall_faccessat __syscall_chdir __syscall_chmod
  __syscall_fchownat __syscall_dup __syscall_dup3 __syscall_fchdir __syscall_fchmod __syscall_fchmodat2
  __syscall_fchown32 __syscall_fdatasync __syscall_fstat64 __syscall_stat64 __syscall_newfstatat
  __syscall_lstat64 __syscall_ftruncate64 __syscall_getcwd __syscall_getdents64 __syscall_mkdirat
  __syscall_mknodat __syscall_pipe __syscall_poll __syscall_fadvise64 __syscall_fallocate
  __syscall_readlinkat __syscall_unlinkat __syscall_rmdir __syscall_renameat __syscall_statfs64
  __syscall_fstatfs64 __syscall_symlinkat __syscall_truncate64 __syscall_utimensat
  __syscall_socket __syscall_getpeername __syscall_getsockname __syscall_getsockopt
  _mmap_js _munmap_js _msync_js emscripten_get_heap_max emscripten_resize_heap emscripten_notify_memory_growth
  _dlopen_js _dlsym_js _dlsym_catchup_js getprotobyname getaddrinfo getnameinfo _emscripten_lookup_name
  emscripten_date_now emscripten_get_now emscripten_get_now_res _emscripten_get_now_is_monotonic
  _tzset_js _timegm_js _mktime_js _localtime_js _gmtime_js strptime strptime_l
  emscripten_runtime_keepalive_push emscripten_runtime_keepalive_pop _emscripten_runtime_keepalive_clear
  _emscripten_get_progname _abort_js __assert_fail __call_sighandler
  stackAlloc stackSave stackRestore _Unwind_Backtrace _Unwind_FindEnclosingFunction _Unwind_GetIPInfo
  _Py_CheckEmscriptenSignals_Helper _PyEM_TrampolineCall_JS
  ffi_call_js ffi_closure_alloc_js ffi_closure_free_js ffi_prep_closure_loc_js`.split(/\s+/),
);

const ENETUNREACH = 40;
const EOPNOTSUPP = 138;
const notFound = 127 << 8;

const always = (value) => () => value;

/** What ordinary programs ask for now and then: an answer in place of an end. */
const answers = new Map(
  Object.entries({
    _emscripten_system: (command) => (command === 0 ? 0 : notFound),
    __syscall_getuid32_js: always(1000),
    __syscall_umask_js: always(0o22),
    __syscall_connect: always(-ENETUNREACH),
    __syscall_sendto: always(-ENETUNREACH),
    __syscall_sendmsg: always(-ENETUNREACH),
    __syscall_recvfrom: always(-ENETUNREACH),
    __syscall_recvmsg: always(-ENETUNREACH),
    __syscall_bind: always(-EOPNOTSUPP),
    __syscall_listen: always(-EOPNOTSUPP),
    __syscall_accept4: always(-EOPNOTSUPP),
    _setitimer_js: always(0),
    can_run_sync_js: always(0),
    // Objects of JavaScript that Pyodide holds may be let go of.
    __hiwire_deduplicate_delete: always(undefined),
    pyproxy_Check: always(0),
    _maybe_connect_async: always(null),
    _maybe_recvfrom_async: always(null),
    _maybe_sendto_async: always(null),
    _maybe_poll_async: always(null),
    _try_fcntl64: always(0),
    _try_shutdown: always(0),
  }),
);

/**
 * Puts the wall around a module of Emscripten. `create` gives the module as the original does; `close`
 * closes the wall for good.
 */
export function wallAround(createModule) {
  const state = { closed: false };

  const guarded = (name, original) => {
    const answer = answers.get(name) ?? refusal(name);
    const gate = (...args) => (state.closed ? answer(...args) : original(...args));
    // The dynamic linker looks at these.
    for (const mark of ['sig', 'stub']) {
      if (original[mark] !== undefined) gate[mark] = original[mark];
    }
    return gate;
  };

  const create = (settings) => {
    const instantiate = settings.instantiateWasm;
    settings.instantiateWasm = (imports, done) => {
      const { env } = imports;
      for (const [name, original] of Object.entries(env)) {
        if (!kept.has(name)) env[name] = guarded(name, original);
      }
      return instantiate(imports, done);
    };
    return createModule(settings);
  };
  return { create, close: () => void (state.closed = true) };
}

function refusal(name) {
  return () => {
    throw new Error(`the program reached for JavaScript (${name}), of which there is none in this sandbox`);
  };
}
