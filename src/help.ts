import yargs, { type Argv } from 'yargs'
import { explainFlags } from './explain-options.ts'
import { type Flags, flags, learnFlags } from './flags.ts'
import { speaksUtf8, toAscii } from './print/glyphs.ts'

declare module 'yargs' {
  // Missing in the types, which are those of yargs 17.0.
  interface Argv {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): this
  }
}

/** The help text, laid out by yargs from the table of options. */
export const mainHelp = (): Promise<string> =>
  laidOut(
    begin()
      .usage(
        '$0 [options] [FILE [FILTER]]\n$0 [options] -i INTERFACE [FILTER]\n$0 explain FILE -n 2\n$0 explain NAME\n$0 learn [TOUR]\n',
      )
      .usage('Peels every tunnel header of a capture and shows what it finds, on a screen or as text.')
      .example('$0 walk.pcap', 'the screen; where there is none, text')
      .example('$0 -XXvvvr walk.pcap', 'all that tcpdump prints, with the bytes')
      .example('$0 -r walk.pcap -T tree', 'every layer and field')
      .example('$0 walk.pcap -Y inner.icmp', 'only packets that a filter lets through')
      .example('$0 explain walk.pcap -n 2', 'a packet in words, byte by byte')
      .example('$0 learn gre', 'a guided tour; learn lists them')
      .example('$0 -T ladder walk.pcap', 'why an IKE negotiation does not come up')
      .example('$0 -i em0 esp or udp port 500', 'the screen, live')
      .example('$0 -i ssh://root@gw/em0', 'the same from another host')
      .example('ssh gw tcpdump -Uw- | $0 -r -', 'from elsewhere, as they come'),
    flags,
  )

/** The help text of `vpnscope explain`. */
export const explainHelp = (): Promise<string> =>
  laidOut(
    begin()
      .usage('$0 explain [options] FILE\n$0 explain [options] NAME\n')
      .usage('Explains packets byte by byte, or a protocol, a field or the name of a value.')
      .example('$0 explain walk.pcap -n 2', 'the second packet, as text')
      .example('$0 explain walk.pcap -n 2,5-7', 'several')
      .example('$0 explain a.pcap --format html', 'a page for a browser: add > a.html')
      .example('$0 explain gre', 'what a protocol is for, and its fields')
      .example('$0 explain ip.ttl', 'what a field is for')
      .example('$0 explain NO_PROPOSAL_CHOSEN', 'what a value means')
      .example('$0 explain --list isakmp', 'the names that begin so'),
    explainFlags,
  )

/** The help text of `vpnscope learn`. */
export const learnHelp = (): Promise<string> =>
  laidOut(
    begin()
      .usage('$0 learn\n$0 learn [options] TOUR\n')
      .usage('Leads through a capture step by step, on the screen, or as text where there is none.')
      .example('$0 learn', 'the tours that there are')
      .example('$0 learn gre', 'one of them')
      .example('$0 learn ./mine.json', 'one of your own'),
    learnFlags,
  )

/** Longer lines than the last nobody likes to read, shorter ones than the first nobody can. */
const leastColumns = 40
const mostColumns = 100
const columns = (): number => process.stdout.columns ?? (Number(process.env['COLUMNS']) || 80)

const begin = () =>
  yargs([])
    .scriptName('vpnscope')
    .usageConfiguration({ 'hide-types': true })
    .help(false)
    .version(false)
    .wrap(Math.min(mostColumns, Math.max(leastColumns, columns())))

async function laidOut(begun: Argv, table: Flags): Promise<string> {
  let command = begun
  for (const [name, { describe, group, alias, value, counts }] of Object.entries(table))
    command = command.option(name, {
      describe: value ? `${value}: ${describe}` : describe,
      group: `${group}:`,
      ...(alias ? { alias } : {}),
      ...(value ? { requiresArg: true, string: true } : counts ? { count: true } : { boolean: true }),
    })
  const help = await command.getHelp()
  return speaksUtf8(process.env) ? help : help.split('\n').map(toAscii).join('\n')
}
