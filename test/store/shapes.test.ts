import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { allProtocols } from '../../src/dissect/protocol.ts'
import { noShape, Shapes } from '../../src/store/shapes.ts'
import { frameOf, hexBytes, raw } from '../peel.ts'

const header = (protocol: string) => `4500 0020 0001 0000 40${protocol} 0000 c0000201 c0000202`
const dissector = newDissector()
const shapeOf = (shapes: Shapes, hex: string) =>
  shapes.intern(dissector.dissect(frameOf(hexBytes(hex), raw), 'peel'))
const udp = `${header('11')} 1234 5678 000c 0000 00000000`

describe('shapes', () => {
  it('are equal for packets of the same layers at the same places, whatever they hold', () => {
    const shapes = new Shapes()
    const first = shapeOf(shapes, udp)
    expect(shapeOf(shapes, udp.replace('c0000201', '0a000001'))).toBe(first)
    expect(shapeOf(shapes, header('fd') + '00'.repeat(12))).not.toBe(first)
    expect(shapes.count).toBe(2)
  })

  it('tell what the packet is made of', () => {
    const shapes = new Shapes()
    const shape = shapes.get(shapeOf(shapes, udp))!
    expect(shape.protocols.map(p => p.id).filter(id => id !== 'raw')).toEqual(['ip', 'udp', 'data'])
    expect(shape.starts.slice(-3)).toEqual([0, 20, 28])
  })

  it('are for layers that begin within four megabytes', () => {
    const shapes = new Shapes()
    const found = dissector.dissect(frameOf(hexBytes(udp), raw), 'peel')
    const near = shapes.intern(found)
    found.starts[1] = found.starts[1]! + (1 << 22)
    expect(shapes.intern(found)).toBe(noShape)
    expect(shapes.get(near)!.starts).not.toContain(1 << 22)
    expect(allProtocols.length).toBeLessThan(512)
  })

  it('run out visibly', () => {
    const shapes = new Shapes()
    const found = dissector.dissect(frameOf(hexBytes(udp), raw), 'peel')
    const last = found.layerCount - 1
    for (let i = 0; i < noShape; i++) {
      found.starts[last] = i + 100
      expect(shapes.intern(found)).toBe(i)
    }
    found.starts[last] = 99
    expect(shapes.intern(found)).toBe(noShape)
    found.starts[last] = 100
    expect(shapes.intern(found)).toBe(0)
  })
})
