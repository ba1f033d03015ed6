import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nameField, walkName } from './dns-name.ts'
import { serviceParameters } from './numbers/dns.ts'
import { serviceMeanings } from './numbers/dns-meanings.ts'

// | SvcPriority (16) |  TargetName …  | then | SvcParamKey (16) | Length (16) | Value … |

const f = {
  priority: field('dns.svcb.svcpriority', 'Priority', {
    explain: 'Of several entries the one with the lowest number is tried first.',
    meanings: { 0: '0: an alias, all about the service stands at the target.' },
    section: 'RFC 9460 §2.4.1',
  }),
  target: nameField(
    'dns.svcb.targetname',
    'Target name',
    'The host that has the service; the root stands for the name of the record itself.',
    'RFC 9460 §2.5',
  ),
  parameter: field('dns.svcb.svcparam', 'Service parameter', {
    type: 'group',
    explain: 'One thing that a client needs to know before it connects.',
    section: 'RFC 9460 §2.2',
  }),
  key: field('dns.svcb.svcparam.key', 'Key', {
    explain: 'What is told: protocols, a port, addresses, a key to encrypt the name in TLS.',
    section: 'RFC 9460 §14.3',
    meanings: serviceMeanings,
    values: serviceParameters,
  }),
  length: field('dns.svcb.svcparam.value.length', 'Value length', {
    explain: 'Bytes of the parameter’s value.',
    section: 'RFC 9460 §2.2',
    show: bytes,
  }),
  value: field('dns.svcb.svcparam.value', 'Value', {
    type: 'bytes',
    explain: 'What the parameter says, where that is not taken apart here.',
    section: 'RFC 9460 §2.2',
  }),
  mandatory: field('dns.svcb.svcparam.mandatory.key', 'Mandatory key', {
    explain: 'A parameter without which a client must not use this entry.',
    section: 'RFC 9460 §8',
    meanings: serviceMeanings,
    values: serviceParameters,
  }),
  protocolLength: field('dns.svcb.svcparam.alpn.length', 'ALPN length', {
    explain: 'Bytes of the protocol’s name.',
    section: 'RFC 9460 §7.1',
    show: bytes,
  }),
  protocol: field('dns.svcb.svcparam.alpn', 'ALPN', {
    type: 'text',
    explain: 'A protocol that the server speaks: h2 is HTTP/2, h3 is HTTP/3 over QUIC.',
    section: 'RFC 9460 §7.1',
  }),
  port: field('dns.svcb.svcparam.port', 'Port', {
    explain: 'Where on the host the service is, if not at its usual port.',
    section: 'RFC 9460 §7.2',
  }),
  hint4: field('dns.svcb.svcparam.ipv4hint.ip', 'IPv4 hint', {
    type: 'ipv4',
    explain: 'An IPv4 address to begin with while the real answer is on its way.',
    section: 'RFC 9460 §7.3',
  }),
  hint6: field('dns.svcb.svcparam.ipv6hint.ip', 'IPv6 hint', {
    type: 'ipv6',
    explain: 'An IPv6 address to begin with while the real answer is on its way.',
    section: 'RFC 9460 §7.3',
  }),
  hello: field('dns.svcb.svcparam.echconfig', 'ECH configuration', {
    type: 'bytes',
    explain: 'The key with which a client hides the name of the site in TLS.',
    section: 'RFC 9460 §9',
  }),
}

export const serviceFields = f

/** Reads the data of SVCB and HTTPS records. */
export function walkService(r: Reader): void {
  r.u16(f.priority)
  walkName(r, f.target)
  while (r.more()) {
    r.open(f.parameter)
    const key = r.u16(f.key)
    const length = r.u16(f.length)
    r.claim(4 + length, f.length)
    if (length > 0) walkValue(r, key, length)
    if (r.left > 0) r.rest(f.value)
    r.close()
  }
}

function walkValue(r: Reader, key: number, length: number): void {
  if (key === 0) while (r.more()) r.u16(f.mandatory)
  else if (key === 1) {
    while (r.more()) r.text(f.protocol, r.u8(f.protocolLength))
  } else if (key === 3 && length === 2) r.u16(f.port)
  else if (key === 4) while (r.more()) r.ipv4(f.hint4)
  else if (key === 6) while (r.more()) r.ipv6(f.hint6)
  else if (key === 5) r.rest(f.hello)
}
