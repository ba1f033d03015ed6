import { NumberSpace } from '../../src/dissect/number-space.ts'

/**
 * Next protocols of the Network Service Header (https://www.iana.org/assignments/nsh), which VXLAN-GPE shares as far as it
 * goes.
 */
export const nextProtocols = new NumberSpace('next protocol', 256, {
  1: 'IPv4',
  2: 'IPv6',
  3: 'Ethernet',
  4: 'NSH',
  5: 'MPLS',
  254: 'Experiment 1',
  255: 'Experiment 2',
})
