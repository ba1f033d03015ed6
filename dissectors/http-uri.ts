import { field } from '../src/dissect/field.ts'
import { readLine } from './text-lines.ts'
import type { Part, Parted } from './text-parts.ts'

/** The glossary of what a request is about. */
export const uri = {
  whole: field('http.request.uri', 'URI', {
    type: 'group',
    explain: 'What is asked for: a path on this server, or with a proxy the whole address.',
    section: 'RFC 9112 §3.2',
    read: readLine,
  }),
  path: field('http.request.uri.path', 'Path', {
    type: 'text',
    explain: 'Which of the things on the server is meant: a page, a file, a program.',
    section: 'RFC 3986 §3.3',
  }),
  query: field('http.request.uri.query', 'Query', {
    type: 'group',
    explain: 'What a program on the server is told. It lands in logs, whatever secret it holds.',
    section: 'RFC 3986 §3.4',
    read: readLine,
  }),
  parameter: field('http.request.uri.query.parameter', 'Parameter', {
    type: 'text',
    explain: 'One of the things that the query says, mostly a name and a value.',
    section: 'RFC 3986 §3.4',
  }),
  between: field('http.request.uri.sign', 'Sign', {
    type: 'text',
    explain: 'A question mark in front of the query, or what separates its parameters.',
    section: 'RFC 3986 §3.4',
  }),
}

/** What follows the first question mark is the query. What does not begin with a slash is for a proxy, and has no path here. */
export const requestUri: Parted = {
  field: uri.whole,
  between: uri.between,
  parts: line => {
    const mark = line.indexOf('?')
    const end = mark < 0 ? line.length : mark
    const parameters = [...line.slice(end).matchAll(/[^?&]+/g)]
    const path: readonly Part[] = line.startsWith('/') ? [[uri.path, 0, end]] : []
    return [
      ...path,
      [uri.query, end + 1, line.length],
      ...parameters.map(
        ({ 0: each, index }): Part => [uri.parameter, end + index, end + index + each.length],
      ),
    ]
  },
}
