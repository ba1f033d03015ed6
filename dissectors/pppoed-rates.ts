import { field } from '../src/dissect/field.ts'

const rates: readonly (readonly [type: number, name: string, label: string, explain: string])[] = [
  [
    0x81,
    'act_data_rate_up',
    'Actual data rate upstream',
    'Bits per second that the line now carries from the subscriber.',
  ],
  [
    0x82,
    'act_data_rate_down',
    'Actual data rate downstream',
    'Bits per second that the line now carries to the subscriber.',
  ],
  [
    0x83,
    'min_data_rate_up',
    'Minimum data rate upstream',
    'Bits per second from the subscriber below which the line would not work.',
  ],
  [
    0x84,
    'min_data_rate_down',
    'Minimum data rate downstream',
    'Bits per second to the subscriber below which the line would not work.',
  ],
  [
    0x85,
    'attainable_data_rate_up',
    'Attainable data rate upstream',
    'Bits per second from the subscriber that the wires would allow.',
  ],
  [
    0x86,
    'attainable_data_rate_down',
    'Attainable data rate downstream',
    'Bits per second to the subscriber that the wires would allow.',
  ],
  [
    0x87,
    'max_data_rate_up',
    'Maximum data rate upstream',
    'Bits per second from the subscriber that the provider allows.',
  ],
  [
    0x88,
    'max_data_rate_down',
    'Maximum data rate downstream',
    'Bits per second to the subscriber that the provider allows.',
  ],
  [
    0x89,
    'min_data_rate_up_lp',
    'Minimum data rate upstream in low power state',
    'Bits per second from the subscriber while the line saves power.',
  ],
  [
    0x8a,
    'min_data_rate_down_lp',
    'Minimum data rate downstream in low power state',
    'Bits per second to the subscriber while the line saves power.',
  ],
  [
    0x8b,
    'max_int_delay_up',
    'Maximum interleaving delay upstream',
    'Milliseconds that spreading errors may cost from the subscriber.',
  ],
  [
    0x8c,
    'act_int_delay_up',
    'Actual interleaving delay upstream',
    'Milliseconds that spreading errors now costs from the subscriber.',
  ],
  [
    0x8d,
    'max_int_delay_down',
    'Maximum interleaving delay downstream',
    'Milliseconds that spreading errors may cost to the subscriber.',
  ],
  [
    0x8e,
    'act_int_delay_down',
    'Actual interleaving delay downstream',
    'Milliseconds that spreading errors now costs to the subscriber.',
  ],
]

/** Speeds and delays of a subscriber’s line, by the type of the attribute (RFC 4679 §3.3). */
export const rateFields = new Map(
  rates.map(([type, name, label, explain]) => [
    type,
    field(`pppoed.tags.${name}`, label, { explain, section: 'RFC 4679 §3' }),
  ]),
)
