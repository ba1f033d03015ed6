import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'

/** Who runs the program from now on. */
export type Person = { readonly uid: number; readonly gid: number; readonly name: string }

/** Where programs look for files of the user who runs them. */
const places = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR']

/**
 * Where root runs the program for someone else by sudo or doas, becomes that person for good: uid, gid and groups. HOME,
 * USER and LOGNAME are that person's from then on, and the XDG folders that sudo may have set for root are forgotten; an
 * environment that sudo was told to keep (its HOME is that person's) stays. Does nothing and returns undefined
 * otherwise.
 *
 * What is open stays open; a device cannot be opened again.
 *
 * @throws {Error} where the rights could be taken back, which must never be
 */
export function dropPrivileges(env: NodeJS.ProcessEnv = process.env): Person | undefined {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = callerOf(env)
  if (uid === undefined || gid === undefined) return undefined
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

/** Whether root runs the program for someone else: `dropPrivileges` would do something. */
export const willDropPrivileges = (env: NodeJS.ProcessEnv = process.env): boolean => {
  const { uid, gid } = callerOf(env)
  return process.getuid?.() === 0 && uid !== undefined && gid !== undefined
}

/** Whether the program is the person who called sudo or doas, and so root no more: no device can be opened again. */
export const hasDroppedPrivileges = (env: NodeJS.ProcessEnv = process.env): boolean => {
  const { uid } = callerOf(env)
  return uid !== undefined && uid === process.getuid?.()
}

/** For whom root runs the program, or ran it; undefined where that is nobody, or root. */
function callerOf(env: NodeJS.ProcessEnv): { uid: number | undefined; gid: number | undefined } {
  const user = env['DOAS_USER']
  if (env['SUDO_UID'] !== undefined || user === undefined)
    return { uid: idOf(env['SUDO_UID']), gid: idOf(env['SUDO_GID']) }
  // doas tells the name only.
  const ask = (what: '-u' | '-g') =>
    idOf(spawnSync('id', [what, '--', user], { encoding: 'utf8' }).stdout?.trim())
  return { uid: ask('-u'), gid: ask('-g') }
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
