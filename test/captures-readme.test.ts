import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { captureFile, captureNames, framesOf } from './captures.ts'

const rows = Array.from(
  readFileSync(captureFile('README.md'), 'utf8').matchAll(/^\| `(\S+\.pcap(?:ng)?)` \| (\d+) \| .* \|$/gm),
  ([row, name, packets]) => ({ row, name: name!, packets: Number(packets) }),
)

it('lists every capture once', () => {
  expect(rows.map(({ name }) => name).sort()).toEqual([...captureNames].sort())
})

it.each(rows)('counts the packets of $name', async ({ name, packets }) => {
  expect(await framesOf(captureFile(name))).toHaveLength(packets)
})

it.each(rows)('tells of the keys of $name', ({ row, name }) => {
  const keys = captureFile(name.replace(/\.pcap(ng)?$/, '.keys'))
  const told = [
    ['kernel', 'ip-xfrm-state.txt'],
    ['`esp_sa`', 'esp_sa'],
    ['IKEv1, ', 'ikev1_decryption_table'],
    ['IKEv2, ', 'ikev2_decryption_table'],
  ] as const
  const column = existsSync(keys) ? row.split('|').at(-2)! : ''
  for (const [word, file] of told)
    expect([file, existsSync(`${keys}/${file}`)]).toEqual([file, column.includes(word)])
})
