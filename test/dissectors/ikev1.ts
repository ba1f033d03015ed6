import { udp4 } from '../craft.ts'
import { hexBytes, type Peeled, peel } from '../peel.ts'

const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** An IKEv1 message with one payload of a type around its contents, written as hex. */
export function payload(type: number, contents: string, cut = 0): Peeled {
  const length = 4 + hexBytes(contents).length
  const header = `819e4950047e2f59 c54e8f50375575c2 ${hexOf(type, 2)} 10 05 00 00000000`
  return peel(udp4(500, 500, `${header}${hexOf(28 + length, 8)} 0000${hexOf(length, 4)} ${contents}`, cut))
}
