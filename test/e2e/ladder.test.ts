import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestTerminal } from '../terminal.ts'
import { selectedPacket } from './screen-parts.ts'
import {
  bundled,
  describeScreen,
  open,
  press,
  run,
  temporaryFolder,
  vpnscope,
  walkthrough,
} from './vpnscope.ts'

const refused = bundled('ikev2-no-proposal-chosen.pcap')
const small = { columns: 80, rows: 24 }

/** Opens the ladder of a packet. */
async function ladder(file: string, packet: number, options = {}, ...words: readonly string[]) {
  const terminal = await open([...words, file], { ...small, ...options })
  await press(terminal, ...String(packet), 'G', 'x')
  await terminal.until(() => /^[►>] Ladder/.test(terminal.line(1)), { what: 'a ladder' })
  return terminal
}

const lastLine = (terminal: TestTerminal) => terminal.line(terminal.rows - 1)
const cursorLine = (terminal: TestTerminal) =>
  terminal
    .lines()
    .slice(2)
    .find(line => /^[►>]/.test(line)) ?? 'no cursor'

describeScreen('a refused negotiation at 80x24', () => {
  it('shows verdict, messages and what was offered on one screen', async () => {
    const text = (await ladder(refused, 3)).text()
    expect(text).toMatch(/✗ error: .*refused every proposal/)
    expect(text).toMatch(/│─ IKE_SA_INIT request 0: SA KE .*─►│/)
    expect(text).toMatch(/│◄─+ IKE_SA_INIT response 0: N\(NO_PROPOSAL_CHOSEN\) ─│/)
    // What bob's charon had in its configuration: aes256-sha512-modp4096.
    for (const offer of ['AES-CBC-256', 'HMAC-SHA2-512-256', 'MODP-4096 (group 16)'])
      expect(text).toMatch(new RegExp(`^ .* ${offer.replace(/[()]/g, '\\$&')}`, 'm'))
  })

  it('Enter goes to the packet of the row, and Esc closes only what lies on top', async () => {
    const terminal = await ladder(refused, 3)
    expect(cursorLine(terminal)).toMatch(/^► +3 /)
    await press(terminal, 'j', 'return')
    expect(selectedPacket(terminal)).toBe(4)
    expect(terminal.text()).toMatch(/^. Layers /m)
    await press(terminal, 'x', '?', 'escape', 'escape')
    expect(terminal.text()).toMatch(/^. Layers /m)
    expect(terminal.ended).toBeUndefined()
  })

  it('says why and what next, without colours and in ASCII too', async () => {
    const terminal = await ladder(refused, 3, { env: { NO_COLOR: '1' } }, '--ascii')
    expect(terminal.text()).toMatch(/x error: .*refused every proposal/)
    expect(terminal.text()).toMatch(/\|- IKE_SA_INIT request 0: SA KE .*->\|/)
    await press(terminal, 'v')
    expect(terminal.text()).toMatch(/Why:(.|\n)*Next:/)
    expect(terminal.text()).not.toMatch(/[^\x00-\x7e]/)
  })

  it.each([
    [60, 20],
    [200, 50],
  ])('fits into %ix%i', async (columns, rows) => {
    const terminal = await ladder(refused, 3, { columns, rows })
    expect(terminal.text()).toMatch(/error: .*refused every/)
    expect(terminal.text()).toContain('AES-CBC-256')
    expect(lastLine(terminal)).toMatch(/^ ↑↓ move {2}Enter packet/)
  })
})

describeScreen('two messages', () => {
  it('stand side by side with what differs', async () => {
    const terminal = await ladder(bundled('ikev2-invalid-ke.pcap'), 3)
    await press(terminal, 'd')
    expect(lastLine(terminal)).toContain('mark two messages first')
    await press(terminal, 'space', 'j', 'space', 'd')
    // tshark: the first try has group 14, the second one 15.
    expect(terminal.text()).toMatch(/Key exchange method +2048-bit MODP \(14\) +≠ 3072-bit MODP \(15\)/)
    expect(terminal.text()).not.toContain('Message ID')
    await press(terminal, 'd')
    expect(terminal.text()).toMatch(/Message ID +0x00000000 +0x00000000/)
    await press(terminal, 'escape')
    expect(terminal.line(1)).toMatch(/^► Ladder/)
  })
})

describeScreen('all negotiations', () => {
  it('are listed by a command, and open one by one', async () => {
    const terminal = await open([walkthrough], small)
    await press(terminal, ':', ...'ladder', 'return')
    await terminal.untilText('► Negotiations ─ 2 are in 12 packets')
    await press(terminal, 'j', 'return')
    expect(terminal.line(1)).toMatch(/^► Ladder 2 of 2/)
    await press(terminal, '[')
    expect(terminal.line(1)).toMatch(/^► Ladder 1 of 2/)
    await press(terminal, 'q', 'q', 'j')
    expect(selectedPacket(terminal)).toBe(2)
  })

  it('are none in a capture without any, and a sentence says so', async () => {
    const terminal = await open([bundled('gre-key.pcap')], small)
    await press(terminal, 'x')
    expect(lastLine(terminal)).toMatch(/there is no IKE negotiation, ESP or AH in \d+ packets$/)
  })
})

describeScreen('a capture that grows', () => {
  it('has its ladder grow with it', async () => {
    const fifo = join(temporaryFolder(), 'fifo')
    execFileSync('mkfifo', [fifo])
    const terminal = await run([...vpnscope, '-r', fifo], small)
    const bytes = readFileSync(refused)
    // The answer is the last record: 16 bytes of header and 78 of frame.
    const answer = bytes.length - 16 - 78
    const pipe = await openFile(fifo, 'w')
    try {
      await pipe.write(bytes.subarray(0, answer))
      await terminal.until(() => /of 3 packets/.test(terminal.line(0)), { what: 'three packets' })
      await press(terminal, '3', 'G', 'x')
      await terminal.untilText('IKE_SA_INIT request 0')
      expect(terminal.text()).not.toContain('NO_PROPOSAL_CHOSEN')
      await pipe.write(bytes.subarray(answer))
      await terminal.untilText('N(NO_PROPOSAL_CHOSEN)')
      await terminal.untilText('✗ error')
      expect(cursorLine(terminal)).toMatch(/^► +3 /)
    } finally {
      await pipe.close()
    }
  })
})
