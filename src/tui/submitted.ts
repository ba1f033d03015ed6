import { commandAction, isOfCapture } from './commands.ts'
import type { Controller } from './controller.ts'
import { both, inOwnWords } from './filter-building.ts'
import { rememberFilter } from './kept-filters.ts'
import type { Prompt } from './state.ts'

/** Does what a line asks for that has been typed to its end, or a question that was answered with yes. */
export function submitted(controller: Controller, line: Prompt): void {
  const { text, where, as, of } = line
  const path = text.trim()
  switch (line.kind) {
    case 'find':
      if (text !== '') controller.dispatch({ type: 'find', find: { text, where, kind: as } })
      return
    case 'save':
      if (path !== '') controller.dispatch({ type: 'save', path, of, over: false })
      return
    case 'answer':
      controller.dispatch({ type: 'quiz-answer', text })
      return
    case 'leave':
      controller.quit()
      return
    case 'filter':
      rememberFilter(path)
      controller.dispatch({ type: 'filter', text: both(line.within, inOwnWords(text)) })
      return
    case 'reveal':
      controller.dispatch({ type: 'filter', text: '' })
      controller.dispatch({ type: 'jump', packet: Number(text) })
      return
    case 'overwrite':
      controller.dispatch({ type: 'save', path: text, of, over: true })
      return
    case 'command': {
      const action = commandAction(text)
      if (typeof action === 'string') controller.say(action, 'warning')
      else if (controller.state.capture === undefined && isOfCapture(text))
        controller.say('no capture is open yet; Enter opens what the cursor is on')
      else controller.dispatch(action)
    }
  }
}
