import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { bundle } from './bundle.ts'

const isRoot = process.getuid?.() === 0
const root = isRoot ? '' : ' (left out: not root)'

const program = `
import { dropPrivileges } from './src/capture/live/privileges.ts'
const person = dropPrivileges()
const tried = name => { try { process[name](0); return true } catch { return false } }
const { HOME, USER, LOGNAME, XDG_CACHE_HOME, XDG_STATE_HOME } = process.env
console.log(JSON.stringify({
  person: person ?? null,
  ids: [process.getuid(), process.geteuid(), process.getgid(), process.getegid()],
  groups: process.getgroups(),
  HOME, USER, LOGNAME, XDG_CACHE_HOME, XDG_STATE_HOME,
  isRootAgain: process.getuid() !== 0 && ['setuid', 'seteuid', 'setgid', 'setegid'].some(tried),
}))
`

const sudo = { HOME: '/root', USER: 'root', LOGNAME: 'root', XDG_CACHE_HOME: '/root/.cache' }

async function run(env: NodeJS.ProcessEnv, as: { uid?: number; gid?: number } = {}) {
  const { stdout, stderr } = spawnSync(process.execPath, [await bundle(program)], {
    ...as,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const system = (...words: readonly string[]) =>
  spawnSync(words[0]!, words.slice(1), { encoding: 'utf8' }).stdout.trim()

describe.skipIf(!isRoot)(`giving up root${root}`, () => {
  it("becomes who called sudo, for good, with that user's groups and home", async () => {
    // A user that Debian has in a group besides its own would say more; `games` and `man` have their own only.
    const [uid, gid] = [system('id', '-u', 'nobody'), system('id', '-g', 'nobody')].map(Number)
    const told = await run({ ...sudo, SUDO_UID: `${uid}`, SUDO_GID: `${gid}` })
    expect(told).toEqual({
      person: { uid, gid, name: 'nobody' },
      ids: [uid, uid, gid, gid],
      groups: system('id', '-G', 'nobody').split(' ').map(Number),
      HOME: system('getent', 'passwd', 'nobody').split(':')[5],
      USER: 'nobody',
      LOGNAME: 'nobody',
      isRootAgain: false,
    })
  })

  it('becomes who called doas, which tells the name only', async () => {
    const [uid, gid] = [system('id', '-u', 'nobody'), system('id', '-g', 'nobody')].map(Number)
    const told = await run({ ...sudo, DOAS_USER: 'nobody' })
    expect(told).toMatchObject({ person: { uid, gid, name: 'nobody' }, ids: [uid, uid, gid, gid] })
  })

  it('does without a name for a user that the system does not know', async () => {
    const told = await run({ ...sudo, SUDO_UID: '54321', SUDO_GID: '54322' })
    expect(told).toMatchObject({
      person: { uid: 54321, gid: 54322, name: '54321' },
      ids: [54321, 54321, 54322, 54322],
      groups: [54322],
      HOME: '/',
      isRootAgain: false,
    })
  })

  it('leaves an environment that sudo kept', async () => {
    const HOME = system('getent', 'passwd', 'nobody').split(':')[5]
    const told = await run({ HOME, XDG_STATE_HOME: '/elsewhere', SUDO_UID: '65534', SUDO_GID: '65534' })
    expect(told).toMatchObject({ HOME, XDG_STATE_HOME: '/elsewhere' })
  })

  it.each([
    ['nobody called sudo', {}],
    ['root called sudo', { SUDO_UID: '0', SUDO_GID: '0' }],
    ["root's group", { SUDO_UID: '1000', SUDO_GID: '0' }],
    ['the group is missing', { SUDO_UID: '1000' }],
    ['root called doas', { DOAS_USER: 'root' }],
    ['doas names nobody', { DOAS_USER: '-n' }],
    ['the numbers are none', { SUDO_UID: '1000x', SUDO_GID: '-5' }],
    ['the number means `as before` to the system', { SUDO_UID: '4294967295', SUDO_GID: '1000' }],
  ])('stays root where %s', async (_, env) => {
    expect(await run({ ...sudo, ...env })).toMatchObject({ person: null, ids: [0, 0, 0, 0], ...sudo })
  })

  it('does nothing for someone who is not root', async () => {
    const told = await run({ ...sudo, SUDO_UID: '1000', SUDO_GID: '1000' }, { uid: 65534, gid: 65534 })
    expect(told).toMatchObject({ person: null, ids: [65534, 65534, 65534, 65534] })
  })
})
