// `npm start` opens the bundled walkthrough; `npm start -- ARGS` passes the arguments on.
const [node, , ...args] = process.argv
process.argv = [node, 'vpnscope', ...(args.length > 0 ? args : ['-XXvvv', '-r', 'captures/walkthrough.pcap'])]
await import('../dist/cli.js')
