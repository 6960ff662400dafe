/** Devices that swallow or repeat what the program itself gives them. */
const harmlessDevices = new Set(['/dev/null', '/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/zero']);

/**
 * Whether a path leaves the work folder, judged by its text alone. With `open`, more text of unknown
 * content follows, so only what is sure from the beginning counts.
 */
export function leavesFolder(path: string, open: boolean, allowed: readonly string[] = []): boolean {
  if (!open && harmlessDevices.has(path)) return false;
  if (path.startsWith('~') || /^[a-z]:([\\/]|$)/i.test(path) || path.startsWith('\\')) return true;
  if (/^file:/i.test(path)) return leavesFolder(path.replace(/^file:(\/\/)?/i, ''), open, allowed);
  if (path.startsWith('/')) return !isBelow(path, allowed);
  return climbs(path.split(/[\\/]+/));
}

function isBelow(path: string, folders: readonly string[]): boolean {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  return folders.some((folder) => clean === folder || clean.startsWith(`${folder.replace(/\/$/, '')}/`));
}

function climbs(parts: readonly string[]): boolean {
  let depth = 0;
  for (const part of parts) {
    if (part === '..') depth--;
    else if (part !== '.' && part !== '') depth++;
    if (depth < 0) return true;
  }
  return false;
}
