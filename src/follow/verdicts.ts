import type { Association, Negotiation, Verdict } from './story.ts'
import { weakAlgorithms } from './verdicts/algorithms.ts'
import { children, refusedByShape, tornDown } from './verdicts/authentication.ts'
import { type Case, type Facts, type Rule, verdictOf, versionKey } from './verdicts/case.ts'
import { aggressivePsk, wrongSecret } from './verdicts/ikev1.ts'
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
import { type OfTraffic, oneWay, sequences, withoutIke } from './verdicts/traffic.ts'
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

const trafficRules: readonly ((facts: Facts) => OfTraffic[])[] = [oneWay, sequences, withoutIke]

/** So many of one kind about traffic tell enough. */
const keptOfAKind = 64

const order: Readonly<Record<Verdict['severity'], number>> = { error: 0, warning: 1, good: 2, info: 3 }

/** What is needed to judge each negotiation that was seen from its beginning. */
function casesOf(facts: Facts): Case[] {
  const those = new Map<number, Association[]>()
  for (const one of facts.associations) {
    const known = those.get(one.negotiation)
    if (known === undefined) those.set(one.negotiation, [one])
    else known.push(one)
  }
  const spoken = new Map<string, number>()
  for (const { messages } of facts.negotiations)
    for (const m of messages) {
      const key = versionKey(m.from.address, m.version)
      if (!spoken.has(key)) spoken.set(key, m.packet)
    }
  const next = new Map<Negotiation, Negotiation>()
  const latest = new Map<string, Negotiation>()
  for (const one of facts.negotiations) {
    const peers = `${one.initiator.address} ${one.responder.address}`
    const before = latest.get(peers)
    if (before !== undefined) next.set(before, one)
    latest.set(peers, one)
  }
  const isJudged = (n: Negotiation) => n.progress !== 'joined-in-the-middle' && n.messages.length > 0
  return facts.negotiations.filter(isJudged).map(negotiation => ({
    negotiation,
    associations: those.get(negotiation.number) ?? [],
    next: next.get(negotiation),
    facts,
    spoken,
  }))
}

/**
 * What the packets say about what went well and what went wrong: errors first, then warnings, good news and remarks.
 * Each verdict has packets that show it. What began before the capture did is not judged: its beginning may
 * explain everything.
 */
export function judge(facts: Facts): Verdict[] {
  const cases = casesOf(facts)
  const verdicts = [
    ...cases.flatMap(of =>
      rules.flatMap(rule => rule(of)).map(finding => verdictOf(finding, of.negotiation.number)),
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
