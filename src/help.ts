import yargs from 'yargs'
import { flags } from './options.ts'

/** The help text, laid out by yargs from the table of options. */
export async function printHelp(): Promise<void> {
  let command = yargs([])
    .scriptName('vpnscope')
    .usage('$0 [options] [FILE]\n\nPeels every tunnel header of a capture and prints what it finds.')
    .help(false)
    .version(false)
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .example('$0 walk.pcap', 'one line a packet, as tcpdump prints it')
    .example('$0 -XXvvvr walk.pcap', 'all that tcpdump prints, with the bytes')
    .example('$0 -r walk.pcap -T tree', 'every layer and field')
    .example('ssh gw tcpdump -U -w - | $0 -r - --json', 'one JSON object a packet, as they come')
  for (const [name, { describe, alias, value, counts }] of Object.entries(flags))
    command = command.option(name, {
      describe,
      ...(alias ? { alias } : {}),
      ...(value ? { requiresArg: true, string: true } : counts ? { count: true } : { boolean: true }),
    })
  process.stdout.write(`${await command.getHelp()}\n`)
}
