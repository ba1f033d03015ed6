type Sentences = Readonly<Record<number, string>>

export const actionMeanings: Sentences = {
  0: 'The packet may go on.',
  1: 'The packet was dropped; the rule says whether its sender was told.',
  2: 'The packet was cleaned: fragments put together, doubtful fields set.',
  4: 'The packet goes out under another source address.',
  8: 'The packet goes to another destination than it asked for.',
  10: 'The firewall answers new connections in the server’s place, and this packet did not complete one.',
  11: 'The packet waits until the other firewall knows of its connection.',
  12: 'The rule set something for the packet and left the verdict to later rules.',
  13: 'The packet went to a program on the firewall itself.',
}

export const reasonMeanings: Sentences = {
  0: 'A rule was meant for packets like this one.',
  1: 'The packet’s headers are cut off where pf had to read them.',
  2: 'The packet is a fragment that does not fit the others.',
  3: 'The packet is shorter than its headers say.',
  4: 'The packet is malformed in a way that no sound sender makes.',
  5: 'The firewall had no memory left.',
  6: 'The TCP timestamp does not fit the connection, as with a very old segment.',
  7: 'The machine had more packets than it could take, and dropped new connections first.',
  8: 'The packet has IP options, which only rules with `allow-opts` let pass.',
  9: 'The checksum of the packet’s protocol is wrong.',
  10: 'The firewall knows the connection, but the packet does not fit it: often the answers take another way.',
  11: 'A state for such a connection could not be put in, as there is one like it.',
  12: 'The rule has as many states as it is allowed.',
  13: 'The source has as many connections as the rule allows it.',
  14: 'The firewall answers in the server’s place until the handshake is complete.',
  15: 'No address or port was left to rewrite the packet to.',
  16: 'No route leads to where the packet wants to go.',
}

/** Of messages by which firewalls keep their states alike. */
export const syncMeanings: Sentences = {
  0: 'All states of a firewall, or of one interface, are to be dropped.',
  2: 'The other firewall has the new state, so a packet that waited for it may go.',
  4: 'What has changed in a known state, without what has not.',
  5: 'The sender lacks a state that an update was about, and asks for all of it.',
  6: 'A connection is over; here is the whole state.',
  7: 'A connection is over; its number is enough to find it.',
  10: 'The start or the end of sending all states, as after a restart of one firewall.',
  12: 'Nothing more follows in this packet.',
  13: 'A new connection, with all that the other firewall needs to go on with it.',
  14: 'A state in full, as it is now.',
  15: 'How far the counters of an IPsec association are. After a takeover they must not fall back, or the packets look replayed.',
}
