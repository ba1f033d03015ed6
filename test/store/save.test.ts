import { spawnSync } from 'node:child_process'
import { linkSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { openSource } from '../../src/capture/source.ts'
import { Capture } from '../../src/store/capture.ts'
import { save } from '../../src/store/save.ts'
import { hex, joined, onePacket, readAll, temporaryDirectory, twoRecords } from '../capture/bytes.ts'
import { captureFile, captureNames } from '../captures.ts'

const files = temporaryDirectory()
const captures: Capture[] = []

async function opened(path: string): Promise<Capture> {
  const capture = await Capture.begin(path)
  captures.push(capture)
  await capture.survey()
  return capture
}

afterEach(() => {
  for (const capture of captures.splice(0)) capture.close()
  expect(readdirSync(files.directory).filter(name => name.endsWith('.tmp'))).toEqual([])
})

const contents = async (path: string) => readAll(await openSource(path))

/** What of a frame every format keeps. */
const essence = ({ frames }: Awaited<ReturnType<typeof contents>>) =>
  frames.map(({ seconds, fraction, digits, wireLength, linkType, bytes }) => ({
    time: `${seconds}.${String(fraction).padStart(digits, '0')}`,
    wireLength,
    linkType,
    bytes: Buffer.from(bytes).toString('hex'),
  }))

describe('what is saved', () => {
  it.each(captureNames)('of %s is what was there', async name => {
    const path = files.path(`copy-${name.replace(/\.pcap$/, '')}.pcapng`)
    const capture = await opened(captureFile(name))
    expect(await save(capture, path, 'all')).toBe(capture.count)
    const [before, after] = [await contents(captureFile(name)), await contents(path)]
    expect(essence(after)).toEqual(essence(before))
    expect(after.frames.map(frame => frame.comments)).toEqual(before.frames.map(frame => frame.comments))
    const named = (of: typeof before) =>
      of.frames.map(frame => of.source.interfaces[Math.max(frame.interfaceId, 0)]?.name)
    expect(named(after)).toEqual(named(before))
  })

  it('is a choice, in the order that is asked for', async () => {
    const name = captureFile('walkthrough.pcap')
    const path = files.path('choice.pcap')
    expect(await save(await opened(name), path, new Set([3, 1, 2]))).toBe(3)
    const all = essence(await contents(name))
    expect(essence(await contents(path))).toEqual([all[2], all[0], all[1]])
    expect(readFileSync(path).readUInt32LE(0)).toBe(0xa1b2c3d4)
  })

  it('has the comments and the secrets, where the format can', async () => {
    const section = hex(
      '0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0100 0200 6869 0000 00000000 28000000',
    )
    const secrets = hex('0a000000 18000000 4b534c54 03000000 616263 00 18000000')
    const commented = hex(`06000000 30000000 00000000 240a0600 40222018 03000000 3c000000 616263 00
      0100 0300 6d7565 00 0000 0000 30000000`)
    const capture = await opened(
      files.write('keys.pcapng', joined(section, onePacket.subarray(28), secrets, commented)),
    )
    const path = files.path('keys-copy')
    expect(await save(capture, path, [2])).toBe(1)
    const { frames, source } = await contents(path)
    expect(frames.map(frame => frame.comments)).toEqual([['mue']])
    expect(source.sectionComments).toEqual(['hi'])
    expect(source.secrets).toEqual([{ type: 0x544c534b, data: hex('616263') }])
    await save(capture, files.path('keys.cap'), 'all')
    expect(essence(await contents(files.path('keys.cap')))).toEqual(
      essence(await contents(files.path('keys.pcapng'))),
    )
  })

  it('may be nothing, of the link type that the capture has', async () => {
    const capture = await opened(captureFile('lt-raw-ipip-dev.pcap'))
    expect(await save(capture, files.path('none.pcap'), [])).toBe(0)
    const bytes = readFileSync(files.path('none.pcap'))
    expect([bytes.length, bytes.readUInt32LE(20)]).toEqual([24, capture.interfaces[0]!.linkType])
  })

  it('reports how far it is, and lets others have their turn', async () => {
    const capture = await opened(files.write('turns.pcap', twoRecords))
    const reports: number[] = []
    let turns = 0
    const clock = setInterval(() => turns++, 0)
    function* untilThereWereTurns(): Generator<number> {
      while (turns < 3) yield 1
    }
    const written = await save(capture, files.path('turns-copy.pcap'), untilThereWereTurns(), {
      progress: count => reports.push(count),
    })
    clearInterval(clock)
    expect(reports.length).toBeGreaterThanOrEqual(3)
    expect(reports.at(-1)).toBeLessThanOrEqual(written)
    expect(statSync(files.path('turns-copy.pcap')).size).toBe(24 + written * 20)
  })
})

/** Identification and total length of an IPv4 header at the start of a frame, as tshark has them of the packet before. */
const identities = ({ frames }: Awaited<ReturnType<typeof contents>>) =>
  frames.map(({ bytes, start }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + start)
    return [view.getUint16(4).toString(16).padStart(4, '0'), view.getUint16(2)]
  })

describe('what is inside tunnels', () => {
  it('is saved as packets that begin with their IP header, whatever was around them', async () => {
    // Packets 1 to 4 of the article: IPv4 in IPv4, IPv4 in IPv6; tshark has the inner ip.id and ip.len. IKE has no tunnel.
    const capture = await opened(captureFile('walkthrough.pcap'))
    const path = files.path('inner.pcapng')
    expect(await save(capture, path, 'all', { innermost: true })).toBe(4)
    const inner = await contents(path)
    expect(identities(inner)).toEqual([
      ['b1f6', 84],
      ['0461', 84],
      ['ea18', 84],
      ['c476', 84],
    ])
    expect(inner.frames.map(({ linkType, wireLength }) => [linkType, wireLength])).toEqual(
      Array(4).fill([101, 84]),
    )
    const before = await contents(captureFile('walkthrough.pcap'))
    const times = (of: typeof before) => of.frames.map(({ seconds, fraction }) => [seconds, fraction])
    expect(times(inner)).toEqual(times(before).slice(0, 4))
    // The article's capture stopped at 102 bytes of 104: of the inner packet 82 are left.
    expect(inner.frames[0]!.capturedLength).toBe(82)
  })

  it('is put together where the tunnel cut it into fragments', async () => {
    const capture = await opened(captureFile('frag-outer-ipip.pcap'))
    const path = files.path('inner.pcap')
    expect(await save(capture, path, [3, 4, 5, 6], { innermost: true })).toBe(2)
    const inner = await contents(path)
    expect(identities(inner)).toEqual([
      ['1387', 1500],
      ['bced', 1500],
    ])
    expect(inner.frames.map(({ capturedLength }) => capturedLength)).toEqual([1500, 1500])
  })

  it('is the innermost of many', async () => {
    const capture = await opened(captureFile('jenga.pcap'))
    const path = files.path('inner.pcapng')
    expect(await save(capture, path, 'all', { innermost: true })).toBe(2)
    const { frames } = await contents(path)
    const ends = frames.map(({ bytes, start }) => [...bytes.subarray(start + 12, start + 20)].join('.'))
    // Its README: a ping from 10.27.0.1 to 10.27.0.2, and the answer.
    expect(ends).toEqual(['10.27.0.1.10.27.0.2', '10.27.0.2.10.27.0.1'])
  })

  it('is nothing where there are no tunnels', async () => {
    const capture = await opened(captureFile('dns.pcap'))
    const path = files.path('inner.pcap')
    expect(await save(capture, path, 'all', { innermost: true })).toBe(0)
    expect((await contents(path)).frames).toEqual([])
  })
})

describe('nothing is left', () => {
  function* forever(): Generator<number> {
    for (;;) yield 1
  }

  it('of what was stopped', async () => {
    const capture = await opened(files.write('stopped.pcap', twoRecords))
    const stop = new AbortController()
    const kept = files.write('kept.pcap', 'precious')
    const options = { signal: stop.signal, progress: () => stop.abort() }
    expect(await save(capture, kept, forever(), options)).toBe(0)
    expect(readFileSync(kept, 'utf8')).toBe('precious')
    expect(await save(capture, files.path('new.pcap'), 'all', { signal: AbortSignal.abort() })).toBe(0)
    expect(readdirSync(files.directory)).not.toContain('new.pcap')
  })

  it('of what failed', async () => {
    const capture = await opened(files.write('failed.pcap', twoRecords))
    truncateSync(files.path('failed.pcap'), 50)
    const kept = files.write('kept.pcap', 'precious')
    await expect(save(capture, kept, 'all')).rejects.toThrow('frame 2 is gone')
    expect(readFileSync(kept, 'utf8')).toBe('precious')
    const raw = hex(`01000000 14000000 6500 0000 00000400 14000000
      06000000 24000000 01000000 240a0600 40222018 03000000 3c000000 616263 00 24000000`)
    const mixed = await opened(files.write('mixed.pcapng', joined(onePacket, raw)))
    await expect(save(mixed, kept, 'all')).rejects.toThrow(
      'a pcap file of EN10MB holds no other; write pcapng',
    )
    expect(readFileSync(kept, 'utf8')).toBe('precious')
    await expect(save(capture, files.path('nowhere/a.pcap'), [1])).rejects.toThrow(CaptureError)
  })
})

describe('refused is', () => {
  it('the capture being shown, under any name', async () => {
    const shown = files.write('shown.pcap', twoRecords)
    const capture = await opened(shown)
    symlinkSync(shown, files.path('symbolic.pcap'))
    linkSync(shown, files.path('hard.pcap'))
    for (const path of [shown, files.path('symbolic.pcap'), files.path('hard.pcap')]) {
      const saved = save(capture, path, [1])
      await expect(saved).rejects.toThrow(CaptureError)
      await expect(saved).rejects.toThrow(`${path}: is the capture being shown; choose another name`)
    }
    expect(Uint8Array.from(readFileSync(shown))).toEqual(twoRecords)
  })

  it('what is no file', async () => {
    const capture = await opened(files.write('plain.pcap', twoRecords))
    const pipe = files.path('pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    for (const path of [pipe, files.directory, '/dev/null'])
      await expect(save(capture, path, 'all')).rejects.toThrow(`${path}: is no ordinary file`)
    await expect(save(capture, '-', 'all')).rejects.toThrow('standard output is the terminal')
  })
})

/** Microseconds, nanoseconds, another link type: what the header of a pcap file tells apart. */
const alsoAsPcap = new Set(['walkthrough.pcap', 'ts-nano.pcap', 'lt-any-sll2.pcap'])

const installed = spawnSync('tshark', ['--version']).status === 0

/** What tshark tells of each packet of a file. */
function tshark(file: string): string[] {
  const names = ['time_epoch', 'len', 'cap_len', 'encap_type', 'protocols', 'comment'].map(
    name => `frame.${name}`,
  )
  const fields = [...names, 'ip.checksum', 'ipv6.plen', 'esp.sequence'].flatMap(name => ['-e', name])
  const { status, stdout } = spawnSync('tshark', ['-n', '-r', file, '-T', 'fields', ...fields], {
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  return stdout.split('\n')
}

/** One capture of each format and link type: what every capture has in common is compared above, without tshark. */
const oneOfEach = new Map(
  captureNames.map(name => {
    const header = readFileSync(captureFile(name))
    const isPcapng = header.readUInt32LE(0) === 0x0a0d0d0a
    return [isPcapng ? name : `${header.readUInt32LE(0)} ${header.readUInt32LE(20)}`, name]
  }),
)

describe.skipIf(!installed)('tshark reads the same', () => {
  it.each([...oneOfEach.values(), ...alsoAsPcap])(
    'of %s as it was and as it was saved',
    { timeout: 60_000 },
    async name => {
      const capture = await opened(captureFile(name))
      const copies = [files.path('copy.pcapng')]
      if (alsoAsPcap.has(name)) copies.push(files.path('copy.pcap'))
      const before = tshark(captureFile(name))
      expect(before.length).toBe(capture.count + 1)
      for (const copy of copies) {
        await save(capture, copy, 'all')
        expect(tshark(copy)).toEqual(before)
      }
    },
  )
})
