import { data } from '../src/dissect/data.ts'
import { Dissector } from '../src/dissect/dissect.ts'
import { register } from '../src/dissect/protocol.ts'
import type { Rules } from '../src/dissect/rules.ts'
import type { Session } from '../src/dissect/session.ts'
import { ah } from './ah.ts'
import { arp } from './arp.ts'
import { bfd } from './bfd.ts'
import { bgp } from './bgp.ts'
import { carp } from './carp.ts'
import { ccp } from './ccp.ts'
import { chap } from './chap.ts'
import { chdlc } from './chdlc.ts'
import { compData } from './comp-data.ts'
import { dhcp } from './dhcp.ts'
import { dhcpv6 } from './dhcpv6.ts'
import { dns, llmnr, mdns } from './dns.ts'
import { eap } from './eap.ts'
import { eapol } from './eapol.ts'
import { enc } from './enc.ts'
import { erspan } from './erspan.ts'
import { esp } from './esp.ts'
import { eth } from './eth.ts'
import { etherip } from './etherip.ts'
import { fou } from './fou.ts'
import { geneve } from './geneve.ts'
import { gre } from './gre.ts'
import { gtp } from './gtp.ts'
import { gue } from './gue.ts'
import { http } from './http.ts'
import { icmp } from './icmp.ts'
import { icmpv6 } from './icmpv6.ts'
import { backboneTag } from './ieee8021ah.ts'
import { igmp } from './igmp.ts'
import { ip } from './ip.ts'
import { ipcomp } from './ipcomp.ts'
import { ipcp } from './ipcp.ts'
import { ipv6 } from './ipv6.ts'
import { ipv6Destination } from './ipv6-dstopts.ts'
import { ipv6Fragment } from './ipv6-fraghdr.ts'
import { ipv6HopByHop } from './ipv6-hopopts.ts'
import { ipv6Routing } from './ipv6-routing.ts'
import { ipv6cp } from './ipv6cp.ts'
import { isakmp } from './isakmp.ts'
import { isis } from './isis.ts'
import { l2tp, l2tpv3 } from './l2tp.ts'
import { lcp } from './lcp.ts'
import { llc } from './llc.ts'
import { macsec } from './macsec.ts'
import { mipv6 } from './mipv6.ts'
import { mp } from './mp.ts'
import { mpls } from './mpls.ts'
import { nbns } from './nbns.ts'
import { nebula } from './nebula.ts'
import { nhrp } from './nhrp.ts'
import { nsh } from './nsh.ts'
import { ntp } from './ntp.ts'
import { nullLoopback } from './null.ts'
import { linkTypes } from './numbers/link-types.ts'
import { openvpn } from './openvpn.ts'
import { osi } from './osi.ts'
import { ospf } from './ospf.ts'
import { pap } from './pap.ts'
import { pflog } from './pflog.ts'
import { pfsync } from './pfsync.ts'
import { photuris } from './photuris.ts'
import { ppp } from './ppp.ts'
import { cdpcp, mplscp, osinlcp } from './ppp-network-control.ts'
import { pppoed } from './pppoed.ts'
import { pppoes } from './pppoes.ts'
import { pptp } from './pptp.ts'
import { pwAssociated } from './pw-ach.ts'
import { pwControlWord } from './pw-control-word.ts'
import { radius } from './radius.ts'
import { raw } from './raw.ts'
import { rip } from './rip.ts'
import { ripng } from './ripng.ts'
import { sip } from './sip.ts'
import { slarp } from './slarp.ts'
import { sll } from './sll.ts'
import { snmp } from './snmp.ts'
import { ssh } from './ssh.ts'
import { sstp } from './sstp.ts'
import { stun } from './stun.ts'
import { syslog } from './syslog.ts'
import { tacplus } from './tacplus.ts'
import { tcp } from './tcp.ts'
import { tcpencap } from './tcpencap.ts'
import { teredo } from './teredo.ts'
import { tftp } from './tftp.ts'
import { tinc } from './tinc.ts'
import { tincData } from './tinc-data.ts'
import { tls } from './tls.ts'
import { udp } from './udp.ts'
import { udpencap } from './udpencap.ts'
import { udplite } from './udplite.ts'
import { serviceTag, vlan } from './vlan.ts'
import { vrrp } from './vrrp.ts'
import { vxlan } from './vxlan.ts'
import { vxlanGpe } from './vxlan-gpe.ts'
import { wg } from './wg.ts'
import { zerotier } from './zerotier.ts'

/** Every protocol that vpnscope knows, from the link up. */
export const protocols = [
  eth,
  llc,
  vlan,
  serviceTag,
  backboneTag,
  macsec,
  arp,
  sll,
  nullLoopback,
  raw,
  enc,
  pflog,
  ip,
  ipv6,
  ipv6HopByHop,
  ipv6Routing,
  ipv6Fragment,
  ipv6Destination,
  mipv6,
  icmp,
  icmpv6,
  igmp,
  tcp,
  udp,
  udplite,
  vxlan,
  vxlanGpe,
  geneve,
  l2tp,
  l2tpv3,
  gue,
  fou,
  teredo,
  gtp,
  gre,
  erspan,
  nhrp,
  mpls,
  pwControlWord,
  pwAssociated,
  nsh,
  pptp,
  pppoed,
  pppoes,
  ppp,
  chdlc,
  slarp,
  lcp,
  pap,
  chap,
  eap,
  eapol,
  ipcp,
  ipv6cp,
  mplscp,
  osinlcp,
  cdpcp,
  ccp,
  compData,
  mp,
  etherip,
  ah,
  esp,
  ipcomp,
  udpencap,
  tcpencap,
  isakmp,
  photuris,
  wg,
  openvpn,
  tinc,
  tincData,
  bgp,
  tls,
  dns,
  mdns,
  llmnr,
  ssh,
  http,
  ospf,
  pfsync,
  sip,
  dhcp,
  dhcpv6,
  ntp,
  bfd,
  tftp,
  syslog,
  snmp,
  rip,
  ripng,
  vrrp,
  carp,
  sstp,
  zerotier,
  nebula,
  osi,
  isis,
  stun,
  radius,
  tacplus,
  nbns,
  data,
]

register(protocols)

/** An engine that knows them all. Without a session it looks at each frame alone; `rules`: what is decoded otherwise. */
export const newDissector = (session?: Session, rules?: Rules): Dissector =>
  new Dissector(linkTypes, session, rules)
