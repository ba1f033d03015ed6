import { Conversations } from './conversations.ts'
import { type FragmentLog, Fragments } from './fragments.ts'
import { NumberedFragments } from './numbered-fragments.ts'
import { Streams } from './streams.ts'

/** What only more than one frame can teach, for the walk to ask. One session belongs to one capture. */
export class Session {
  readonly ipFragments: Fragments
  readonly ipv6Fragments: Fragments
  /** Fragments that a protocol above IP makes of its messages. */
  readonly messageFragments: NumberedFragments
  readonly conversations: Conversations
  readonly streams: Streams
  /** False: a session for single frames, which hears what another one learned and adds nothing to it. */
  readonly learns: boolean

  /**
   * `log`: where fragments and segments of streams are written down as they come. `learned`: of a session that walks the
   * whole capture in order.
   */
  constructor(log?: FragmentLog, learned?: Conversations) {
    this.ipFragments = new Fragments('reassembled-ip', 'Reassembled IPv4 datagram', log)
    this.ipv6Fragments = new Fragments('reassembled-ipv6', 'Reassembled IPv6 packet', log)
    this.messageFragments = new NumberedFragments(log)
    this.streams = new Streams(log)
    this.conversations = learned ?? new Conversations()
    this.learns = learned === undefined
  }
}
