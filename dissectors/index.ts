import { data } from '../src/dissect/data.ts'
import { Dissector } from '../src/dissect/dissect.ts'
import { register } from '../src/dissect/protocol.ts'
import type { Session } from '../src/dissect/session.ts'
import { eth } from './eth.ts'
import { gre } from './gre.ts'
import { ip } from './ip.ts'
import { llc } from './llc.ts'
import { linkTypes } from './numbers/link-types.ts'
import { udp } from './udp.ts'

/** Every protocol that vpnscope knows, from the link up. */
export const protocols = [eth, llc, ip, udp, gre, data]

register(protocols)

/** An engine that knows them all. Without a session it looks at each frame alone. */
export const newDissector = (session?: Session): Dissector => new Dissector(linkTypes, session)
