import { absence, nodeOf, type Step, type Tour } from '../print/tour.ts'
import { newFilter } from './narrowing.ts'
import type { Reducers } from './reduce.ts'
import { select } from './selecting.ts'
import type { State } from './state.ts'
import { type Row, wrap } from './text.ts'

/** A tour through the open capture, and where one is in it. */
export type TourView = {
  readonly tour: Tour
  /** From 0. */
  readonly step: number
  /** The cursor has been put where the step points. */
  readonly isThere: boolean
  /** It was left; what it said last is kept for those who come back. */
  readonly isLeft: boolean
}

export const reducers: Reducers<'tour' | 'tour-step' | 'tour-leave' | 'tour-resume'> = {
  tour: (state, { tour }) => atStep({ ...state, focus: 'tree', message: undefined }, { tour, step: 0 }),
  'tour-step': (state, { by }) => stepBy(state, by),
  'tour-leave': state => {
    const { layout, tour } = state
    const lesson = layout.lesson === roomToTell ? undefined : layout.lesson
    const message = { text: 'the tour is left; :learn comes back to this step', severity: 'info' } as const
    return { ...state, layout: { ...layout, lesson }, tour: tour && { ...tour, isLeft: true }, message }
  },
  'tour-resume': state =>
    state.tour
      ? atStep(state, state.tour)
      : { ...state, message: { text: 'no tour was begun; :learn and a name begins one', severity: 'info' } },
}

/** A tour that goes on. */
export const tourOf = ({ tour }: State): TourView | undefined => (tour?.isLeft ? undefined : tour)

function stepBy(state: State, by: -1 | 1): State {
  const { tour: view } = state
  if (view === undefined) return state
  const step = view.step + by
  if (step < 0) return { ...state, message: { text: 'this is where the tour begins', severity: 'info' } }
  if (step < view.tour.steps.length) return atStep(state, { ...view, step })
  const text = 'this was the last step of the tour; Esc leaves it, and everything can be looked at further'
  return { ...state, message: { text, severity: 'info' } }
}

/** Of the height: what a step says, and what there is to say anyway. */
const roomToTell = 0.42

/** The screen as a step wants it; where its packet is not known yet, `arrive` sees to the rest. */
function atStep(state: State, { tour, step }: Pick<TourView, 'tour' | 'step'>): State {
  const { filter } = tour.steps[step]!
  const isOther = filter !== undefined && filter !== (state.filter?.text ?? '')
  const { lesson = roomToTell } = state.layout
  const layout = { ...state.layout, explanation: true, zoomed: false, lesson }
  const there = { ...state, layout, tour: { tour, step, isThere: false, isLeft: false } }
  return arrive(isOther ? { ...there, filter: newFilter(filter), sorted: undefined } : there)
}

/** Puts the cursor where the step points, once its packet is there and dissected. Changes nothing after that. */
export function arrive(state: State): State {
  const { tour: view, capture, detail } = state
  if (view === undefined || view.isThere || view.isLeft) return state
  const step = view.tour.steps[view.step]!
  if (capture === undefined || capture.count < step.packet) return state
  if (state.packet !== step.packet) return { ...state, packet: step.packet, follow: false }
  if (detail?.number !== step.packet) return state
  const node = nodeOf(detail.found, detail.nodes, step)
  const there = { ...state, tour: { ...view, isThere: true }, tops: { ...state.tops, explanation: 0 } }
  return node === undefined ? missing(there, step) : node < 0 ? select(there, 0) : select(there, node)
}

const missing = (state: State, step: Step): State => ({
  ...state,
  message: { text: absence(step), severity: 'warning' },
})

/** What the tour says, above what there is to say about the selected field anyway. */
export function tourRows(state: State, columns: number): readonly Row[] {
  const view = tourOf(state)
  if (view === undefined) return []
  const { text } = view.tour.steps[view.step]!
  return [...wrap(text, columns).map((line): Row => [{ text: line, role: 'title' }]), []]
}

/** `IP in IP, step 3 of 9`; empty where no tour goes on. */
export function tourTitle(state: State): string {
  const view = tourOf(state)
  return view === undefined ? '' : `${view.tour.title}, step ${view.step + 1} of ${view.tour.steps.length}`
}
