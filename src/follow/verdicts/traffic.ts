import type { Association } from '../story.ts'
import { counted, type Facts, type Finding } from './case.ts'
import { showStates } from './settings.ts'

/** Fewer packets one way may just be a question that nobody had to answer. */
const oneWayPackets = 3
/** So many packets and seconds without one that comes back are a direction that stopped, or fewer packets and more seconds. */
const silentPackets = 10
const busySeconds = 5
const silentSeconds = 30
/** It has to last so many times as long as nothing came back before. */
const farBeyond = 3
/** Lost packets are worth a word from this many on, and from this share. */
const missingPackets = 3
const missingShare = 0.01
const latePackets = 10

const spiText = (spi: number) => `0x${spi.toString(16).padStart(8, '0')}`
const nameOf = (a: Association) =>
  `${a.protocol.toUpperCase()} ${spiText(a.spi)} from ${a.source} to ${a.destination}`
const ends = (a: Association) => [a.firstPacket, a.lastPacket]

/** Nobody answers a group: 224.0.0.0/4, ff00::/8, and broadcasts. */
const isGroup = (address: string) => /^(22[4-9]|23\d)\.|^ff|^255\.255\.255\.255$/i.test(address)

/** A verdict on an association, with the negotiation that it belongs to. */
export type OfTraffic = { readonly finding: Finding; readonly negotiation: number }

/** Traffic in one direction only, counted by the addresses: rekeyed associations follow each other. */
export function oneWay(facts: Facts): OfTraffic[] {
  const key = (a: Association, from: string, to: string) => `${a.protocol} ${from} ${to}`
  const seen = new Set(facts.associations.map(a => key(a, a.source, a.destination)))
  // Of these only one direction of IKE was captured, and that has been said.
  const halves = new Set(
    facts.negotiations
      .filter(n => new Set(n.messages.map(m => m.fromInitiator)).size === 1)
      .map(n => n.number),
  )
  const silent = facts.associations.filter(
    a =>
      a.opposite < 0 &&
      !halves.has(a.negotiation) &&
      a.packets >= oneWayPackets &&
      !isGroup(a.destination) &&
      !seen.has(key(a, a.destination, a.source)),
  )
  return silent.map(a => ({
    negotiation: a.negotiation,
    finding: {
      id: `${a.protocol}-one-way`,
      severity: 'warning',
      title: `${nameOf(a)}: ${counted(a.packets, 'packet')} one way, and none came back.`,
      cause: `${a.destination} drops them (no such SA, another key, a policy or firewall that does not fit), its answers take another way, or the firewall lets ${a.protocol.toUpperCase()} pass in one direction only. Traffic that needs no answer looks the same, and so does a capture that sees one direction.`,
      advice: `On ${a.destination}: ${showStates}: do the counters of ${spiText(a.spi)} grow? Then the firewall there and the route back to what is behind ${a.source}.`,
      packets: ends(a),
      spis: [a.spi],
    },
  }))
}

/** One direction goes on and the other one, which ran too, has stopped: counted by the addresses, as above. */
export function stoppedOneWay(facts: Facts): OfTraffic[] {
  const between = new Map<string, Association[]>()
  const key = (a: Association, from: string, to: string) => `${a.protocol} ${from} ${to}`
  for (const a of facts.associations) {
    const direction = key(a, a.source, a.destination)
    const others = between.get(direction)
    if (others) others.push(a)
    else between.set(direction, [a])
  }
  return [...between.values()].flatMap(there => {
    const first = there[0]!
    const back = between.get(key(first, first.destination, first.source)) ?? []
    const finding = first.source === first.destination ? undefined : stopped(there, back)
    return finding ? [{ finding, negotiation: there.at(-1)!.negotiation }] : []
  })
}

/** Undefined where both directions run, or what is there may be a question that needs no answer. */
function stopped(there: readonly Association[], back: readonly Association[]): Finding | undefined {
  const unanswered = there.filter(a => a.silence !== undefined)
  const silence = unanswered[0]?.silence
  if (silence === undefined) return undefined
  const packets = sum(unanswered.map(a => a.silence?.packets ?? 0))
  const seconds = Math.max(...unanswered.map(a => a.lastTime)) - silence.sinceTime
  const isLong =
    (packets >= silentPackets && seconds >= busySeconds) ||
    (packets >= oneWayPackets && seconds >= silentSeconds)
  const usual = silence.longestBefore * farBeyond
  const ranBoth = sum(back.map(a => a.packets)) >= oneWayPackets && sum(there.map(a => a.packets)) > packets
  return isLong && seconds > usual && ranBoth ? stop(unanswered, back, packets, seconds) : undefined
}

function stop(
  there: readonly Association[],
  back: readonly Association[],
  packets: number,
  seconds: number,
): Finding {
  const last = there.at(-1)!
  const { source, destination, protocol, silence } = last
  const name = protocol.toUpperCase()
  return {
    id: `looks-${protocol}-stopped-one-way`,
    severity: 'warning',
    title: `${name} from ${destination} to ${source} stops at packet ${silence?.since}, and ${name} from ${source} goes on: ${counted(packets, 'packet')} in ${Math.round(seconds)} s without one that comes back.`,
    cause: `${destination} has lost the association (a restart, an SA that expired and was not rekeyed, a rekeying of which one side knows nothing), its address behind a NAT has changed, or something on the way drops one direction now. A guess: traffic that needs no answer looks the same.`,
    advice: `On ${destination}: ${showStates}: is there an SA with SPI ${spiText(last.spi)}, and do its counters grow? If not, look at dead peer detection (\`dpd_delay\` in swanctl.conf, \`dpdaction\` in ipsec.conf) and at the lifetimes of both sides.`,
    packets: [silence?.since ?? 0, ...back.slice(-1).map(a => a.lastPacket), ...there.map(a => a.lastPacket)],
    spis: [...there, ...back.slice(-1)].map(a => a.spi),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** Associations that no negotiation of the capture precedes: one finding for all of them. */
export function withoutIke(facts: Facts): OfTraffic[] {
  const alone = facts.associations.filter(a => a.negotiation === 0)
  const first = alone[0]
  if (first === undefined) return []
  const who = alone.length === 1 ? nameOf(first) : `${alone.length} associations, first ${nameOf(first)}`
  return [
    {
      negotiation: 0,
      finding: {
        id: 'esp-without-ike',
        severity: 'info',
        title: `No negotiation was captured for ${who}.`,
        cause: 'It was made before the capture began or on another path, or the keys were set by hand.',
        advice:
          '`ip xfrm state` or `ipsecctl -sa` show the keys and when they were made; start the capture first, then the connection, to see how it is negotiated.',
        packets: alone.slice(0, 12).map(a => a.firstPacket),
        spis: alone.slice(0, 12).map(a => a.spi),
      },
    },
  ]
}

function replayed(a: Association): Finding {
  const isTwice = a.replays >= a.packets / 2 - 1
  return {
    id: 'replayed-packets',
    severity: 'warning',
    title: `${nameOf(a)}: ${counted(a.replays, 'packet')} of ${a.packets} brought a sequence number again.`,
    cause: isTwice
      ? 'Every packet is there twice: it was most likely captured in two places (two interfaces, both sides of a bridge, a mirror port).'
      : 'Packets were doubled on the way, the sender started counting anew without a new SA, or somebody plays them back. The receiver drops what it has seen.',
    advice: isTwice
      ? 'Capture on one interface only: `tcpdump -ni eth0` instead of `-i any`.'
      : `${showStates} count what was dropped as a replay.`,
    packets: ends(a),
    spis: [a.spi],
  }
}

const missing = (a: Association): Finding => ({
  id: 'missing-packets',
  severity: 'warning',
  title: `${nameOf(a)}: ${counted(a.missing, 'sequence number')} between ${a.lowestSequence} and ${a.highestSequence} ${a.missing === 1 ? 'is' : 'are'} missing.`,
  cause:
    'Lost before the place of the capture, or by the capture itself; packets of other paths do not come by here.',
  advice:
    'Does the capturing program report drops? If not, look for loss between the sender and here: `ping`, `mtr`, counters of the interfaces.',
  packets: ends(a),
  spis: [a.spi],
})

const late = (a: Association): Finding => ({
  id: 'late-packets',
  severity: 'warning',
  title: `${nameOf(a)}: ${counted(a.late, 'packet')} of ${a.packets} came far too late to tell whether they are new.`,
  cause:
    'Packets overtake each other by more than a replay window: several paths, or queues that hold some of them back.',
  advice:
    'A receiver drops what is older than its window: `replay_window` in swanctl.conf, `replay-window` in ipsec.conf (Libreswan).',
  packets: ends(a),
  spis: [a.spi],
})

/** Sequence numbers that say that something is wrong on the way. */
export function sequences(facts: Facts): OfTraffic[] {
  return facts.associations.flatMap(a => {
    const span = a.highestSequence - a.lowestSequence + 1
    const findings = [
      ...(a.replays > 0 ? [replayed(a)] : []),
      ...(a.missing >= missingPackets && a.missing > span * missingShare ? [missing(a)] : []),
      ...(a.late >= latePackets ? [late(a)] : []),
    ]
    return findings.map(finding => ({ finding, negotiation: a.negotiation }))
  })
}
