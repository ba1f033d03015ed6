import { field, hex } from '../src/dissect/field.ts'
import { acknowledge, flag, home, keys, linkLocal, reserved, seconds } from './mipv6-fields.ts'

/** The glossary of the messages for fast handovers, between home agents and between gateways. */
export const h = {
  fastFlags: field('mip6.fbu.flags', 'Flags', {
    explain: 'What kind of binding this is.',
    section: 'RFC 5568 §6.2.2',
    show: hex(4),
    parts: [
      flag('mip6.fbu.a_flag', 'Acknowledge (A)', 'RFC 5568 §6.2.2', acknowledge),
      flag('mip6.fbu.h_flag', 'Home registration (H)', 'RFC 5568 §6.2.2', home),
      flag('mip6.fbu.l_flag', 'Link-local address compatibility (L)', 'RFC 5568 §6.2.2', linkLocal),
      flag('mip6.fbu.k_flag', 'Key management mobility capability (K)', 'RFC 5568 §6.2.2', keys),
      [reserved('mip6.fbu.reserved', 'RFC 5568 §6.2.2'), 12],
    ],
  }),
  fastAcknowledgeFlags: field('mip6.fback.flags', 'Flags', {
    explain: 'What the answering side can do.',
    section: 'RFC 5568 §6.2.3',
    show: hex(2),
    parts: [
      flag('mip6.fback.k_flag', 'Key management mobility capability (K)', 'RFC 5568 §6.2.3', keys),
      [reserved('mip6.fback.reserved', 'RFC 5568 §6.2.3'), 7],
    ],
  }),
  addressCount: field('mip6.has.num_addrs', '# of addresses', {
    explain: 'How many home agents follow that may be used in the place of this one.',
    section: 'RFC 5142 §4.1',
  }),
  switchReserved: reserved('mip6.has.reserved', 'RFC 5142 §4.1'),
  homeAgent: field('mip6.has.address', 'Home agent address', {
    type: 'ipv6',
    explain: 'A home agent to move to; the sender is about to go.',
    section: 'RFC 5142 §4.1',
  }),
  heartbeatFlags: field('mip6.hb.flags', 'Flags', {
    explain: 'Whether this asks for a sign of life or gives one.',
    section: 'RFC 5847 §3.3',
    show: hex(4),
    parts: [
      [reserved('mip6.hb.reserved', 'RFC 5847 §3.3'), 14],
      flag(
        'mip6.hb.u_flag',
        'Unsolicited (U)',
        'RFC 5847 §3.3',
        'Set in a sign of life that no one asked for, after a restart.',
      ),
      flag(
        'mip6.hb.r_flag',
        'Response (R)',
        'RFC 5847 §3.3',
        'Clear when someone asks whether the other is alive, set in the answer.',
      ),
    ],
  }),
  heartbeatSequence: field('mip6.hb.seqnr', 'Sequence number', {
    explain: 'Repeated by the answer, so that a late one is not taken for a sign of life now.',
    section: 'RFC 5847 §3.3',
  }),
  handoverFlags: field('mip6.hi.flags', 'Flags', {
    explain: 'What the old access router asks of the new one.',
    section: 'RFC 5568 §6.2.1',
    show: hex(2),
    parts: [
      flag(
        'mip6.hi.s_flag',
        'Assigned address configuration (S)',
        'RFC 5568 §6.2.1',
        'Asks for a new care-of address.',
      ),
      flag(
        'mip6.hi.u_flag',
        'Buffer (U)',
        'RFC 5568 §6.2.1',
        'Asks to keep packets until the host has arrived.',
      ),
      [reserved('mip6.hi.reserved', 'RFC 5568 §6.2.1'), 6],
    ],
  }),
  handoverReserved: reserved('mip6.hack.reserved', 'RFC 5568 §6.2.1'),
  handoverCode: field('mip6.hi.code', 'Code', {
    explain: 'Whether the old care-of address is kept, and in an answer whether the handover was accepted.',
    section: 'RFC 5568 §6.2.1',
  }),
  revocationType: field('mip6.bri_br.type', 'B.R. type', {
    explain: 'Whether this withdraws a binding or confirms that it is gone.',
    section: 'RFC 5846 §5',
    values: { 1: 'Indication', 2: 'Acknowledgement' },
  }),
  trigger: field('mip6.bri_r.trigger', 'Revocation trigger', {
    explain: 'Why the binding is withdrawn.',
    section: 'RFC 5846 §5.1',
  }),
  revocationStatus: field('mip6.bri_status', 'Status', {
    explain: 'Whether the binding is gone; from 128 on it is not.',
    section: 'RFC 5846 §5.2',
  }),
  revocationFlags: field('mip6.bri.flags', 'Flags', {
    explain: 'Tells which of the host’s registrations are taken back: one, or all of a group.',
    section: 'RFC 5846 §5.1',
    show: hex(4),
    parts: [
      flag(
        'mip6.bri_ip',
        'Proxy binding (P)',
        'RFC 5846 §5.1',
        'Set where a gateway registered for the host.',
      ),
      flag(
        'mip6.bri_iv',
        'IPv4 HoA binding only (V)',
        'RFC 5846 §5.1',
        'Set where only the IPv4 home address goes.',
      ),
      flag(
        'mip6.bri_ig',
        'Global (G)',
        'RFC 5846 §5.1',
        'Set where all bindings of the peer go, or of a group.',
      ),
      [reserved('mip6.bri_res', 'RFC 5846 §5.1'), 13],
    ],
  }),
  routingReserved: reserved('mip6.lri.reserved', 'RFC 6705 §7.1'),
  routingLifetime: field('mip6.lri.lifetime', 'Lifetime', {
    explain: 'How many seconds the two hosts may reach each other without the anchor; 65535 for ever.',
    section: 'RFC 6705 §7.1',
    show: seconds(1),
  }),
  routingFlags: field('mip6.lra.flags', 'Flags', {
    explain: 'Whether someone asked for this answer.',
    section: 'RFC 6705 §7.2',
    show: hex(2),
    parts: [
      flag(
        'mip6.lri.unsolicited',
        'Unsolicited (U)',
        'RFC 6705 §7.2',
        'Set in an answer that no one asked for.',
      ),
      [reserved('mip6.lra.reserved', 'RFC 6705 §7.2'), 7],
    ],
  }),
  routingStatus: field('mip6.lra.status', 'Status', {
    explain: 'Whether the short way was set up.',
    section: 'RFC 6705 §7.2',
    values: { 0: 'Success', 128: 'Localized routing not allowed', 129: 'Mobile node not attached' },
  }),
  reason: field('mip6.upn.reason', 'Notification reason', {
    explain: 'What the gateway is to do, as to register again.',
    section: 'RFC 7077 §4.1',
  }),
  notificationFlags: field('mip6.upn.flags', 'Flags', {
    explain: 'What the anchor expects of the gateway.',
    section: 'RFC 7077 §4.1',
    show: hex(4),
    parts: [
      flag(
        'mip6.upn.a_flag',
        'Acknowledgement requested (A)',
        'RFC 7077 §4.1',
        'When set, the receiver has to confirm that the notification has come.',
      ),
      flag('mip6.upn.d_flag', 'Retransmission (D)', 'RFC 7077 §4.1', 'Set when the message is sent again.'),
      [reserved('mip6.upn.reserved', 'RFC 7077 §4.1'), 14],
    ],
  }),
  notificationStatus: field('mip6.upa.status', 'Status code', {
    explain: 'Whether the gateway does what it was told.',
    section: 'RFC 7077 §4.2',
  }),
  notificationReserved: reserved('mip6.upa.reserved', 'RFC 7077 §4.2'),
}
