import type { Value } from './values.ts'

/**
 * What the bytes of a field are for people, where packets write them in another way: digits, a number of as many bytes as it needs, the first
 * bytes of an address.
 */
export type Form = 'digits' | 'integer' | 'ipv4' | 'ipv6'

const forms: Readonly<Record<Form, readonly string[]>> = {
  digits: [
    'http.response.code',
    'sip.Via.sent-by.port',
    'sip.CSeq.seq',
    'sip.Content-Length',
    'sip.Max-Forwards',
    'sip.Expires',
    'sip.Status-Code',
    'sip.sec_mechanism.spi_c',
    'sip.sec_mechanism.spi_s',
    'sip.sec_mechanism.port_c',
    'sip.sec_mechanism.port_s',
  ],
  integer: [
    'snmp.request_id',
    'snmp.time_stamp',
    'snmp.value.int',
    'snmp.value.counter',
    'snmp.value.g32',
    'snmp.value.timeticks',
  ],
  ipv4: [
    'bgp.nlri_prefix',
    'bgp.withdrawn_prefix',
    'bgp.mp_reach_nlri_ipv4_prefix',
    'bgp.mp_unreach_nlri_ipv4_prefix',
    'dns.opt.client.addr4',
    'isis.lsp.ext_ip_reachability.ipv4_prefix',
  ],
  ipv6: [
    'bgp.mp_reach_nlri_ipv6_prefix',
    'bgp.mp_unreach_nlri_ipv6_prefix',
    'dns.opt.client.addr6',
    'isis.lsp.ipv6_reachability.ipv6_prefix',
  ],
}

const byName: ReadonlyMap<string, Form> = new Map(
  Object.entries(forms).flatMap(([form, names]) => names.map(name => [name, form as Form] as const)),
)

/** How a field is to be read for filters; undefined: as its type says. */
export const formOf = (name: string): Form | undefined => byName.get(name)

/** A number has at most so many digits, or bytes. */
const mostDigits = 15
const mostBytes = 6

/** The value of bytes that are in a form; undefined: they are none. `read`: what people read in their place. */
export function formed(form: Form, bytes: Uint8Array, read: Value | undefined): Value | undefined {
  if (form === 'digits') {
    const text = String(read ?? String.fromCharCode(...bytes.subarray(0, mostDigits + 1)))
    return new RegExp(`^\\d{1,${mostDigits}}$`).test(text) ? Number(text) : undefined
  }
  if (form === 'integer') return bytes.length === 0 || bytes.length > mostBytes ? undefined : signed(bytes)
  const whole = new Uint8Array(form === 'ipv4' ? 4 : 16)
  if (bytes.length > whole.length) return undefined
  whole.set(bytes)
  return form === 'ipv6' ? whole : new DataView(whole.buffer).getUint32(0)
}

/** A number whose first bit is its sign, as ASN.1 has it. */
function signed(bytes: Uint8Array): number {
  const value = bytes.reduce((number, byte) => number * 256 + byte, 0)
  return bytes[0]! < 0x80 ? value : value - 256 ** bytes.length
}
