const frames = new Set(
  `gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await cr_origin ag_frame ag_code ag_await f_back f_globals f_locals
  f_builtins f_code f_trace tb_frame co_code co_consts co_names co_varnames co_freevars co_cellvars co_replace
  func_code func_globals __code__ codeobj cell_contents __closure__`.split(/\s+/),
);
const dunders = new Set(
  `__subclasses__ __globals__ __mro__ __bases__ __base__ mro __reduce__ __reduce_ex__ __subclasshook__
  __objclass__ __thisclass__ __self_class__`.split(/\s+/),
);
const builtins = new Set(['__builtins__', '__builtin__']);
const modules = new Set(['__loader__', '__spec__', '__path__', 'get_original']);

/** The rule that reading an attribute of this name breaks on any object that is not the program's own. */
export function internalRule(name: string): string | undefined {
  if (frames.has(name)) return 'internals.frames';
  if (dunders.has(name)) return 'internals.dunder';
  if (builtins.has(name)) return 'internals.builtins';
  return modules.has(name) ? 'internals.modules' : undefined;
}
