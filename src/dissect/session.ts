import { Fragments } from './fragments.ts'

/** What only more than one frame can teach, for the walk to ask. One session belongs to one capture. */
export class Session {
  readonly ipFragments = new Fragments('reassembled-ip', 'Reassembled IPv4 datagram')
  readonly ipv6Fragments = new Fragments('reassembled-ipv6', 'Reassembled IPv6 packet')
}
