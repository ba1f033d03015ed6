import { bytes, field } from '../src/dissect/field.ts'
import { addressFamilies } from './numbers/address-families.ts'
import { actionMeanings, reasonMeanings } from './numbers/firewall-meanings.ts'
import { pfActions, pfReasons } from './numbers/pf.ts'

export const none = 0xffffffff
/** What stands for “no process” (NO_PID, one more than the largest). */
export const noProcess = 100_000

export const directions: Readonly<Record<number, string>> = { 0: 'both', 1: 'in', 2: 'out', 3: 'forwarded' }

const showRule = (value: number): string => (value === none ? 'none' : String(value))
const showUser = (value: number): string => (value === none ? 'unknown' : String(value))
const showProcess = (value: number): string => (value === noProcess ? 'none' : String(value))

/** The glossary of pf's log header. */
export const f = {
  length: field('pflog.length', 'Header length', {
    explain:
      'Bytes of this header without its last padding: 45 at first, 61 with users and processes, 100 with the addresses after rewriting.',
    show: bytes,
  }),
  family: field('pflog.af', 'Address family', {
    explain: 'Says whether the logged packet is IPv4 or IPv6, in the numbers of the system that logged it.',
    values: addressFamilies,
  }),
  action: field('pflog.action', 'Action', {
    explain: 'What the firewall did with the packet.',
    meanings: actionMeanings,
    values: pfActions,
  }),
  reason: field('pflog.reason', 'Reason', {
    explain: 'Why it did so: a rule matched, or the packet itself was not fit to pass.',
    meanings: reasonMeanings,
    values: pfReasons,
  }),
  interfaceName: field('pflog.ifname', 'Interface', {
    type: 'text',
    explain: 'The interface on which the packet came or went, as the firewall’s system names it.',
  }),
  ruleset: field('pflog.ruleset', 'Ruleset', {
    type: 'text',
    explain: 'The anchor that holds the rule; empty for a rule of the main ruleset.',
  }),
  rule: field('pflog.rulenr', 'Rule number', {
    explain: 'Which rule of the main ruleset decided; `pfctl -vvsr` shows them with these numbers.',
    show: showRule,
  }),
  subRule: field('pflog.subrulenr', 'Rule number in the anchor', {
    explain: 'The rule’s place inside its anchor; 4294967295 stands for none.',
    show: showRule,
  }),
  user: field('pflog.uid', 'User', {
    explain: 'Who owns the socket of the packet, for rules with `log (user)`.',
    show: showUser,
  }),
  process: field('pflog.pid', 'Process', {
    explain: 'The process of the socket, for rules with `log (user)`.',
    show: showProcess,
  }),
  ruleUser: field('pflog.rule_uid', 'Rule’s user', {
    explain: 'The user whose program loaded the rule: 0 is root, others are helpers such as a proxy.',
    show: showUser,
  }),
  ruleProcess: field('pflog.rule_pid', 'Rule’s process', {
    explain: 'The process that loaded the rule: pfctl, or a daemon that keeps rules in an anchor.',
    show: showProcess,
  }),
  direction: field('pflog.dir', 'Direction', {
    explain: 'Whether the packet came into the machine or left it.',
    values: directions,
  }),
  rewritten: field('pflog.rewritten', 'Rewritten', {
    explain: 'Not 0 when pf changed addresses or ports; the changed ones follow.',
    values: { 0: 'no', 1: 'yes' },
  }),
  newFamily: field('pflog.naf', 'Address family after rewriting', {
    explain: 'Differs from the first where af-to turned IPv4 into IPv6 or back.',
    values: addressFamilies,
  }),
  padding: field('pflog.pad', 'Padding', {
    type: 'bytes',
    explain: 'Fills up to a multiple of 4 bytes, so that the packet behind is aligned.',
  }),
  sourceIpv4: field('pflog.saddr.ipv4', 'Source address', {
    type: 'ipv4',
    explain: 'The source after rewriting.',
  }),
  sourceIpv6: field('pflog.saddr.ipv6', 'Source address', {
    type: 'ipv6',
    explain: 'The source after rewriting.',
  }),
  sourceBytes: field('pflog.saddr.bytes', 'Source address', {
    type: 'bytes',
    explain: 'The source after rewriting.',
  }),
  destinationIpv4: field('pflog.daddr.ipv4', 'Destination address', {
    type: 'ipv4',
    explain: 'The destination after rewriting.',
  }),
  destinationIpv6: field('pflog.daddr.ipv6', 'Destination address', {
    type: 'ipv6',
    explain: 'The destination after rewriting.',
  }),
  destinationBytes: field('pflog.daddr.bytes', 'Destination address', {
    type: 'bytes',
    explain: 'The destination after rewriting.',
  }),
  sourcePort: field('pflog.sport', 'Source port', {
    explain: 'The source port that NAT gave the packet; answers come back to it.',
  }),
  destinationPort: field('pflog.dport', 'Destination port', {
    explain: 'The destination port to which pf redirected the packet.',
  }),
  identifier: field('pflog.ridentifier', 'Rule identifier', {
    explain:
      'A number that the author of the rule gave it (`ridentifier`), so that it survives changes (FreeBSD).',
  }),
  reserved: field('pflog.reserve', 'Reserved', {
    explain: 'Bytes that later versions of the log may use; 0 so far.',
  }),
}
