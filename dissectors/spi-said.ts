import { display, type LayerView } from '../src/dissect/layer-view.ts'

/** Whose number an SPI is: the receiver chose it. Empty where no address is around. */
export function spiSaid(_value: number, layer: LayerView): string {
  const receiver = receiverOf(layer)
  return receiver === '' ? '' : `The receiver, ${receiver}, finds the keys by this number.`
}

/** Whose number that of a tunnel or session is, where 0 stands for none. Empty where no address is around. */
export function receiverSaid(value: number, layer: LayerView): string {
  const receiver = value > 0 ? receiverOf(layer) : ''
  return receiver === ''
    ? ''
    : `The receiver, ${receiver}, chose this number; towards the sender it is another.`
}

/** Whose packets will have an SPI that a message of IKE tells: those to its sender. */
export function spiChosen(_value: number, layer: LayerView): string {
  const sender = addressAround(layer, 0)
  return sender === '' ? '' : `Packets to ${sender} will have it in front.`
}

const receiverOf = (layer: LayerView): string => addressAround(layer, 1)

/** The address that the packet around a layer comes from (0) or goes to (1); empty where there is none. */
function addressAround(layer: LayerView, end: 0 | 1): string {
  let packet = layer.outer
  while (packet !== undefined && packet.protocol.addresses === undefined) packet = packet.outer
  const address = packet?.protocol.addresses?.[end]
  const record = address === undefined ? -1 : packet!.at(address)
  return record < 0 ? '' : display(layer.found, record, packet!)
}

/** The number that an association of 32-bit sequence numbers may not pass. */
const last = 2 ** 32 - 1

/** What a sequence number says of the age of its association. */
export function sequenceSaid(value: number): string {
  if (!(value > 0)) return ''
  if (value === 1) return 'This is the first packet under these keys.'
  const share = Math.round((value / last) * 100)
  const used =
    share < 1
      ? ''
      : ` ${share} % of the 32-bit numbers are used up; before they run out, new keys are needed.`
  return `This is packet ${value.toLocaleString('en-US')} under these keys.${used}`
}
