type Sentences = Readonly<Record<number, string>>

export const controlMeanings: Sentences = {
  0: 'A message that one vendor made up; its OUI says which (RFC 2153).',
  1: 'The sender lists the settings that it wants; what it leaves out stays at its default.',
  2: 'All settings of the request are taken as they are. Once both ends have received one, the protocol is open.',
  3: 'The settings are known, but not with these values: better ones are listed, and the other end asks again with them.',
  4: 'The settings listed are not known or not for discussion: the other end asks again without them.',
  5: 'The sender closes this protocol; where it is LCP, the whole line goes down.',
  6: 'The wish to end was heard: both ends can forget what they agreed on.',
  7: 'The sender does not know the code of a message, whose beginning comes back here.',
  8: 'The sender does not speak a protocol, whose packet comes back here. Harmless where one end merely offered IPv6 or compression.',
  9: 'Is anyone there? Many ask every few seconds, and hang up after some questions without an answer.',
  10: 'Somebody is there: the line works in both directions.',
  11: 'To be thrown away: it tests or loads the line in one direction.',
  12: 'Tells which software speaks, for the log at the other end (RFC 1570).',
  13: 'Tells how long the session may still last (RFC 1570).',
  14: 'Of CCP: the sender lost its place in what it has to decompress or decrypt, and asks for a fresh start.',
  15: 'Of CCP: here is the fresh start, from which both ends remember the same again.',
}

export const passwordMeanings: Sentences = {
  1: 'The client shows name and password, again and again until somebody answers.',
  2: 'Name and password are right: the line goes on to agree on addresses.',
  3: 'Name or password is wrong, and the line is taken down.',
}

export const challengeMeanings: Sentences = {
  1: 'Who wants proof sends random bytes, new ones each time.',
  2: 'The proof: a hash that only who knows the password can make of those bytes.',
  3: 'The proof was right, and the line goes on.',
  4: 'The proof was wrong or the user is not welcome; the line is taken down.',
}

/** Of the protocols by which LCP can ask for proof. */
export const authenticationMeanings: Sentences = {
  49187:
    'PAP: the password goes over the line as it is, which only encryption around the line makes bearable.',
  49191:
    'SPAP: the password is hidden in a way that gives the same bytes each time, so they can be sent again.',
  49699: 'CHAP: only a hash of password and challenge goes over the line; the next byte says which hash.',
  49703: 'EAP: which method it will be is settled later, between the client and a server far behind.',
}

export const hashMeanings: Sentences = {
  5: 'MD5 over identifier, password and challenge. Who has listened can try passwords on it at leisure.',
  6: 'CHAP with SHA-1 in place of MD5, registered for storage networks and hardly seen on lines.',
  7: 'CHAP with SHA-256: trying passwords on it takes as little as with the other plain hashes.',
  8: 'CHAP with SHA3-256, registered late and hardly used.',
  128: 'Microsoft’s first one: it sends a LAN Manager response along, which is found within seconds.',
  129: 'What PPTP uses: both ends prove themselves, and trying all keys of one DES finds what the password is hashed to.',
}
