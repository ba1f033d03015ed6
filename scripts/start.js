// `npm start` opens the bundled walkthrough; `npm start -- ARGS` passes the arguments on.
const [node, , ...args] = process.argv
process.argv = [node, 'vpnscope', ...(args.length > 0 ? args : standard())]
await import('../dist/cli.js')

/** The full screen, where there is one; else all that tcpdump prints. */
function standard() {
  const capture = ['-r', 'captures/walkthrough.pcap']
  return process.stdout.isTTY ? capture : ['-XXvvv', ...capture]
}
