import { expect, it } from 'vitest'
import { ipInIp } from '../capture/live/capturing.ts'
import { LiveProgram } from '../live-program.ts'
import { Cable, describeNetwork, Sender } from '../namespace.ts'

/** A UDP datagram from port 40000 without data, in IPv4 in an Ethernet broadcast, without checksums. */
const udp = Buffer.from(
  'ffffffffffff00005e0053020800450000200000400040110000c0000201c00002029c400035000c000000000000',
  'hex',
)

describeNetwork('a filter while packets come', () => {
  it('lets some of them through, which alone are counted', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const filter = 'inner.ip.dst == 10.0.0.2 && icmp'
    const args = ['-i', cable.here, '-c', '2', '--fields', 'frame.number,ip.dst', '-Y', filter]
    const program = await LiveProgram.listening(args)
    for (const frame of [udp, ipInIp(1), udp, ipInIp(2)]) await sender.send(frame)
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.lines.map(line => line.split(',').at(-1))).toEqual(['10.0.0.2', '10.0.0.2'])
    expect(program.lines.map(line => line.split('\t')[0])).toEqual(['2', '4'])
  })
})
