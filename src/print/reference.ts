import type { Block } from './prose.ts'
export function explainName(name: string): Block[] {
  return [{ kind: 'text', text: name }]
}
export function listNames(prefix: string): Block[] {
  return [{ kind: 'text', text: prefix }]
}
