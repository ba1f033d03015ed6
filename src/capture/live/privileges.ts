import { userInfo } from 'node:os'

/** Who runs the program from now on. */
export type Person = { readonly uid: number; readonly gid: number; readonly name: string }

/** Where programs look for files of the user who runs them. */
const places = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR']

/**
 * Where root runs the program for someone else by sudo, becomes that person for good: uid, gid and groups. HOME, USER
 * and LOGNAME are that person's from then on, and the XDG folders that sudo may have set for root are forgotten; an
 * environment that sudo was told to keep (its HOME is that person's) stays. Does nothing and returns undefined
 * otherwise.
 *
 * What is open stays open; a device cannot be opened again.
 *
 * @throws {Error} where the rights could be taken back, which must never be
 */
export function dropPrivileges(env: NodeJS.ProcessEnv = process.env): Person | undefined {
  const uid = idOf(env['SUDO_UID'])
  const gid = idOf(env['SUDO_GID'])
  if (process.getuid?.() !== 0 || uid === undefined || gid === undefined) return undefined
  becomeGroups(uid, gid)
  process.setgid?.(gid)
  process.setuid?.(uid)
  verify(uid, gid)
  const { username, homedir } = knownUser(uid) ?? { username: `${uid}`, homedir: '/' }
  if (env['HOME'] !== homedir) {
    env['HOME'] = homedir
    for (const place of places) delete env[place]
  }
  env['USER'] = username
  env['LOGNAME'] = username
  return { uid, gid, name: username }
}

/** Whether the program is the person who called sudo, and so root no more: no device can be opened again. */
export const hasDroppedPrivileges = (env: NodeJS.ProcessEnv = process.env): boolean => {
  const uid = idOf(env['SUDO_UID'])
  return uid !== undefined && uid === process.getuid?.()
}

/** A number that is not root's. */
function idOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,9}$/.test(text)) return undefined
  const id = Number(text)
  // 2^32 - 1 means `leave as it is` to the system.
  return id < 0xffffffff ? id : undefined
}

/** The groups that the system lists for the user; a user it does not know has but the one. */
function becomeGroups(uid: number, gid: number): void {
  // Node's types leave it out.
  const { initgroups }: NodeJS.Process & { initgroups?(user: number, group: number): void } = process
  try {
    initgroups?.(uid, gid)
  } catch {
    process.setgroups?.([gid])
  }
}

function knownUser(uid: number): { username: string; homedir: string } | undefined {
  try {
    const user = userInfo()
    return user.uid === uid ? user : undefined
  } catch {
    return undefined
  }
}

function verify(uid: number, gid: number): void {
  const ids = [process.getuid?.(), process.geteuid?.(), process.getgid?.(), process.getegid?.()]
  const isGone = ids.join() === [uid, uid, gid, gid].join() && !process.getgroups?.().includes(0)
  const takers = [process.setuid, process.seteuid, process.setgid, process.setegid]
  if (!isGone || takers.some(take => canTake(() => take?.(0))))
    throw new Error('root rights could be taken back')
}

function canTake(take: () => void): boolean {
  try {
    take()
    return true
  } catch {
    return false
  }
}
