import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const packet = `60000000 0000 3b40 ${'20010db8000000000000000000000001'.repeat(2)}`
const teredo = (message: string) => peel(udp4(49153, 3544, message))

// The figures of RFC 4380 §5.1.1.
describe('Teredo', () => {
  it('reads authentication and origin in front of IPv6', () => {
    const { stack, values, show, places } = teredo(
      `0001 03 04 626f62 01020304 0123456789abcdef 01 0000 3ffe 3ffffdd2 ${packet}`,
    )
    expect(stack.slice(0, 4)).toEqual(['ip', 'udp', 'teredo', 'ipv6'])
    expect(values('teredo.auth.id')).toEqual(['626f62'])
    expect(values('teredo.auth.value')).toEqual(['01020304'])
    expect(values('teredo.auth.nonce')).toEqual(['0123456789abcdef'])
    expect(values('teredo.auth.conf')).toEqual(['01'])
    expect(show('teredo.orig.port')).toEqual(['49153 (0x3ffe inverted)'])
    expect(show('teredo.orig.addr')).toEqual(['192.0.2.45'])
    expect(places('teredo.auth')).toEqual(['224+160'])
  })

  it('goes without both', () => {
    expect(teredo(packet).stack.slice(2, 4)).toEqual(['teredo', 'ipv6'])
    expect(teredo('0000 3ffe 3ffffdd2').stack.at(-1)).toBe('teredo')
    expect(teredo('45000014').notes).toEqual(['warning: No IPv6 packet follows'])
  })

  it('refuses lengths that lie', () => {
    expect(teredo('0001 ff 00 00').notes).toEqual([
      'error: Malformed: Client identifier needs 255 bytes, Length leaves 1',
    ])
    expect(teredo('0000 3ffe').statuses.at(-1)).toBe('malformed')
  })
})
