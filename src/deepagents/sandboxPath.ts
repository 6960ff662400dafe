import type { FileOperationError } from 'deepagents';

/** Paths of the protocol are absolute and plain; `..` is refused rather than guessed at. */
export function isSandboxPath(path: string): boolean {
  return (
    path.startsWith('/') && path.length < 4096 && !path.includes('\0') && !path.split('/').includes('..')
  );
}

/** The protocol's word for a POSIX error; it has four of them. */
export function fileErrorOf(posix: string): FileOperationError {
  switch (posix) {
    case 'ENOENT':
      return 'file_not_found';
    case 'EISDIR':
      return 'is_directory';
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EINVAL':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'ENXIO':
      return 'invalid_path';
    default:
      return 'permission_denied';
  }
}
