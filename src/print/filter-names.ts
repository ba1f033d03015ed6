import { named } from '../filter/names.ts'
import { kindNames } from '../filter/values.ts'
import type { Block } from './prose.ts'

/** What there is to say of a name that only filters, columns and chosen fields know; undefined: it is none. */
export function explainFilterName(name: string): Block[] | undefined {
  const found = named(name)
  if (found === undefined || found.protocol !== undefined) return undefined
  const { pseudo, fields, kind, label } = found
  const names = [...new Set(fields.map(field => field.name))].join(' and ')
  const about = pseudo?.explain ?? `${label}: stands for ${names}. A filter is true where one of them fits.`
  const value = kind === 'none' ? 'It is there or not.' : `Its value is ${kindNames[kind]}.`
  return [
    { kind: 'title', text: `${name}: a name for filters` },
    { kind: 'text', text: `${about} ${value}` },
    {
      kind: 'text',
      text: 'Filters, columns and --fields know it; no bytes of a packet are just that.',
      tone: 'aside',
    },
  ]
}
