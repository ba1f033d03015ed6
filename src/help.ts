import yargs from 'yargs'
import { flags } from './flags.ts'

declare module 'yargs' {
  // Missing in the types, which are those of yargs 17.0.
  interface Argv {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): this
  }
}

/** The help text, laid out by yargs from the table of options. */
export async function printHelp(): Promise<void> {
  let command = yargs([])
    .scriptName('vpnscope')
    .usage('$0 [options] [FILE]\n$0 [options] -i INTERFACE [FILTER]\n')
    .usage('Peels every tunnel header of a capture and shows what it finds, on a screen or as text.')
    .usageConfiguration({ 'hide-types': true })
    .help(false)
    .version(false)
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .example('$0 walk.pcap', 'the screen; where there is none, a line a packet')
    .example('$0 -XXvvvr walk.pcap', 'all that tcpdump prints, with the bytes')
    .example('$0 -r walk.pcap -T tree', 'every layer and field')
    .example('$0 -T ladder walk.pcap', 'why an IKE negotiation does not come up')
    .example('$0 -i em0 esp or udp port 500', 'the screen, live')
    .example('$0 -i ssh://root@gw/em0 --recipe ipsec', 'from another host')
    .example('ssh gw tcpdump -U -w - | $0 -r - --json', 'one JSON object a packet, as they come')
  for (const [name, { describe, group, alias, value, counts }] of Object.entries(flags))
    command = command.option(name, {
      describe: value ? `${value}: ${describe}` : describe,
      group: `${group}:`,
      ...(alias ? { alias } : {}),
      ...(value ? { requiresArg: true, string: true } : counts ? { count: true } : { boolean: true }),
    })
  process.stdout.write(`${await command.getHelp()}\n`)
}
