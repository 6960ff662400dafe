/** Whether a class of a library is an exception, by the names that exceptions have. */
export function isExceptionPath(path: string): boolean {
  return /(Exception|Error|Warning|Interrupt|Exit|Stop\w+)$/.test(path);
}

/** Exceptions above one of these, nearest first. */
export function exceptionsAbove(path: string): readonly string[] {
  const all = ['builtins.Exception', 'builtins.BaseException'];
  return all.slice(all.indexOf(path) + 1);
}
