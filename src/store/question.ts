import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Selection } from '../dissect/selection.ts'
import { noShape, type Shape } from './shapes.ts'

/** What is asked of each packet. */
export type Question = {
  /** How closely a packet has to be looked at, where its layers do not answer. */
  readonly depth: Depth
  /** Fields that have to be recorded; undefined: all of them. */
  readonly selection: Selection | undefined
  /** The answer from layers alone; undefined: the packet has to be looked at. */
  ofShape(shape: Shape): boolean | undefined
  /** How the bytes of packets with these layers answer; undefined: they do not. */
  forShape?(shape: Shape): Glance | undefined
  /** The dissection lasts until the next call. */
  matches(found: Dissection): boolean
}

/** The answer of the bytes of a frame; `start`: where the frame begins in them. */
export type Glance = (bytes: Uint8Array, start: number) => boolean

/** What is known of a kind of packets: the answer, how their bytes give it, or that each has to be dissected. */
export type Verdict = boolean | Glance | 'dissect'

/** What layers tell of a question, asked once for each kind of packet. */
export class Verdicts {
  readonly #question: Pick<Question, 'ofShape' | 'forShape'>
  /** By number of the shape. */
  readonly #known: (Verdict | undefined)[] = []

  constructor(question: Pick<Question, 'ofShape' | 'forShape'>) {
    this.#question = question
  }

  /** The verdict on packets of this kind; undefined: it has to be judged. */
  on(kind: number): Verdict | undefined {
    return kind === noShape ? 'dissect' : this.#known[kind]
  }

  judge(kind: number, shape: Shape): Verdict {
    const verdict = this.#question.ofShape(shape) ?? this.#question.forShape?.(shape) ?? 'dissect'
    this.#known[kind] = verdict
    return verdict
  }
}
