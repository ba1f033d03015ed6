import { expect, it } from 'vitest'
import { cursorLine } from './screen-parts.ts'
import { bundled, describeScreen, open, press, words } from './vpnscope.ts'

const capture = bundled('ikev2-no-proposal-chosen.pcap')

describeScreen('someone whose port is not the usual one', () => {
  it('has it decoded with a key or on the command line, and goes back', async () => {
    const terminal = await open(['-d', 'udp.port=500:data', capture])
    await press(terminal, 'down', 'down')
    expect(cursorLine(terminal, 'packets')).not.toMatch(/IKE_SA_INIT/)
    await press(terminal, 'd')
    expect(words(terminal)).toContain(':decode udp.port=500:')
    terminal.press('i')
    terminal.press('k')
    terminal.press('e')
    await press(terminal, 'return')
    await terminal.until(() => words(terminal).includes('decoding udp.port=500:isakmp'), {
      what: 'the sentence about the rule',
    })
    await terminal.until(() => /IKE_SA_INIT/.test(cursorLine(terminal, 'packets')), {
      what: 'the packet as IKE',
    })
    terminal.press(':')
    for (const key of 'decode clear') terminal.press(key === ' ' ? 'space' : key)
    terminal.press('return')
    await terminal.until(() => words(terminal).includes('decoding as the numbers say'), {
      what: 'the sentence that it is over',
    })
  })
})
