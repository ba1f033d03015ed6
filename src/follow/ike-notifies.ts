import { notificationFields } from '../../dissectors/ikev1-notify.ts'
import { notifyFields } from '../../dissectors/ikev2-notify-fields.ts'
import { notifyTypes as notifyTypes1 } from '../../dissectors/numbers/ikev1.ts'
import { firstStatus, notifyTypes } from '../../dissectors/numbers/ikev2-notifies.ts'
import type { Field } from '../dissect/field.ts'
import { groupName } from './algorithm-names.ts'
import type { Records } from './records.ts'
import type { Notify } from './story.ts'

/** What a Notify payload of IKEv2 says; undefined where it broke off before its type. */
export function notify2(payload: Records): Notify | undefined {
  const type = payload.number(notifyFields.type)
  if (Number.isNaN(type)) return undefined
  const isError = type > 0 && type < firstStatus
  const name = notifyTypes[type] ?? `${isError ? 'error' : 'status'} ${type}`
  return { type, name, isError, text: text2(payload) }
}

/** The data where it is worth a word: the group of an INVALID_KE_PAYLOAD, the gateway of a REDIRECT. */
function text2(payload: Records): string {
  const group = payload.number(notifyFields.group)
  if (!Number.isNaN(group)) return groupName(group)
  for (const [field, , show] of payload.all()) if (gateways.has(field)) return cut(show())
  return saidBehind(payload, notifyFields.spi, notifyFields.type)
}

const gateways = new Set<Field>([notifyFields.newIpv4, notifyFields.newIpv6, notifyFields.newName])

/** The same of IKEv1, whose numbers mean other things. */
export function notify1(payload: Records): Notify | undefined {
  const { type: typeField, spi } = notificationFields
  const type = payload.number(typeField)
  if (Number.isNaN(type)) return undefined
  const isError = type > 0 && type < firstStatus
  const name = notifyTypes1[type] ?? `${isError ? 'error' : 'status'} ${type}`
  return { type, name, isError, text: saidBehind(payload, spi, typeField) }
}

/** Longer texts are cut: nobody reads them in a line. */
const longest = 120
/** What is told by other means, or by its mere presence. */
const silent = new Set<Field>([notifyFields.natHash, notifyFields.data])

/** The values of the data, which lies behind the SPI or, where there is none, behind the type. */
function saidBehind(payload: Records, spi: Field, type: Field): string {
  let text = ''
  let isData = false
  for (const [field, , show] of payload.all()) {
    if (field === spi || field === type) isData = true
    else if (isData && !silent.has(field) && field.type !== 'group' && text.length < longest)
      text += `${text === '' ? '' : ', '}${show()}`
  }
  return cut(text)
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)
