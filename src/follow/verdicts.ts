import type { Association, Negotiation, Verdict } from './story.ts'
import { weakAlgorithms } from './verdicts/algorithms.ts'
import { children, refusedByShape, tornDown } from './verdicts/authentication.ts'
import {
  Answers,
  type Case,
  type Facts,
  type Rule,
  startsHere,
  verdictOf,
  versionKey,
} from './verdicts/case.ts'
import {
  aggressivePsk,
  aggressiveRefused,
  mainModeStalled,
  quickModeRefused,
  wrongSecret,
  xauthRefused,
} from './verdicts/ikev1.ts'
import { ahThroughNat, natFound } from './verdicts/nat.ts'
import { deleted, established, quickModes } from './verdicts/outcome.ts'
import { cookieAsked, refused, unfairChoice } from './verdicts/refused.ts'
import {
  answerFragmentsLost,
  answersLost,
  authUnanswered,
  deadPeer,
  nothingAfterInit,
} from './verdicts/stalled.ts'
import { type OfTraffic, oneWay, sequences, stoppedOneWay, withoutIke } from './verdicts/traffic.ts'
import { lateRefusals, oneDirectionCaptured, unanswered } from './verdicts/unanswered.ts'

/** Each looks at one negotiation from one side and knows nothing of the others. */
const rules: readonly Rule[] = [
  unanswered,
  oneDirectionCaptured,
  lateRefusals,
  refused,
  unfairChoice,
  cookieAsked,
  authUnanswered,
  answerFragmentsLost,
  nothingAfterInit,
  refusedByShape,
  tornDown,
  wrongSecret,
  aggressiveRefused,
  mainModeStalled,
  xauthRefused,
  quickModeRefused,
  aggressivePsk,
  weakAlgorithms,
  natFound,
  ahThroughNat,
  deadPeer,
  answersLost,
  established,
  children,
  quickModes,
  deleted,
]

/** What needs no beginning: who falls silent does so whatever came before. */
const rulesFromTheMiddle: readonly Rule[] = [deadPeer, answersLost]

const rulesFor = (negotiation: Negotiation) => (startsHere(negotiation) ? rules : rulesFromTheMiddle)

const trafficRules: readonly ((facts: Facts) => OfTraffic[])[] = [
  oneWay,
  stoppedOneWay,
  sequences,
  withoutIke,
]

/** So many of one kind about traffic tell enough. */
const keptOfAKind = 64

const order: Readonly<Record<Verdict['severity'], number>> = { error: 0, warning: 1, good: 2, info: 3 }

/** Of one address no more negotiations are looked through for what it takes. */
const keptOfAPeer = 64

/** What each negotiation is judged beside: what the other ones of its peers show. */
class Neighbours {
  readonly #spoken = new Map<string, number>()
  readonly #ofPeer = new Map<string, Negotiation[]>()
  readonly #next = new Map<Negotiation, Negotiation>()
  readonly #associations = new Map<number, Association[]>()

  constructor(facts: Facts) {
    for (const one of facts.associations) append(this.#associations, one.negotiation, one)
    const latest = new Map<string, Negotiation>()
    for (const one of facts.negotiations) {
      const { initiator, responder, messages } = one
      const peers = `${initiator.address} ${responder.address}`
      const before = latest.get(peers)
      if (before !== undefined) this.#next.set(before, one)
      latest.set(peers, one)
      append(this.#ofPeer, initiator.address, one, keptOfAPeer)
      append(this.#ofPeer, responder.address, one, keptOfAPeer)
      for (const m of messages) {
        const key = versionKey(m.from.address, m.version)
        if (!this.#spoken.has(key)) this.#spoken.set(key, m.packet)
      }
    }
  }

  caseOf(negotiation: Negotiation): Case {
    return {
      negotiation,
      answers: new Answers(negotiation.messages),
      associations: this.#associations.get(negotiation.number) ?? [],
      ofResponder: this.#ofPeer.get(negotiation.responder.address) ?? [],
      next: this.#next.get(negotiation),
      spoken: this.#spoken,
    }
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V, kept = Number.POSITIVE_INFINITY): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else if (list.length < kept) list.push(value)
}

/**
 * What the packets say about what went well and what went wrong: errors first, then warnings, good news and remarks.
 * Each verdict has packets that show it. What began before the capture did is hardly judged: its beginning may
 * explain everything.
 */
export function judge(facts: Facts): Verdict[] {
  const neighbours = new Neighbours(facts)
  const cases = facts.negotiations
    .filter(n => n.messages.length > 0)
    .map(negotiation => neighbours.caseOf(negotiation))
  const verdicts = [
    ...cases.flatMap(of =>
      rulesFor(of.negotiation)
        .flatMap(rule => rule(of))
        .map(finding => verdictOf(finding, of.negotiation.number)),
    ),
    ...trafficRules.flatMap(rule => {
      return rule(facts)
        .slice(0, keptOfAKind)
        .map(({ finding, negotiation }) => verdictOf(finding, negotiation))
    }),
  ]
  return verdicts
    .filter(verdict => verdict.packets.length > 0)
    .sort((a, b) => order[a.severity] - order[b.severity])
}
