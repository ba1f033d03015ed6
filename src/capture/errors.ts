/** A sentence for the user: what failed, on what, what to do. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a directory',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many open files',
  ENXIO: 'no such device',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'a symbolic link that leads to itself',
  EIO: 'the device reports an error',
}

/** The operating system's error in a few words; anything that is not one is a bug and thrown on. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') throw error
  return reasons[code] ?? code
}
