import { type FragmentLog, Fragments } from './fragments.ts'

/** What only more than one frame can teach, for the walk to ask. One session belongs to one capture. */
export class Session {
  readonly ipFragments: Fragments
  readonly ipv6Fragments: Fragments

  /** `log`: where fragments of both versions of IP are written down as they come. */
  constructor(log?: FragmentLog) {
    this.ipFragments = new Fragments('reassembled-ip', 'Reassembled IPv4 datagram', log)
    this.ipv6Fragments = new Fragments('reassembled-ipv6', 'Reassembled IPv6 packet', log)
  }
}
