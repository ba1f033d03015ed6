type Sentences = Readonly<Record<number, string>>

export const responseMeanings: Sentences = {
  0: 'The question could be answered. If there is no answer record, the name exists and has none of this type.',
  1: 'The server could not read the question; very old ones stumble over extensions.',
  2: 'The server tried and failed: nobody answered it, or a signature did not fit.',
  3: 'No record of any type has this name (NXDOMAIN). A server inside a VPN may know names that one outside denies.',
  4: 'The server cannot do what the opcode asks for.',
  5: 'The server does not want to answer this client, or not about this zone.',
  6: 'Of an update: the name should not have existed.',
  7: 'Of an update: records of this type should not have existed.',
  8: 'Of an update: records that should have existed do not.',
  9: 'The server is not in charge of the zone, or the key that signed the update may not change it.',
  10: 'Of an update: the name lies outside the zone.',
}

export const operationMeanings: Sentences = {
  0: 'Records of a name are wanted: what nearly every message is about.',
  1: 'Asked which name has an address. Nobody does any more, as PTR records say it.',
  2: 'Asked how the server is; what the answer looks like was never laid down.',
  4: 'The primary server says that the zone has changed, so that the others fetch it (RFC 1996).',
  5: 'Changes records, as DHCP servers and Windows hosts do for names (RFC 2136).',
  6: 'Makes a connection a session that lasts, so that the server can speak up by itself (RFC 8490).',
}

/** Of algorithms that DNSSEC signs with. */
export const algorithmMeanings: Sentences = {
  1: 'MD5 is broken, and signatures made with it prove nothing.',
  3: 'DSA, given up: keys are short, and each signature needs good randomness.',
  5: 'SHA-1 no longer withstands attackers: zones should not sign with it.',
  7: 'As RSA/SHA-1, by another number that says that the zone hashes names. Should not be used for signing.',
  8: 'RSA with a sound hash: the one that the root signs with, and every resolver can check.',
  10: 'RSA with a longer hash, which makes signatures no stronger than the RSA key is.',
  12: 'A Russian standard of 2001 that has been replaced.',
  13: 'Signatures of 64 bytes, where RSA has 256, so that answers stay small. Recommended.',
  14: 'As with P-256, with a larger curve and signatures of 96 bytes.',
  15: 'Signatures of 64 bytes that are quickly made and need no randomness. Recommended.',
  16: 'The big brother of Ed25519, with signatures of 114 bytes.',
}

export const digestMeanings: Sentences = {
  1: 'Weak by now: two keys with the same hash can be made.',
  2: 'The one that every resolver has to know.',
  4: 'Longer than needed; useful beside keys on the curve P-384.',
}

export const extendedErrorMeanings: Sentences = {
  3: 'The zone’s servers do not answer, so the resolver gave an answer that had run out.',
  4: 'The resolver made the answer up, by rules of its operator.',
  5: 'The resolver could not find out whether the answer ought to be signed.',
  6: 'The signatures do not fit: somebody forged the answer, or the zone’s owner made a mistake.',
  7: 'The signature has run out: most often somebody forgot to sign the zone anew.',
  8: 'The signature holds only from later on: most often a clock is wrong.',
  9: 'The zone above vouches for a key that this zone does not show.',
  10: 'There ought to be signatures, and none came.',
  12: 'The zone did not prove that the name does not exist.',
  13: 'The resolver failed a moment ago and has not tried again since.',
  14: 'The server is just starting.',
  15: 'The operator of the resolver blocks the name, of its own will.',
  16: 'Somebody outside, such as a court, made the operator block the name.',
  17: 'The client, or who is in charge of it, wants such names blocked.',
  18: 'This client may not use this resolver.',
  20: 'The server is not in charge of the zone and does not ask others.',
  22: 'None of the zone’s servers could be reached.',
  23: 'The network between the resolver and the zone’s servers failed.',
  24: 'The zone’s servers answered with something that cannot be used.',
}

export const usageMeanings: Sentences = {
  0: 'The certificate has to come from this authority, and from one that browsers trust.',
  1: 'The server has to show this certificate, from an authority that browsers trust.',
  2: 'The certificate has to come from this authority, whoever else trusts it.',
  3: 'The server has to show this certificate; no authority is asked. Mail servers use it.',
}

/** Of what a client is told before it connects (RFC 9460, RFC 9461, RFC 9540). */
export const serviceMeanings: Sentences = {
  0: 'Who does not understand these may not use the entry.',
  1: 'Which protocols the server speaks, so that the first packet can be HTTP/3 already.',
  2: 'The server does not speak the protocol that one would expect, only those named.',
  3: 'The service is on another port than usual.',
  4: 'IPv4 addresses, to save a question.',
  5: 'The key by which the name of the site is hidden in TLS; firewalls that filter by names strip it off.',
  6: 'IPv6 addresses, to save a question.',
  7: 'Where on the server DNS over HTTPS is asked.',
  8: 'The server can be asked by way of a relay that hides the client.',
}
