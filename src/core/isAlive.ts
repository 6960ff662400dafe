/** Whether a process with this number is there now; one that belongs to somebody else counts as well. */
export function isAlive(pid: number): boolean {
  // Smaller numbers mean groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
