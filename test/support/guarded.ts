import { readlinkSync } from 'node:fs';

/** Where the tests themselves run; empty where there are no namespaces. */
function ownPidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

const guard = `
import errno as _errno, os as _os, sys as _sys
try:
    _home = _os.readlink("/proc/self/ns/pid")
except OSError:
    _home = "" if _sys.platform != "linux" else "unknown"
if _sys.platform == "linux" and _home in (${JSON.stringify(ownPidNamespace())}, "unknown"):
    print("refused: not inside a sandbox")
    raise SystemExit(99)
`;

/**
 * An attack program that does nothing unless it runs in a process namespace other than the tests' (or
 * where there are no processes at all), so that a sandbox that leaks harms nobody.
 */
export const guarded = (program: string): string => guard + program;
