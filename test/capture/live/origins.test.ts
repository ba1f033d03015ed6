import { expect, it } from 'vitest'
import type { Interface } from '../../../src/capture/decoder.ts'
import { Origins } from '../../../src/capture/live/origins.ts'
import type { InterfaceDescription } from '../../../src/capture/pcapng-write.ts'
import { emptyFrame } from '../../../src/frame.ts'

const any: Interface = {
  id: 0,
  section: 0,
  linkType: 276,
  name: 'any',
  description: '',
  snapLength: 0,
  fcsBytes: 0,
  digits: 6,
  littleEndian: true,
}

/** A frame of LINKTYPE_LINUX_SLL2 with this index of its interface in it. */
function cooked(index: number) {
  const bytes = new Uint8Array(20)
  new DataView(bytes.buffer).setUint32(4, index)
  return { ...emptyFrame(), bytes, start: 0, capturedLength: bytes.length, linkType: 276 }
}

const listed = [
  { index: 1, name: 'lo' },
  { index: 2, name: 'eth0' },
]

function entering(isHere: boolean) {
  const entered: InterfaceDescription[] = []
  const enter = (described: InterfaceDescription) => entered.push(described) - 1
  return { entered, origins: new Origins('any', '', isHere, enter, () => listed) }
}

it('enters an interface once for each index, and for no more than a few thousand', () => {
  const { entered, origins } = entering(true)
  const ids = Array.from({ length: 4200 }, (_, i) => origins.of(cooked(100 + i), any).id)
  expect(new Set(ids.slice(0, 4096)).size).toBe(4096)
  expect(new Set(ids.slice(4096))).toEqual(new Set([4096]))
  expect(entered).toHaveLength(4097)
  expect(origins.of(cooked(105), any).id).toBe(5)
})

it('knows the interfaces of this system by name', () => {
  const { entered, origins } = entering(true)
  for (const index of [2, 1, 9]) origins.of(cooked(index), any)
  expect(entered.map(({ name }) => name)).toEqual(['eth0', 'lo', 'any'])
})

it('does not take the indexes of another system for those of this one, nor read those of frames that are cut', () => {
  const there = entering(false)
  expect([1, 2].map(index => there.origins.of(cooked(index), any).id)).toEqual([0, 0])
  const here = entering(true)
  here.origins.of({ ...cooked(1), capturedLength: 7 }, any)
  expect(here.entered.map(({ name }) => name)).toEqual(['any'])
})
