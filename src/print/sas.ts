import type { ByteWriter } from '../byte-writer.ts'
import type { Association, Story } from '../follow/story.ts'
import { counted } from '../follow/verdicts/case.ts'
import { Clock, type TimeStyle } from './clock.ts'
import { spiText } from './story-words.ts'

/** All security associations in words close to those of OpenBSD's `ipsecctl -sa -v`. */
export function printAssociations(out: ByteWriter, story: Story, style: TimeStyle): void {
  if (story.associations.length === 0) out.ascii(`no ESP or AH in ${counted(story.packets, 'packet')}\n`)
  const clock = new Clock(style)
  for (const association of story.associations) printAssociation(out, association, story, clock)
  for (const limit of story.limits) out.text(limit).ascii('\n')
}

/** One association: `esp from 192.168.1.2 to 192.168.1.1 spi 0xccde65d1`, and what was seen of it below. */
export function printAssociation(
  out: ByteWriter,
  association: Association,
  { associations }: Story,
  clock = new Clock('none'),
): void {
  const { protocol, source, destination, spi, packets, bytes, negotiation, opposite } = association
  const carried = encapsulationText(association)
  out.text(`${protocol} from ${source} to ${destination} spi ${spiText(spi)}${carried}`).ascii('\n')
  out.ascii(`\tcounter: ${counted(packets, 'packet')}, ${counted(bytes, 'byte')}\n`)
  out.ascii(`\treplay: ${replayText(association)}\n`)
  writePlace(out, 'first', association.firstPacket, association.firstTime, clock)
  writePlace(out, 'last', association.lastPacket, association.lastTime, clock)
  if (negotiation > 0) out.ascii(`\tnegotiation: ${negotiation}\n`)
  const other = associations[opposite]
  out.ascii(`\topposite: ${other ? `spi ${spiText(other.spi)}` : 'none seen'}\n`)
}

/** iked and the kernel of OpenBSD call it `udpencap`. */
function encapsulationText({ encapsulation, sourcePort, destinationPort }: Association): string {
  return encapsulation === 'native' ? '' : ` ${encapsulation}encap ${sourcePort}:${destinationPort}`
}

function replayText({ lowestSequence, highestSequence, missing, replays, late }: Association): string {
  const told = [
    `sequence ${lowestSequence} to ${highestSequence}`,
    `${missing} missing`,
    counted(replays, 'replay'),
    ...(late > 0 ? [`${late} too late to tell`] : []),
  ]
  return told.join(', ')
}

function writePlace(out: ByteWriter, word: string, packet: number, time: number, clock: Clock): void {
  out.ascii(`\t${word}: `)
  const micros = Math.round(time * 1e6)
  const seconds = Math.floor(micros / 1e6)
  clock.write(out, { seconds, fraction: micros - seconds * 1e6, digits: 6 })
  out.ascii(`packet ${packet}\n`)
}
