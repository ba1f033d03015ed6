// Runs the built program in a terminal, scene by scene, and draws what is on its screen.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openTerminal, type TestTerminal } from '../../test/terminal.ts'
import { type Scene, scenes } from './scenes.ts'
import { drawWindow } from './svg.ts'

const usage = `Usage: npm run screenshots [-- options]
  --only NAME   only scenes whose name contains NAME
  --to FOLDER   where all pictures go (dist/screens), as PNG too where rsvg-convert is installed

The pictures that README.md shows go to docs/screens as well.`

const kept = 'docs/screens'
const usualEnvironment = { LC_ALL: 'C.UTF-8', TZ: 'UTC', COLORFGBG: '' }
/** Milliseconds without a new byte after which a screen is taken for finished. */
const stillness = 150

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      to: { type: 'string', default: 'dist/screens' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const chosen = scenes.filter(({ name }) => name.includes(values.only))
  for (const folder of [kept, values.to]) mkdirSync(folder, { recursive: true })
  for (const scene of chosen) await shoot(scene, values.to)
}

async function shoot(scene: Scene, folder: string): Promise<void> {
  // What the program remembers of other captures is the user's, and no matter of a picture.
  const state = mkdtempSync(join(tmpdir(), 'vpnscope-screens-'))
  const [columns, rows] = scene.size
  // By `env`, since the terminal has its own mind about TERM.
  const settings = Object.entries({ ...usualEnvironment, ...scene.env }).map(
    ([name, value]) => `${name}=${value}`,
  )
  const program = ['env', ...settings, process.execPath, 'dist/cli.js', ...scene.args]
  const terminal = await openTerminal(program, { columns, rows, env: { XDG_STATE_HOME: state } })
  try {
    await terminal.until(screen => screen.isAlternate && screen.text().trim() !== '')
    await settled(terminal)
    for (const key of keysOf(scene.keys)) {
      if (key.startsWith('"')) terminal.type(key.slice(1, -1))
      else terminal.press(key)
      await settled(terminal)
    }
    await terminal.untilText(scene.shows, { timeout: 3000 })
    save(scene, folder, terminal)
  } catch (error) {
    console.error(`${scene.name}: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  } finally {
    await terminal.close()
    rmSync(state, { recursive: true, force: true })
  }
}

const keysOf = (keys: string): readonly string[] => keys.match(/"[^"]+"|\S+/g) ?? []

/** Waits until the program draws no more. */
async function settled(terminal: TestTerminal): Promise<void> {
  let before: number
  do {
    before = terminal.bytesWritten
    await wait(stillness)
  } while (terminal.bytesWritten !== before)
}

function save(scene: Scene, folder: string, terminal: TestTerminal): void {
  const svg = drawWindow(terminal, ['vpnscope', ...scene.args].join(' '), scene.window ?? 'dark')
  const file = join(folder, `${scene.name}.svg`)
  writeFileSync(file, svg)
  if (scene.kept) writeFileSync(join(kept, `${scene.name}.svg`), svg)
  const converted = spawnSync('rsvg-convert', ['--output', file.replace(/svg$/, 'png'), file], {
    stdio: 'inherit',
  })
  console.log(`${scene.name}: ${Math.ceil(svg.length / 1000)} kB${converted.error ? ', no PNG' : ''}`)
}

await main()
