import { field, glossary, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import {
  type AttributeSet,
  attributeFrame,
  attributeGlossary,
  durationText,
  walkAttributes,
} from './ikev1-attributes.ts'
import { configMeanings } from './numbers/ike-meanings.ts'
import { configAttributeTypes, configTypes, xauthStatus, xauthTypes } from './numbers/ikev1-config.ts'

// |     Type      |   RESERVED    |           Identifier          |
// |                           Attributes                          |

const prefix = 'isakmp.cfg.attr'
const mode = 'draft-dukes-ike-mode-cfg-02 §3.2'
const xauth = 'draft-beaulieu-ike-xauth-02 §6'
const empty = 'A question has it empty.'

const ipv4 = (name: string, label: string, explain: string) =>
  field(`${prefix}.${name}`, label, { type: 'ipv4', explain, section: mode })
const ipv6 = (name: string, label: string, explain: string) =>
  field(`${prefix}.${name}`, label, { type: 'ipv6', explain, section: mode })
const said = (name: string, label: string, explain: string, section = mode) =>
  field(`${prefix}.${name}`, label, { type: 'text', explain, section })

const f = {
  type: field('isakmp.cfg.type', 'Type', {
    explain:
      'Who asks and who answers: a question gets a reply, and a set, which hands something over unasked, an acknowledgment.',
    section: mode,
    values: configTypes,
    meanings: configMeanings,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: mode,
    show: hex(2),
  }),
  identifier: field('isakmp.cfg.identifier', 'Identifier', {
    explain: 'The same in a question and its answer, and in all messages of one login by XAUTH.',
    section: mode,
  }),
  prefixLength: field(`${prefix}.internal_ip6_address.prefix`, 'Prefix length', {
    explain: 'How many bits of the client’s address name its network.',
    section: mode,
  }),
  subnet: ipv4(
    'internal_ip4_subnet_ip',
    'INTERNAL_IP4_SUBNET',
    'A network behind the gateway: the client sends traffic to it through the tunnel.',
  ),
  subnetMask: ipv4(
    'internal_ip4_subnet_netmask',
    'INTERNAL_IP4_SUBNET mask',
    'Tells with its ones which bits of the address in front of it are the network.',
  ),
  subnet6: ipv6(
    'internal_ip6_subnet_ip',
    'INTERNAL_IP6_SUBNET',
    'An IPv6 network behind the gateway: the client sends traffic to it through the tunnel.',
  ),
  subnet6Prefix: field(`${prefix}.internal_ip6_subnet_prefix`, 'INTERNAL_IP6_SUBNET prefix length', {
    explain: 'How many bits of the network’s address count.',
    section: mode,
  }),
  supported: field(`${prefix}.supported_attributes`, 'SUPPORTED_ATTRIBUTES', {
    explain:
      'One kind of attribute that the sender understands, in answer to the question which ones it knows.',
    section: mode,
    values: configAttributeTypes,
  }),
  network: field(`${prefix}.unity.network`, 'Network', {
    type: 'ipv4',
    explain:
      'A network that goes through the tunnel (UNITY_SPLIT_INCLUDE), or that stays outside it (UNITY_LOCAL_LAN).',
  }),
  networkMask: field(`${prefix}.unity.netmask`, 'Network mask', {
    type: 'ipv4',
    explain: 'Tells with its ones which bits of the network in front of it have to agree.',
  }),
  networkProtocol: field(`${prefix}.unity.protocol`, 'IP protocol', {
    explain: 'The only IP protocol that this holds for; 0 means any.',
  }),
  networkSource: field(`${prefix}.unity.source_port`, 'Source port', {
    explain: 'The only source port that this holds for; 0 means any.',
  }),
  networkDestination: field(`${prefix}.unity.destination_port`, 'Destination port', {
    explain: 'The only destination port that this holds for; 0 means any.',
  }),
}

const address6 = ipv6(
  'internal_ip6_address',
  'INTERNAL_IP6_ADDRESS',
  `The client’s IPv6 address inside the tunnel. ${empty}`,
)
const ip6Address = 8
const ip4Subnet = 13
const supportedAttributes = 14
const ip6Subnet = 15
const splitInclude = 28676
const localLan = 28678
/** Address, mask, protocol and two ports, as vpnc reads them; racoon and strongSwan send 0 behind the mask. */
const networkSize = 14

function walkNetwork(r: Reader): void {
  r.ipv4(f.network)
  r.ipv4(f.networkMask)
  r.u16(f.networkProtocol)
  r.u16(f.networkSource)
  r.u16(f.networkDestination)
}

/** Attributes that hold several values. */
function walkSeveral(r: Reader, type: number, length: number): boolean {
  if (type === ip4Subnet && length === 8) {
    r.ipv4(f.subnet)
    r.ipv4(f.subnetMask)
  } else if (type === ip6Subnet && length === 17) {
    r.ipv6(f.subnet6)
    r.u8(f.subnet6Prefix)
  } else if (type === ip6Address && length === 17) {
    r.ipv6(address6)
    r.u8(f.prefixLength)
  } else if (type === supportedAttributes && length % 2 === 0) {
    for (let i = 0; i < length; i += 2) r.u16(f.supported)
  } else if ((type === splitInclude || type === localLan) && length % networkSize === 0) {
    for (let i = 0; i < length; i += networkSize) walkNetwork(r)
  } else return false
  return true
}

/** Settings for a client, and the questions and answers of XAUTH. */
const configAttributes: AttributeSet = {
  ...attributeFrame(
    prefix,
    'One setting or one part of a login. Empty in a question: the answer fills it in.',
    configAttributeTypes,
  ),
  special: walkSeveral,
  known: {
    1: ipv4(
      'internal_ip4_address',
      'INTERNAL_IP4_ADDRESS',
      `The client’s IPv4 address inside the tunnel. ${empty}`,
    ),
    2: ipv4(
      'internal_ip4_netmask',
      'INTERNAL_IP4_NETMASK',
      'The mask of the network that the inner IPv6 address is in; a prefix length took its place.',
    ),
    3: ipv4('internal_ip4_dns', 'INTERNAL_IP4_DNS', 'A name server inside, by an IPv6 address.'),
    4: ipv4(
      'internal_ip4_nbns',
      'INTERNAL_IP4_NBNS',
      'A server for NetBIOS names inside, as old Windows networks have.',
    ),
    5: field(`${prefix}.internal_address_expiry`, 'INTERNAL_ADDRESS_EXPIRY', {
      explain: 'How long the client may keep its inner address without asking again.',
      section: mode,
      show: durationText,
    }),
    6: ipv4(
      'internal_ip4_dhcp',
      'INTERNAL_IP4_DHCP',
      'A DHCPv6 server inside, which the client may ask for more.',
    ),
    7: said('application_version', 'APPLICATION_VERSION', 'What software the sender is, in its own words.'),
    8: address6,
    9: ipv6(
      'internal_ip6_netmask',
      'INTERNAL_IP6_NETMASK',
      'The mask of the network that the inner address is in.',
    ),
    10: ipv6(
      'internal_ip6_dns',
      'INTERNAL_IP6_DNS',
      'A name server inside, which knows names that nobody outside does.',
    ),
    11: ipv6(
      'internal_ip6_nbns',
      'INTERNAL_IP6_NBNS',
      'A server for NetBIOS names inside, by an IPv6 address. NetBIOS was never taken to IPv6, so hardly anyone sends it.',
    ),
    12: ipv6(
      'internal_ip6_dhcp',
      'INTERNAL_IP6_DHCP',
      'A DHCP server inside, which the client may ask for more.',
    ),
    16520: field(`${prefix}.xauth.type`, 'XAUTH_TYPE', {
      explain: 'What the gateway wants the user to log in with.',
      section: xauth,
      values: xauthTypes,
      meanings: {
        0: 'Name and password, or whatever else is asked for.',
        1: 'A challenge, and a hash of it with the password, as in CHAP.',
        2: 'A password that counts once.',
        3: 'A password that counts once, from the list of S/KEY.',
      },
    }),
    16521: said(
      'xauth.user_name',
      'XAUTH_USER_NAME',
      `The name under which the user logs in. ${empty}`,
      xauth,
    ),
    16522: said(
      'xauth.user_password',
      'XAUTH_USER_PASSWORD',
      `The password itself; only the IKE SA’s encryption protects it. ${empty}`,
      xauth,
    ),
    16523: said('xauth.passcode', 'XAUTH_PASSCODE', `What a token card shows at the moment. ${empty}`, xauth),
    16524: said(
      'xauth.message',
      'XAUTH_MESSAGE',
      'A text of the gateway for the user: what to type next, or why it did not work.',
      xauth,
    ),
    16525: said(
      'xauth.challenge',
      'XAUTH_CHALLENGE',
      'The bytes from which the user’s answer has to be computed, so that a recorded answer is of no use.',
      xauth,
    ),
    16526: said(
      'xauth.domain',
      'XAUTH_DOMAIN',
      'The domain in which the user’s name is known, as Windows logins have one.',
      xauth,
    ),
    16527: field(`${prefix}.xauth.status`, 'XAUTH_STATUS', {
      explain: 'Tells whether the user is let in; it stands in the last message of the login.',
      section: xauth,
      values: xauthStatus,
      meanings: {
        0: 'The login failed: the gateway deletes the IKE SA.',
        1: 'The user is let in, and quick mode may begin.',
      },
    }),
    16528: said(
      'xauth.next_pin',
      'XAUTH_NEXT_PIN',
      'The PIN that the user is to take from now on, or the wish for one.',
      xauth,
    ),
    16529: said(
      'xauth.answer',
      'XAUTH_ANSWER',
      `What the user types in answer to a message. ${empty}`,
      xauth,
    ),
    28672: said('unity.banner', 'UNITY_BANNER', 'Cisco: a text that the client shows after the login.'),
    28674: said(
      'unity.def_domain',
      'UNITY_DEF_DOMAIN',
      'Cisco: the domain that the client adds to short names.',
    ),
  },
}

/** The glossary of attributes payloads. */
export const configFields = glossary(f, attributeGlossary(configAttributes))

/** Reads an attributes payload: mode config and XAUTH. */
export function walkConfig(r: Reader): void {
  r.u8(f.type)
  r.u8(f.reserved)
  r.u16(f.identifier)
  walkAttributes(r, configAttributes)
}
