import { bytes, type Field, field, seconds } from '../src/dissect/field.ts'
import { largeSize, longTime } from './durations.ts'
import {
  endMeanings,
  radiusCodeMeanings,
  serviceMeanings,
  sessionMeanings,
} from './numbers/configuration-meanings.ts'

export const radiusCodes: Readonly<Record<number, string>> = {
  1: 'Access-Request',
  2: 'Access-Accept',
  3: 'Access-Reject',
  4: 'Accounting-Request',
  5: 'Accounting-Response',
  11: 'Access-Challenge',
  12: 'Status-Server',
  13: 'Status-Client',
  40: 'Disconnect-Request',
  41: 'Disconnect-ACK',
  42: 'Disconnect-NAK',
  43: 'CoA-Request',
  44: 'CoA-ACK',
  45: 'CoA-NAK',
}

/** Attributes that hold more than a value. */
const structured: Readonly<Record<number, string>> = { 26: 'Vendor-Specific', 79: 'EAP-Message' }

export const f = {
  code: field('radius.code', 'Code', {
    explain: 'What is asked or answered: who may come in, and afterwards how long they stayed.',
    section: 'RFC 2865 §3',
    meanings: radiusCodeMeanings,
    values: radiusCodes,
  }),
  identifier: field('radius.id', 'Identifier', {
    explain: 'Counts the requests of one port, so that an answer finds the one that it belongs to.',
    section: 'RFC 2865 §3',
  }),
  length: field('radius.length', 'Length', {
    explain: 'Bytes of the packet; what follows them is padding.',
    section: 'RFC 2865 §3',
    show: bytes,
  }),
  authenticator: field('radius.authenticator', 'Authenticator', {
    type: 'bytes',
    explain:
      'Random in a request. In an answer MD5 over it, the answer and the shared secret: nothing else proves where it is from, and MD5 no longer does (Blast-RADIUS).',
    section: 'RFC 2865 §3',
  }),
  attribute: field('radius.avp', 'Attribute', {
    type: 'group',
    explain: 'One thing that is said about user, gateway or session.',
    section: 'RFC 2865 §5',
  }),
  type: field('radius.avp.type', 'Type', {
    explain: 'Tells which attribute this is, and so whether the value is a text, a number or an address.',
    section: 'RFC 2865 §5',
    show: value => {
      const name = attributes[value]?.label ?? structured[value]
      return name === undefined ? String(value) : `${name} (${value})`
    },
  }),
  attributeLength: field('radius.avp.length', 'Attribute length', {
    explain: 'Bytes of the attribute with its type and length.',
    section: 'RFC 2865 §5',
    show: bytes,
  }),
  value: field('radius.avp.value', 'Value', {
    type: 'bytes',
    explain: 'A value of a type that is not taken apart here.',
    section: 'RFC 2865 §5',
  }),
  vendor: field('radius.avp.vendor_id', 'Vendor ID', {
    explain: 'Who defined the attributes inside, by the number that IANA gave.',
    section: 'RFC 2865 §5.26',
    values: { 9: 'Cisco', 311: 'Microsoft', 14122: 'WISPr', 14988: 'MikroTik', 25053: 'Ruckus' },
  }),
  vendorType: field('radius.avp.vendor_type', 'Vendor type', {
    explain: 'What the vendor means; 16 and 17 of Microsoft are the keys that EAP or MS-CHAP made.',
    section: 'RFC 2865 §5.26',
  }),
  vendorLength: field('radius.avp.vendor_len', 'Vendor length', {
    explain: 'Bytes of the vendor’s attribute with its type and length.',
    section: 'RFC 2865 §5.26',
    show: bytes,
  }),
  eap: field('radius.eap_fragment', 'EAP fragment', {
    type: 'bytes',
    explain: 'A piece of what client and server say to each other; the gateway only passes it on.',
    section: 'RFC 3579 §3.1',
  }),
}

const text = (name: string, label: string, section: string, explain: string) =>
  field(`radius.${name}`, label, { type: 'text', explain, section })
const octets = (name: string, label: string, section: string, explain: string) =>
  field(`radius.${name}`, label, { type: 'bytes', explain, section })
const ipv4 = (name: string, label: string, section: string, explain: string) =>
  field(`radius.${name}`, label, { type: 'ipv4', explain, section })
const uint = (
  name: string,
  label: string,
  section: string,
  explain: string,
  values?: Readonly<Record<number, string>>,
  meanings?: Readonly<Record<number, string>>,
) =>
  field(`radius.${name}`, label, {
    explain,
    section,
    ...(values && { values }),
    ...(meanings && { meanings }),
  })
const traffic = (name: string, label: string, section: string, explain: string) =>
  field(`radius.${name}`, label, { explain, section, here: largeSize })
const time = (name: string, label: string, section: string, explain: string) =>
  field(`radius.${name}`, label, { explain, section, here: longTime, show: seconds })

const rfc = (part: number): string => `RFC 2865 §5.${part}`
const accounting = (part: number): string => `RFC 2866 §5.${part}`

/** What attributes hold, by type. */
export const attributes: Readonly<Record<number, Field>> = {
  1: text('User_Name', 'User-Name', rfc(1), 'The name of whoever wants in.'),
  2: field('radius.User_Password_encrypted', 'User-Password', {
    type: 'bytes',
    explain:
      'The password, hidden with MD5 of the shared secret and the authenticator: who knows the secret reads it. It is masked here; the bytes have it.',
    section: rfc(2),
    read: () => '********',
  }),
  3: octets('CHAP_Password', 'CHAP-Password', rfc(3), 'The client’s response to a challenge of CHAP.'),
  4: ipv4(
    'NAS_IP_Address',
    'NAS-IP-Address',
    rfc(4),
    'The address of the access server that asks, which need not be the one the packet comes from.',
  ),
  5: uint('NAS_Port', 'NAS-Port', rfc(5), 'The gateway’s number for the line or tunnel of the user.'),
  6: uint(
    'Service_Type',
    'Service-Type',
    rfc(6),
    'Whether the user wants a connection, a login on the device, or only to be checked.',
    {
      1: 'Login',
      2: 'Framed',
      5: 'Outbound',
      6: 'Administrative',
      8: 'Authenticate Only',
      10: 'Call Check',
    },
    serviceMeanings,
  ),
  7: uint('Framed_Protocol', 'Framed-Protocol', rfc(7), 'What runs on the user’s line.', {
    1: 'PPP',
    2: 'SLIP',
  }),
  8: ipv4(
    'Framed-IP-Address',
    'Framed-IP-Address',
    rfc(8),
    'The address that the user has inside the tunnel.',
  ),
  9: ipv4(
    'Framed_IP_Netmask',
    'Framed-IP-Netmask',
    rfc(9),
    'The mask that the user’s side of the line gets with its address.',
  ),
  11: text(
    'Filter_Id',
    'Filter-Id',
    rfc(11),
    'The name of rules in the gateway that the user is subject to.',
  ),
  12: uint('Framed_MTU', 'Framed-MTU', rfc(12), 'Bytes of the longest packet on the user’s line.'),
  18: text(
    'Reply_Message',
    'Reply-Message',
    rfc(18),
    'A text that the user is to see, such as why the login failed.',
  ),
  22: text('Framed_Route', 'Framed-Route', rfc(22), 'A network behind the user.'),
  24: octets(
    'State',
    'State',
    rfc(24),
    'A note of the server to itself, which the next question brings back.',
  ),
  25: octets(
    'Class',
    'Class',
    rfc(25),
    'A mark for accounting; gateways often take it for the group of the user.',
  ),
  27: time('Session_Timeout', 'Session-Timeout', rfc(27), 'After so long the user is thrown out.'),
  28: time('Idle_Timeout', 'Idle-Timeout', rfc(28), 'After so long without packets the user is thrown out.'),
  30: text(
    'Called_Station_Id',
    'Called-Station-Id',
    rfc(30),
    'Where the user came in: a number, an address, a radio network.',
  ),
  31: text('Calling_Station_Id', 'Calling-Station-Id', rfc(31), 'Where the user is calling from.'),
  32: text('NAS_Identifier', 'NAS-Identifier', rfc(32), 'The name of the gateway that asks.'),
  33: octets('Proxy_State', 'Proxy-State', rfc(33), 'A note of a server in between to itself.'),
  40: uint(
    'Acct_Status_Type',
    'Acct-Status-Type',
    accounting(1),
    'Where in its life the session is.',
    {
      1: 'Start',
      2: 'Stop',
      3: 'Interim-Update',
      7: 'Accounting-On',
      8: 'Accounting-Off',
    },
    sessionMeanings,
  ),
  41: time('Acct_Delay_Time', 'Acct-Delay-Time', accounting(2), 'How long the gateway tries to tell this.'),
  42: traffic(
    'Acct_Input_Octets',
    'Acct-Input-Octets',
    accounting(3),
    'Bytes that came from the user, modulo 2³².',
  ),
  43: traffic(
    'Acct_Output_Octets',
    'Acct-Output-Octets',
    accounting(4),
    'Bytes that went to the user, modulo 2³².',
  ),
  44: text('Acct_Session_Id', 'Acct-Session-Id', accounting(5), 'The gateway’s name for this session.'),
  45: uint(
    'Acct_Authentic',
    'Acct-Authentic',
    accounting(6),
    'Whether RADIUS, the access server itself or somebody else has checked the user.',
    {
      1: 'RADIUS',
      2: 'Local',
      3: 'Remote',
    },
  ),
  46: time('Acct_Session_Time', 'Acct-Session-Time', accounting(7), 'How long the user was there.'),
  47: uint('Acct_Input_Packets', 'Acct-Input-Packets', accounting(8), 'Packets that came from the user.'),
  48: uint('Acct_Output_Packets', 'Acct-Output-Packets', accounting(9), 'Packets that went to the user.'),
  49: uint(
    'Acct_Terminate_Cause',
    'Acct-Terminate-Cause',
    accounting(10),
    'Tells a user who hung up from a lost line, a limit of time, or a fault.',
    {
      1: 'User Request',
      2: 'Lost Carrier',
      4: 'Idle Timeout',
      5: 'Session Timeout',
      6: 'Admin Reset',
      9: 'NAS Error',
    },
    endMeanings,
  ),
  60: octets('CHAP_Challenge', 'CHAP-Challenge', rfc(40), 'What the client had to respond to.'),
  61: uint('NAS_Port_Type', 'NAS-Port-Type', rfc(41), 'How the user comes in; VPNs say Virtual.', {
    0: 'Async',
    5: 'Virtual',
    15: 'Ethernet',
    19: 'Wireless-802.11',
  }),
  80: octets(
    'Message_Authenticator',
    'Message-Authenticator',
    'RFC 3579 §3.2',
    'HMAC-MD5 over the whole packet with the shared secret: what the authenticator alone cannot promise.',
  ),
  85: time(
    'Acct_Interim_Interval',
    'Acct-Interim-Interval',
    'RFC 2869 §5.16',
    'How often the gateway is to tell of the session.',
  ),
  87: text(
    'NAS_Port_Id',
    'NAS-Port-Id',
    'RFC 2869 §5.17',
    'The gateway’s name for the line or tunnel of the user.',
  ),
  88: text('Framed_Pool', 'Framed-Pool', 'RFC 2869 §5.18', 'From which pool the user gets an address.'),
  101: field('radius.Error_Cause', 'Error-Cause', {
    explain: 'Why the gateway did not do what it was told.',
    section: 'RFC 5176 §3.5',
    values: { 401: 'Unsupported Attribute', 503: 'Session Context Not Found' },
  }),
}
