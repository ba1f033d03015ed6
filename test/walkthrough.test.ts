import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newDissector } from '../dissectors/index.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import { TcpdumpPrinter } from '../src/print/tcpdump.ts'
import { captureFile, framesOf } from './captures.ts'

// captures/walkthrough.txt is what OpenBSD's tcpdump -XXvvv printed for these packets, as an article shows it: header
// lines wrapped by hand, some margins lost, one line without its ASCII column. Everything else has to be equal.

type Block = { header: string; dump: string[] }

const isDump = (line: string) => /^\s*[0-9a-f]{4}: /.test(line)

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n')) {
    if (/^\d\d:\d\d:\d\d\.\d{6} /.test(line)) blocks.push({ header: line, dump: [] })
    else if (isDump(line)) blocks.at(-1)?.dump.push(line.trim())
    else if (line.trim() !== '' && blocks.length > 0) blocks.at(-1)!.header += ` ${line}`
  }
  for (const block of blocks) block.header = block.header.replace(/\s+/g, ' ')
  return blocks
}

it('prints the article', async () => {
  const article = blocksOf(readFileSync(captureFile('walkthrough.txt'), 'utf8'))
  const out = new ByteWriter()
  const options = { verbose: 3, numeric: false, link: false, quiet: false }
  const printer = new TcpdumpPrinter(newDissector(), out, 'local', options, { ascii: true, link: true })
  const zone = process.env['TZ']
  process.env['TZ'] = 'UTC'
  for (const frame of await framesOf(captureFile('walkthrough.pcap'))) printer.print(frame)
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  const ours = blocksOf(out.toString())

  expect(article.length).toBe(12)
  expect(ours.map(block => block.header)).toEqual(article.map(block => block.header))
  let withoutText = 0
  article.forEach((block, i) => {
    expect(ours[i]!.dump.length).toBe(block.dump.length)
    block.dump.forEach((line, k) => {
      const own = ours[i]!.dump[k]!
      if (own === line) return
      expect(own.startsWith(line)).toBe(true)
      withoutText++
    })
  })
  expect(withoutText).toBe(1)
})
