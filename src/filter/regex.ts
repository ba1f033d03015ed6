import { type Place, parseRegex, RegexError, type RegexNode, type UnitSet } from './regex-tree.ts'

/** Longer programs would take too long for each byte. */
const longest = 5000

/** One step: take a unit, go on at two places, go on only at a place of the subject, or the pattern is found. */
type Step =
  | { readonly kind: 'take'; readonly low: Uint8Array; readonly high: (unit: number) => boolean }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'found' }

/**
 * Compiles a regular expression into a search that reads its subject once, whatever the two are: no pattern can be made to
 * take long, as it can where a search goes back. A pattern `forBytes` searches bytes, else the units of a text.
 *
 * @throws {RegexError} where it is none, or a very long one
 */
export function regexSearch(
  pattern: string,
  forBytes: boolean,
): (subject: Uint8Array | Uint16Array) => boolean {
  const steps: Step[] = []
  emit(parseRegex(pattern, forBytes), steps, forBytes)
  add(steps, { kind: 'found' })
  const run = new Run(steps)
  return subject => run.finds(subject)
}

function add(steps: Step[], step: Step): number {
  if (steps.length === longest) throw new RegexError('the pattern is too long', 0)
  return steps.push(step) - 1
}

function emit(node: RegexNode, steps: Step[], forBytes: boolean): void {
  switch (node.kind) {
    case 'units':
      add(steps, takeStep(node.set, node.fold, forBytes))
      return
    case 'place':
      add(steps, node)
      return
    case 'all':
      for (const each of node.of) emit(each, steps, forBytes)
      return
    case 'one':
      emitChoice(node.of, steps, forBytes)
      return
    case 'repeat':
      emitRepeat(node.of, node.least, node.most, steps, forBytes)
  }
}

const split = (steps: Step[]) => {
  const step: Extract<Step, { kind: 'split' }> = { kind: 'split', first: 0, second: 0 }
  step.first = step.second = add(steps, step) + 1
  return step
}

function emitChoice(of: readonly RegexNode[], steps: Step[], forBytes: boolean): void {
  const ends: Extract<Step, { kind: 'split' }>[] = []
  of.forEach((each, i) => {
    const fork = i < of.length - 1 ? split(steps) : undefined
    emit(each, steps, forBytes)
    if (fork === undefined) return
    ends.push(split(steps))
    fork.second = steps.length
  })
  for (const end of ends) end.first = end.second = steps.length
}

function emitRepeat(of: RegexNode, least: number, most: number, steps: Step[], forBytes: boolean): void {
  for (let i = 0; i < least; i++) {
    const before = steps.length
    emit(of, steps, forBytes)
    // Of what is empty, once is as good as a million times.
    if (steps.length === before) return
  }
  if (most === Number.POSITIVE_INFINITY) {
    const start = steps.length
    const fork = split(steps)
    emit(of, steps, forBytes)
    const back = split(steps)
    back.first = back.second = start
    fork.second = steps.length
    return
  }
  const forks: Extract<Step, { kind: 'split' }>[] = []
  for (let i = least; i < most; i++) {
    forks.push(split(steps))
    emit(of, steps, forBytes)
  }
  for (const fork of forks) fork.second = steps.length
}

const isIn = (unit: number, ranges: UnitSet['ranges']): boolean =>
  ranges.some(([from, to]) => unit >= from && unit <= to)

function takeStep({ ranges, negated }: UnitSet, fold: boolean, forBytes: boolean): Step {
  const low = new Uint8Array(256)
  for (const [from, to] of ranges) low.fill(1, from, Math.min(to, 0xff) + 1)
  if (fold)
    for (let unit = 0; unit < (forBytes ? 0x80 : 0x100); unit++)
      if (low[otherCase[unit]!] === 1) low[unit] = 1
  const high = (unit: number) => (isIn(unit, ranges) || (fold && isIn(otherCaseOf(unit), ranges))) !== negated
  return { kind: 'take', low: negated ? low.map(own => 1 - own) : low, high }
}

/** The capital of a small letter and the other way round; the unit itself where it has none. */
function otherCaseOf(unit: number): number {
  const text = String.fromCharCode(unit)
  const other = text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()
  return other.length === 1 ? other.charCodeAt(0) : unit
}

const otherCase = Array.from({ length: 256 }, (_, unit) => Math.min(otherCaseOf(unit), 0xff))

/** Runs all ways through a pattern at once, a unit at a time. */
class Run {
  readonly #steps: readonly Step[]
  #now: Int32Array
  #then: Int32Array
  #count = 0
  /** By step: the position, counted over all searches, at which it was last reached. */
  readonly #reached: Float64Array
  readonly #open: Int32Array
  #mark = 0

  constructor(steps: readonly Step[]) {
    this.#steps = steps
    this.#now = new Int32Array(steps.length)
    this.#then = new Int32Array(steps.length)
    this.#reached = new Float64Array(steps.length).fill(-1)
    this.#open = new Int32Array(steps.length * 2 + 2)
  }

  finds(subject: Uint8Array | Uint16Array): boolean {
    this.#count = 0
    for (let at = 0; at <= subject.length; at++) {
      const before = this.#count
      const from = this.#now
      this.#now = this.#then
      this.#then = from
      this.#count = 0
      this.#mark++
      if (at > 0 && this.#advance(from, before, subject, at)) return true
      if (this.#reach(0, subject, at)) return true
    }
    return false
  }

  /** Takes the unit before `at` on all ways. True: one is at its end. */
  #advance(from: Int32Array, count: number, subject: Uint8Array | Uint16Array, at: number): boolean {
    const unit = subject[at - 1]!
    for (let i = 0; i < count; i++) {
      const step = this.#steps[from[i]!]!
      if (step.kind !== 'take') continue
      const fits = unit < 256 ? step.low[unit] === 1 : step.high(unit)
      if (fits && this.#reach(from[i]! + 1, subject, at)) return true
    }
    return false
  }

  /** Goes on from a step up to those that take a unit. */
  #reach(first: number, subject: Uint8Array | Uint16Array, at: number): boolean {
    const open = this.#open
    let top = 0
    open[top++] = first
    while (top > 0) {
      const number = open[--top]!
      if (this.#reached[number] === this.#mark) continue
      this.#reached[number] = this.#mark
      const step = this.#steps[number]!
      if (step.kind === 'found') return true
      if (step.kind === 'take') this.#now[this.#count++] = number
      else if (step.kind === 'split') {
        open[top++] = step.second
        if (step.first !== step.second) open[top++] = step.first
      } else if (isAt(step.place, subject, at)) open[top++] = number + 1
    }
    return false
  }
}

const isWordUnit = (unit: number | undefined): boolean =>
  unit !== undefined && unit < 0x80 && /\w/.test(String.fromCharCode(unit))

function isAt(place: Place, subject: Uint8Array | Uint16Array, at: number): boolean {
  const { length } = subject
  switch (place) {
    case 'start':
      return at === 0
    case 'last':
      return at === length
    case 'end':
      return at === length || (at === length - 1 && subject[at] === 10)
    default:
      return (isWordUnit(subject[at - 1]) !== isWordUnit(subject[at])) === (place === 'border')
  }
}
