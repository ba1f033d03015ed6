import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tourNamed } from '../../src/print/tours.ts'
import { textOf } from '../../src/tui/text.ts'
import { tourRows, tourTitle } from '../../src/tui/touring.ts'
import { captureFile } from '../captures.ts'
import { At, facts } from './at.ts'

const { tour } = tourNamed('gre', pathToFileURL(`${captureFile('')}/`))
const begun = async () => (await At.open(tour.capture)).do({ type: 'tour', tour })
const pathOf = ({ detail, state }: At) => detail.nodes[state.selected]!.path

describe('a tour', () => {
  it('puts the cursor where each step points, and back', async () => {
    const at = await begun()
    expect([at.state.packet, tourTitle(at.state), at.state.filter?.text]).toEqual([
      3,
      'GRE, step 1 of 9',
      'gre',
    ])
    expect(pathOf(at.press('space'))).toBe('eth/ip ip.proto')
    expect(pathOf(at.press('space', 'space'))).toBe('eth/ip/gre gre.flags_and_version gre.flags.key')
    expect(tourRows(at.state, 80).map(textOf).join(' ')).toContain('one bit is set')
    expect(pathOf(at.press('backspace', 'backspace'))).toBe('eth/ip ip.proto')
    expect(at.press('backspace', 'backspace').state.message?.text).toBe('this is where the tour begins')
  })

  it('goes on to other packets, and ends', async () => {
    const at = (await begun()).press(...Array(8).fill('space'))
    expect([at.state.packet, tourTitle(at.state)]).toEqual([4, 'GRE, step 9 of 9'])
    expect(at.press('space').state.message?.text).toContain('last step')
    expect(tourTitle(at.state)).toBe('GRE, step 9 of 9')
  })

  it('leaves all other keys as they are', async () => {
    const at = (await begun()).press('space', 'j')
    expect(pathOf(at)).toBe('eth/ip ip.checksum')
    at.press('/')
    expect(at.press('escape').state.prompt).toBeUndefined()
    expect(tourTitle(at.state)).not.toBe('')
  })

  it('is left by Escape and gone on with', async () => {
    const at = (await begun()).press('space', 'escape')
    expect([tourTitle(at.state), tourRows(at.state, 80)]).toEqual(['', []])
    // Space walks on again, as without a tour.
    expect(pathOf(at.press('space'))).toBe('eth/ip ip.checksum')
    at.press(':').type('tour-resume').press('return')
    expect([tourTitle(at.state), pathOf(at)]).toEqual(['GRE, step 2 of 9', 'eth/ip ip.proto'])
  })

  it('waits for packets that are still being read', async () => {
    const at = await At.open(tour.capture)
    at.do({ type: 'opened', capture: facts(2, { complete: false }) }, { type: 'tour', tour })
    expect(at.state.packet).toBe(1)
    at.do({ type: 'surveyed', capture: facts(8) })
    expect(at.state.packet).toBe(3)
    // Whoever looks elsewhere is not called back.
    at.press(']').do({ type: 'surveyed', capture: facts(8) })
    expect(at.state.packet).toBe(4)
  })

  it('says where the capture is not what it expects', async () => {
    const at = (await At.open('walkthrough.pcap')).do({ type: 'tour', tour }).press('space', 'space')
    expect(at.state.message?.text).toBe('packet 3 has no gre.flags_and_version as the tour expects it')
  })

  it('cannot be gone on with where none was begun', async () => {
    const at = (await At.open(tour.capture)).press(':').type('tour-resume').press('return')
    expect(at.state.message?.text).toContain('no tour was begun')
  })
})
