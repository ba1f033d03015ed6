import { CaptureError } from '../capture/errors.ts'
import type { Wish } from './actions.ts'
import type { Controller } from './controller.ts'
import { inOwnWords } from './filter-building.ts'
import { judge } from './filter-judgement.ts'
import { keepFilter, keptFilters } from './kept-filters.ts'

/** Sees to filters under names. What is no name may be a filter itself. */
export function filterKeeping(
  controller: Controller,
  { how, name, text: given }: Extract<Wish, { type: 'kept-filter' }>,
): void {
  const text = keptFilters().get(name)
  if (how === 'list') list(controller)
  else if (how === 'save') save(controller, name, given ?? controller.state.filter?.text)
  else if (how === 'use') use(controller, text ?? name)
  else if (text === undefined) controller.say(`no filter is kept as ${name}`)
  else write(controller, () => keepFilter(name, ''), `${name} is kept no longer`)
}

function list(controller: Controller): void {
  const names = [...keptFilters().keys()].join(', ')
  controller.say(
    names === '' ? 'no filter is kept yet; :filter save NAME keeps this one' : `kept filters: ${names}`,
  )
}

function use(controller: Controller, text: string): void {
  const { word, sentences } = judge(text)
  if (word === 'valid') controller.dispatch({ type: 'filter', text: inOwnWords(text) })
  else controller.say(`${text}: no filter is kept under that name, and ${sentences.at(-1)}`, 'warning')
}

function save(controller: Controller, name: string, text: string | undefined): void {
  const { word, sentences } = judge(text ?? '')
  if (text === undefined) controller.say('there is no filter to keep; / filters')
  else if (word !== 'valid') controller.say(`${text}: ${sentences.at(-1)}`, 'warning')
  else
    write(
      controller,
      () => keepFilter(name, inOwnWords(text)),
      `kept: :filter ${name} filters by ${inOwnWords(text)}`,
    )
}

function write(controller: Controller, keep: () => void, said: string): void {
  try {
    keep()
    controller.say(said)
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    controller.say(error.message, 'error')
  }
}
