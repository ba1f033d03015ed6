import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { escapeHtml } from '../../src/print/html-page.ts'
import { proseFormat } from '../../src/print/prose-format.ts'
import { blocksOf } from '../explained.ts'

async function pageOf(capture: string, packet: number): Promise<string> {
  const out = new ByteWriter()
  const format = proseFormat('html', { columns: 90, ascii: false, paint: undefined })
  format.begin(out, capture)
  format.write(out, await blocksOf(capture, packet))
  format.end(out)
  return out.toString()
}

/** Relative luminance, WCAG 2.1. */
function luminance(colour: string): number {
  const [, digits = ''] = /^#([\da-f]{3}|[\da-f]{6})$/.exec(colour) ?? []
  const parts = digits.length === 3 ? [...digits].map(digit => digit + digit) : (digits.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0] = parts
    .map(part => Number.parseInt(part, 16) / 255)
    .map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio, WCAG 2.1: 4.5 is what text of normal size needs. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const roots = [...(await pageOf('walkthrough.pcap', 1)).matchAll(/:root\{([^}]*)\}/g)].map(
  ([, rule = '']) =>
    new Map([...rule.matchAll(/--(\w+):(#\w+)/g)].map(([, name, colour]) => [name!, colour!] as const)),
)
const grounds = ['ground', 'mark', 'code'] as const
const inks = ['text', 'dim', 'warn', 'error', 'l0', 'l1', 'l2', 'l3', 'l4', 'l5'] as const

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('in a %s window', (_, scheme) => {
  it.each(grounds.flatMap(ground => inks.map(ink => [ink, ground] as const)))(
    '%s can be read on %s',
    (ink, ground) => {
      const colours = roots[scheme]
      expect(contrast(colours?.get(ink) ?? '', colours?.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )
})

const folder = mkdtempSync(join(tmpdir(), 'vpnscope-page-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [browser] = ['chromium', 'chromium-browser', 'google-chrome'].filter(
  name => spawnSync('which', [name]).status === 0,
)

/** Runs in a page around ours: how wide ours gets in windows of some widths, and what lights up. */
const probe = `
const frame = document.querySelector('iframe')
onload = () => {
  const page = frame.contentDocument
  const tooNarrow = [360, 800, 1400].filter(width => {
    frame.style.width = width + 'px'
    return page.documentElement.scrollWidth > page.documentElement.clientWidth
  })
  const lit = () => [...page.querySelectorAll('.dump .on')].map(each => each.textContent).join(' ')
  const source = page.querySelector('li[data-b="0"][data-s="60"][data-u="64"]')
  source.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
  const pointed = lit()
  const inner = page.querySelector('li[data-b="0"][data-s="624"]')
  inner.focus()
  const dump = page.querySelector('.dump').getBoundingClientRect()
  const byte = page.querySelector('.dump .on').getBoundingClientRect()
  const told = { tooNarrow, pointed, focused: lit(), inView: byte.top >= dump.top && byte.bottom <= dump.bottom }
  document.querySelector('output').textContent = JSON.stringify(told)
}`

type Told = { tooNarrow: number[]; pointed: string; focused: string; inView: boolean }

function shown(page: string): { told: Told; console: string[] } {
  const file = join(folder, 'probe.html')
  const around = `<!doctype html><meta charset="utf-8"><iframe style="height:500px;border:0" srcdoc="${escapeHtml(page)}"></iframe>`
  writeFileSync(file, `${around}<output></output><script>${probe}</script>`)
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--enable-logging=stderr']
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
  const { stdout, stderr } = spawnSync(
    browser!,
    [...flags, ...quiet, `--user-data-dir=${join(folder, 'profile')}`, '--dump-dom', `file://${file}`],
    { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 60_000 },
  )
  const [, told = '{}'] = /<output>(.*)<\/output>/.exec(stdout) ?? []
  return {
    told: JSON.parse(told.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')),
    console: stderr.split('\n').filter(line => line.includes('CONSOLE')),
  }
}

it.skipIf(browser === undefined)(
  'fits windows of any width, lights bytes up, and keeps them in view (needs chromium)',
  async () => {
    const { told, console } = shown(await pageOf('jenga.pcap', 1))
    expect(console).toEqual([])
    expect(told.tooNarrow).toEqual([])
    // The outermost source and the innermost destination, by tshark -x.
    expect(told.pointed).toBe('0a 06 00 01 . . . .')
    expect(told.focused).toBe('0a 1b 00 02 . . . .')
    expect(told.inView).toBe(true)
  },
)
