import { bytes, field, seconds } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './dns-fields.ts'
import { nameField, walkName } from './dns-name.ts'
import { walkOptionRecord } from './dns-opt.ts'
import { walkSecurity } from './dns-security.ts'
import { walkService } from './dns-svcb.ts'
import { longTime } from './durations.ts'

// |  Name …  |   Type (16)   |   Class (16)  |   TTL (32)   |  RDLENGTH (16)  |  RDATA …

const time = (name: string, label: string, explain: string) =>
  field(`dns.soa.${name}`, label, { explain, section: 'RFC 1035 §3.3.13', here: longTime, show: seconds })

const d = {
  a: field('dns.a', 'Address', {
    type: 'ipv4',
    explain: 'An IPv4 address at which the host of this name is reached; several records share the load.',
    section: 'RFC 1035 §3.4.1',
  }),
  aaaa: field('dns.aaaa', 'Address', {
    type: 'ipv6',
    explain: 'An IPv6 address at which the host of this name is reached; most programs try it before IPv4.',
    section: 'RFC 3596 §2.2',
  }),
  ns: nameField(
    'dns.ns',
    'Name server',
    'A server in charge of the zone: questions about names below go there.',
    'RFC 1035 §3.3.11',
  ),
  cname: nameField(
    'dns.cname',
    'Canonical name',
    'The real name, which is asked about next.',
    'RFC 1035 §3.3.1',
  ),
  dname: nameField(
    'dns.dname',
    'Target',
    'What takes the place of this end of all names below.',
    'RFC 6672 §2.1',
  ),
  ptr: nameField(
    'dns.ptr.domain_name',
    'Domain name',
    'The name at the end of the pointer: of a host or a service.',
    'RFC 1035 §3.3.12',
  ),
  mainServer: nameField(
    'dns.soa.mname',
    'Primary server',
    'The server on which the zone is changed.',
    'RFC 1035 §3.3.13',
  ),
  mailbox: nameField(
    'dns.soa.rname',
    'Responsible mailbox',
    'Whom to write to; the first dot stands for an @.',
    'RFC 1035 §3.3.13',
  ),
  serial: field('dns.soa.serial_number', 'Serial number', {
    explain: 'Goes up with each change, so that copies know when to fetch the zone again.',
    section: 'RFC 1035 §3.3.13',
  }),
  refresh: time('refresh_interval', 'Refresh', 'How often copies ask whether something has changed.'),
  retry: time('retry_interval', 'Retry', 'How soon they ask again when nobody answered.'),
  expire: time('expire_limit', 'Expire', 'After so long without an answer a copy is worth nothing.'),
  minimum: time(
    'minimum_ttl',
    'Minimum',
    'For how long it may be remembered that a name does not exist (RFC 2308).',
  ),
  preference: field('dns.mx.preference', 'Preference', {
    explain: 'The server with the lowest number is tried first.',
    section: 'RFC 1035 §3.3.9',
  }),
  exchange: nameField(
    'dns.mx.mail_exchange',
    'Mail exchange',
    'The host to which mail for addresses at this name is delivered.',
    'RFC 1035 §3.3.9',
  ),
  textLength: field('dns.txt.length', 'Text length', {
    explain: 'How long this piece is: texts go in pieces of at most 255 bytes.',
    section: 'RFC 1035 §3.3.14',
    show: bytes,
  }),
  text: field('dns.txt', 'Text', {
    type: 'text',
    explain: 'One piece of the text; readers put the pieces together.',
    section: 'RFC 1035 §3.3.14',
  }),
  priority: field('dns.srv.priority', 'Priority', {
    explain: 'Hosts with the lowest number are tried first.',
    section: 'RFC 2782',
  }),
  weight: field('dns.srv.weight', 'Weight', {
    explain: 'Shares the load among hosts of the same priority: twice the weight, twice the visits.',
    section: 'RFC 2782',
  }),
  port: field('dns.srv.port', 'Port', {
    explain: 'Where on the host the service is.',
    section: 'RFC 2782',
  }),
  target: nameField(
    'dns.srv.target',
    'Target',
    'The host that has the service; the root says that there is none.',
    'RFC 2782',
  ),
  hardwareLength: field('dns.hinfo.cpu_length', 'CPU length', {
    explain: 'Bytes of the name of the machine.',
    section: 'RFC 1035 §3.3.2',
    show: bytes,
  }),
  hardware: field('dns.hinfo.cpu', 'CPU', {
    type: 'text',
    explain: 'What kind of machine it is. RFC 8482 answers questions for everything with this record.',
    section: 'RFC 1035 §3.3.2',
  }),
  systemLength: field('dns.hinfo.os_length', 'OS length', {
    explain: 'Bytes of the name of the system.',
    section: 'RFC 1035 §3.3.2',
    show: bytes,
  }),
  system: field('dns.hinfo.os', 'OS', {
    type: 'text',
    explain: 'Which operating system the host says it has; nobody tells strangers any more.',
    section: 'RFC 1035 §3.3.2',
  }),
}

export const recordFields = d

const option = 41

export function walkRecord(r: Reader, multicast: boolean): void {
  r.open(f.record)
  walkName(r, f.name)
  const type = r.u16(f.type)
  if (type === option) walkOptionRecord(r)
  else {
    if (multicast) {
      r.flag(f.flush)
      r.bits(f.class, 15)
    } else r.u16(f.class)
    r.u32(f.ttl)
    const length = r.u16(f.length)
    if (length > 0) {
      r.open(f.dataGroup, length)
      walkData(r, type, length)
      if (r.left > 0) r.rest(f.data)
      r.close()
    }
  }
  r.close()
}

function walkData(r: Reader, type: number, length: number): void {
  if (type === 1 && length === 4) r.ipv4(d.a)
  else if (type === 28 && length === 16) r.ipv6(d.aaaa)
  else if (type === 2) walkName(r, d.ns)
  else if (type === 5) walkName(r, d.cname)
  else if (type === 39) walkName(r, d.dname)
  else if (type === 12) walkName(r, d.ptr)
  else if (type === 6) walkAuthority(r)
  else if (type === 15) {
    r.u16(d.preference)
    walkName(r, d.exchange)
  } else if (type === 16 || type === 99) {
    while (r.more()) r.text(d.text, r.u8(d.textLength))
  } else if (type === 33) {
    r.u16(d.priority)
    r.u16(d.weight)
    r.u16(d.port)
    walkName(r, d.target)
  } else if (type === 13) {
    r.text(d.hardware, r.u8(d.hardwareLength))
    r.text(d.system, r.u8(d.systemLength))
  } else if (type === 64 || type === 65) walkService(r)
  else walkSecurity(r, type)
}

function walkAuthority(r: Reader): void {
  walkName(r, d.mainServer)
  walkName(r, d.mailbox)
  r.u32(d.serial)
  r.u32(d.refresh)
  r.u32(d.retry)
  r.u32(d.expire)
  r.u32(d.minimum)
}
