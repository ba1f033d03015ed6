/** What to say of a name: why nothing bears it here, and what to write. */
export type Instead = { readonly why: string; readonly write: string }

const again = 'a note tells what came twice where messages are put together'
const wrongSum = '_ws.expert.message matches "checksum .* is wrong"'

/** Names that people know from Wireshark, or from older versions of it; `$1`: what is in the parentheses of the pattern. */
const known: readonly (readonly [pattern: RegExp, why: string, write: string])[] = [
  [/^bootp((?:\..*)?)$/, 'bootp is called dhcp', 'dhcp$1'],
  [/^ssl((?:\..*)?)$/, 'ssl is called tls', 'tls$1'],
  [/^icmp6((?:\..*)?)$/, 'icmp6 is called icmpv6', 'icmpv6$1'],
  [/^ip6((?:\..*)?)$/, 'ip6 is called ipv6', 'ipv6$1'],
  [/^ike(?:v[12])?(\..*)$/, 'IKE is called isakmp', 'isakmp$1'],
  [/^wireguard(\..*)$/, 'WireGuard is called wg', 'wg$1'],
  [/^expert((?:\..*)?)$/, 'names of notes begin with _ws', '_ws.expert$1'],
  [/^(ip|ipv6)\.stream$/, 'pairs of addresses have no numbers', '$1.addr == … && $1.addr == …'],
  [/^tcp\.analysis\.zero_window$/, 'zero windows are a value', 'tcp.window_size_value == 0'],
  [
    /^tcp\.analysis\.(?:\w+_)?(?:retransmission|duplicate_ack)$/,
    again,
    '_ws.expert.message contains "Sent again"',
  ],
  [
    /^tcp\.analysis(?:\.|$)/,
    'what is early, late or lost is not worked out',
    'tcp.stream == …, tcp.seq, tcp.ack, _ws.expert',
  ],
  [/^tcp\.window_size$/, 'windows are not multiplied', 'tcp.window_size_value'],
  [/^tcp\.window_size_scalefactor$/, 'windows are not multiplied', 'tcp.options.wscale.shift'],
  [/^tcp\.nxtseq$/, 'it can be calculated', 'tcp.seq + tcp.len'],
  [/^(?:tcp|udp)\.(time_delta|time_relative)$/, 'connections have no clocks of their own', 'frame.$1'],
  [/^tcp\.flags\.(?:ns|ace)$/, 'the bit has a newer name', 'tcp.flags.ae'],
  [/^tcp\.flags\.ecn$/, 'the bit has another name', 'tcp.flags.ece'],
  [/^tcp\.flags\.psh$/, 'the bit has another name', 'tcp.flags.push'],
  [/^tcp\.flags\.rst$/, 'the bit has another name', 'tcp.flags.reset'],
  [
    /^tcp\.completeness/,
    'how complete a connection is, is not worked out',
    'tcp.stream == … && tcp.flags & 7',
  ],
  [/[._]checksum[._](?:status|bad|good|calculated|incorrect)/, 'a note tells of wrong sums', wrongSum],
  [/^ip\.tos(?:\.|$)/, 'the byte has a newer name', 'ip.dsfield'],
  [/^(ip|ipv6)\.geoip\./, 'where addresses are is not known', '$1.addr == …/…'],
  [
    /^ip\.(?:fragments?$|fragment\.|reassembled)/,
    'parts of a datagram are told by their header',
    'ip.flags.mf == 1 || ip.frag_offset > 0',
  ],
  [
    /^ipv6\.(?:fragments?$|fragment\.|reassembled)/,
    'parts of a packet are told by their header',
    'ipv6.fraghdr',
  ],
  [
    /^(\w+)\.(?:.*\.)?(?:segments?|fragments?|reassembled(?:_in|\.\w+)?)$/,
    'what was put together stands in the packet that completes it',
    '$1',
  ],
  [
    /^(\w+)\.(?:response_in|response_to|request_in|resp_in|resp_to|no_resp|time|resptime)$/,
    'which packet answers which is no field',
    '$1',
  ],
  [/^eth\.(?:addr|src|dst)\.(ig|lg)$/, 'the bit has one name for both addresses', 'eth.$1'],
  [/^(eth\.(?:addr|src|dst)).*_resolved$/, 'addresses have no names', '$1'],
  [/^vlan\.cfi$/, 'the bit has a newer name', 'vlan.dei'],
  [/^frame\.time_delta_displayed$/, 'it would depend on the filter', 'frame.time_delta'],
  [/^frame\.(?:coloring_rule|ignored|ref_time)/, 'that is on Wireshark’s screen only', 'frame.marked'],
  [/^frame\.encap_type$/, 'the outermost layer tells the link', 'stack ~ "^eth", stack ~ "^sll"'],
  [/^frame\.interface_(?:description|queue)$/, 'of interfaces the name is known', 'frame.interface_name'],
  [/^_ws\.col\.protocol$/i, 'columns are no fields', 'frame.protocols contains "…"'],
  [/^_ws\.col(?:\.|$)/i, 'columns are no fields', 'a field, such as inner.ip.src'],
  [/^_ws\.expert\.group$/, 'notes have no groups', '_ws.expert.severity or _ws.expert.message'],
  [/^esp\.(?:decrypted|contained)_data$/, 'what keys opened is layers', 'stack ~ "esp/*"'],
  [/^esp\.sequence-analysis/, 'gaps are in the table of SAs', 'esp.sequence'],
]

/** What to write instead of a name that is none here; undefined: nobody knows. */
export function insteadOf(name: string): Instead | undefined {
  for (const [pattern, why, write] of known) {
    const found = pattern.exec(name)
    if (found) return { why, write: write.replace(/\$1/g, found[1] ?? '') }
  }
  return undefined
}
