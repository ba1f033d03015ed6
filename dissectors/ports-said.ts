/** Who listens at a port, and what to think of it, for the ports that people of tunnels meet. */
const services: Readonly<Record<number, string>> = {
  22: '22 is SSH: a shell, and with it tunnels for ports or whole packets.',
  53: '53 is DNS: a name is looked up.',
  67: '67 is the DHCP server, which hands out addresses.',
  68: '68 is the DHCP client, which has no address yet.',
  123: '123 is NTP: clocks are set by it, and certificates are only valid on clocks that are right.',
  179: '179 is BGP: routers tell each other which networks they reach.',
  443: '443 is HTTPS; VPNs that have to pass any firewall use it too.',
  468: '468 is Photuris, the forerunner of IKE.',
  500: '500 is IKE: two IPsec peers agree on keys. Both sides send from and to it, unless a NAT device changes the port.',
  655: '655 is tinc.',
  1194: '1194 is OpenVPN.',
  1701: '1701 is L2TP, mostly inside IPsec.',
  1723: '1723 is the control connection of PPTP; its packets travel beside it in GRE.',
  3544: '3544 is Teredo: IPv6 for hosts behind NAT.',
  4500: '4500 is IPsec through NAT: IKE moves here once it has found a NAT device, and ESP travels on the same port.',
  4789: '4789 is VXLAN; the source port is a hash of the inner flow, so that routers spread the load.',
  6081: '6081 is Geneve; the source port is a hash of the inner flow, so that routers spread the load.',
  51820: '51820 is where WireGuard listens unless it is told otherwise.',
}

const firstDynamic = 49_152
const lastWellKnown = 1023

/** What a port number says by itself. */
export function portSaid(port: number): string {
  const known = services[port]
  if (known !== undefined) return known
  if (port === 0) return '0 is no port that a program can have.'
  if (port >= firstDynamic)
    return `${port} is from the range for passing use (RFC 6335): most likely a client’s, picked for this conversation.`
  return port <= lastWellKnown
    ? `${port} is a well-known port: on most systems only root may listen there.`
    : ''
}
