type Sentences = Readonly<Record<number, string>>

// ---- what is negotiated about ------------------------------------------------------------------------

/** Protocols by IKEv2’s numbers. */
export const protocolMeanings2: Sentences = {
  0: 'No protocol in particular: the message is about none, or about the IKE SA that carries it.',
  1: 'The IKE SA itself, which protects the messages of the two peers.',
  2: 'Traffic under AH, which is signed and stays readable.',
  3: 'Traffic under ESP, which is encrypted and signed.',
}

/** Protocols by the numbers of IKEv1, where ESP and AH stand the other way round than in IP’s list. */
export const protocolMeanings1: Sentences = {
  1: 'IKE itself: phase 1, or its SA.',
  2: 'Traffic under AH, which is signed and stays readable.',
  3: 'Traffic under ESP, which is encrypted and signed.',
  4: 'Traffic that is compressed before ESP encrypts it.',
}

export const domainMeanings: Sentences = {
  0: 'ISAKMP’s own terms, for messages that belong to no protocol yet.',
  1: 'The terms of IPsec, as in nearly every packet.',
  2: 'The terms of group keys (GDOI), where one server hands the same keys to many.',
}

/** IKEv2’s transform types. */
export const transformMeanings: Sentences = {
  1: 'How packets are made unreadable.',
  2: 'How keys are made out of the shared secret. Only the IKE SA needs it.',
  3: 'How changes to a packet are noticed. Ciphers such as AES-GCM do that themselves and go without.',
  4: 'In which group the two make their shared secret. For a pair of ESP SAs it is optional: a new exchange, or keys out of the old one.',
  5: 'How packets of ESP and AH are numbered against replay.',
  6: 'A second key exchange on top of the first, of another kind, so that one may fail (RFC 9370).',
}

export const sequenceMeanings: Sentences = {
  0: 'Numbers of 32 bits, all of them sent: enough for 4 billion packets under one key.',
  1: 'Numbers of 64 bits, the lower half sent and the upper half counted: new keys are never needed for lack of numbers.',
  2: 'Numbers that prove nothing and are not checked, as where one of several senders shares the keys (RFC 9838).',
}

export const encapsulationMeanings: Sentences = {
  1: 'A whole packet goes inside a new one: gateways protect the traffic of networks behind them.',
  2: 'Only what is behind the IP header is protected, and the header stays: for two hosts, or around another tunnel such as GRE or L2TP.',
  3: 'As tunnel mode, with a UDP header in front of ESP, because a NAT device was found on the way (RFC 3947).',
  4: 'As transport mode, with a UDP header in front of ESP, because a NAT device was found on the way (RFC 3947).',
  61440: 'Check Point’s own way through NAT, from before there was a standard.',
  61443: 'As tunnel mode in UDP, numbered as the drafts before RFC 3947 had it.',
  61444: 'As transport mode in UDP, numbered as the drafts before RFC 3947 had it.',
}

export const lifeTypeMeanings: Sentences = {
  1: 'The duration counts seconds.',
  2: 'The duration counts units of 1024 bytes that were protected.',
}

// ---- who is who --------------------------------------------------------------------------------------

const addressName = 'The name is an IPv4 address. Behind NAT it is not the one that packets come from.'
const hostName = 'The name has the form of a domain name. It is compared as it is, and DNS is not asked.'
const mailName = 'The name has the form of a mail address: a person’s, most often.'
const subjectName = 'The name is the subject of a certificate.'
const keyName = 'Bytes that say which shared key to take, or the name of a group of clients.'

export const identityMeanings2: Sentences = {
  1: addressName,
  2: hostName,
  3: mailName,
  5: 'The name is an IPv6 address.',
  9: subjectName,
  10: 'The name is one of the further names in a certificate.',
  11: keyName,
  12: 'The name is that of a Fibre Channel port.',
  13: 'No name: the sender stays anonymous, and goes with NULL authentication (RFC 7619).',
}

export const identityMeanings1: Sentences = {
  1: addressName,
  2: hostName,
  3: mailName,
  4: 'A network and its mask. In quick mode: traffic from or to it goes through the tunnel.',
  5: 'The name is an IPv6 address.',
  6: 'An IPv6 network and its mask. In quick mode: traffic from or to it goes through the tunnel.',
  7: 'The first and the last address of a range. In quick mode: traffic from or to it goes through the tunnel.',
  8: 'The first and the last IPv6 address of a range. In quick mode: traffic from or to it goes through the tunnel.',
  9: subjectName,
  10: 'The name is one of the further names in a certificate.',
  11: keyName,
  12: 'A list of several of the other kinds.',
}

const ecdsa = (curve: string, hash: string): string =>
  `A signature with a key on the curve ${curve}, over ${hash}: the combination is fixed, which the newer digital signature is not.`

export const authenticationMeanings2: Sentences = {
  1: 'A signature with an RSA key, in practice over SHA-1, because the method says no hash. The newer digital signature names one.',
  2: 'Both sides know a secret and prove it. Only as good as the secret: who pretends to be the responder gets a hash to guess short ones against.',
  3: 'A signature with a DSS key over SHA-1: out of use.',
  9: ecdsa('P-256', 'SHA-256'),
  10: ecdsa('P-384', 'SHA-384'),
  11: ecdsa('P-521', 'SHA-512'),
  12: 'A password that nobody on the way can try out (RFC 6467).',
  13: 'No proof at all: the sender stays unknown. Encryption against listeners, none against someone in the middle (RFC 7619).',
  14: 'A signature of any kind, with its algorithm in front of it: RSA-PSS, ECDSA, Ed25519 (RFC 7427). The usual one with certificates today.',
}

const xauth = 'and then the user gives name and password (XAUTH).'
const hybrid =
  'Only the gateway proves itself with a certificate; the client gives name and password afterwards (XAUTH).'
const presharedXauth = `Both sides prove that they know a shared secret, ${xauth} Where all clients share the secret, any of them can play the gateway.`
const signatureXauth = `Both sides prove themselves by signatures, ${xauth}`
const encryptionXauth = `Both sides prove that they can decrypt what the other encrypted, ${xauth}`

export const authenticationMeanings1: Sentences = {
  1: 'Both sides know a secret and prove it. In aggressive mode the proof goes over the wire in clear, and short secrets can be guessed.',
  2: 'Both sides sign with a DSS key: out of use.',
  3: 'Both sides sign with the RSA key of their certificate.',
  4: 'Each side proves itself by decrypting what the other encrypted with its public key: identities stay hidden, and anyone could have made the exchange up.',
  5: 'As encryption with RSA, with half as many costly operations.',
  6: 'As encryption with RSA, with another algorithm. It was never in use.',
  7: 'As revised encryption with RSA, with another algorithm. It was never in use.',
  8: 'Both sides sign with a key on an elliptic curve.',
  9: ecdsa('P-256', 'SHA-256'),
  10: ecdsa('P-384', 'SHA-384'),
  11: ecdsa('P-521', 'SHA-512'),
  64221: `${hybrid} The client begins, with RSA.`,
  64222: `${hybrid} The gateway begins, with RSA.`,
  64223: `${hybrid} The client begins, with DSS.`,
  64224: `${hybrid} The gateway begins, with DSS.`,
  65001: `${presharedXauth} The initiator is the user.`,
  65002: `${presharedXauth} The responder is the user.`,
  65003: `${signatureXauth} DSS keys, and the initiator is the user.`,
  65004: `${signatureXauth} DSS keys, and the responder is the user.`,
  65005: `${signatureXauth} RSA keys, and the initiator is the user.`,
  65006: `${signatureXauth} RSA keys, and the responder is the user.`,
  65007: `${encryptionXauth} The initiator is the user.`,
  65008: `${encryptionXauth} The responder is the user.`,
  65009: `${encryptionXauth} With fewer costly operations; the initiator is the user.`,
  65010: `${encryptionXauth} With fewer costly operations; the responder is the user.`,
}

export const certificateMeanings: Sentences = {
  1: 'An envelope with several certificates, as Windows sends its chain.',
  4: 'A certificate for signing, in DER: the usual one.',
  7: 'Not a certificate, but a list of those that were withdrawn.',
  11: 'A bare RSA key: both sides know it beforehand, and nobody vouches for it.',
  12: 'A place to fetch the certificate from, and a hash of it: the message stays small enough for one packet.',
  13: 'A place to fetch the whole chain from, and a hash of it.',
  14: 'The signed word of an authority that the certificate still counts (RFC 4806).',
  15: 'A bare public key of any kind (RFC 7670).',
}

// ---- settings and logins -----------------------------------------------------------------------------

export const configMeanings: Sentences = {
  1: 'The sender asks: give me these settings. Values are mostly empty.',
  2: 'The answer to a request, with the values filled in.',
  3: 'The sender hands over settings that nobody asked for.',
  4: 'Confirms a set; which attributes are in it were accepted.',
}

/** Settings of IKEv2 that have no field of their own, which would say it. */
export const settingMeanings: Sentences = {
  16: 'The home network of a mobile host (RFC 5026).',
  17: 'The virtual link that the tunnel is, and an address on it (RFC 5739).',
  19: 'The home agent of a mobile host (RFC 5026).',
  22: 'How often a femtocell has to send keepalives (3GPP).',
  23: 'The address that NAT gave the client, told back to it (3GPP).',
  26: 'The key with which the answers of inner name servers can be checked (RFC 8598).',
  27: 'A name server that is asked by TLS or HTTPS, so that not even the inner network reads along (RFC 9464).',
  28: 'A name server that is asked by TLS or HTTPS, by an IPv6 address (RFC 9464).',
  29: 'The hash of the certificate that such a name server has (RFC 9464).',
  28672: 'A text that the client shows after the login.',
  28673: 'Whether the client may store the password.',
  28674: 'The domain that the client adds to short names.',
  28675: 'Names that are looked up inside, all others outside.',
  28676: 'The networks that go through the tunnel; everything else stays outside.',
}

export const selectorMeanings: Sentences = {
  7: 'A range of IPv4 addresses, first and last one. A network is a range, too.',
  8: 'A range of IPv6 addresses, first and last one. A network is a range, too.',
  9: 'A range of Fibre Channel addresses (RFC 4595).',
  10: 'A label of the operating system, which packets have to carry (RFC 9478).',
}

export const eapCodeMeanings: Sentences = {
  1: 'The server asks; every request gets exactly one response.',
  2: 'The client answers the request with the same identifier.',
  3: 'The server is content: the client is who it says.',
  4: 'The server is not content, and nothing further follows.',
  5: 'Begins a quick re-authentication from the client’s side (RFC 6696).',
  6: 'Ends a quick re-authentication (RFC 6696).',
}

export const eapTypeMeanings: Sentences = {
  1: 'Asks for a name, or gives one: it tells which method and which server to use.',
  2: 'A text for the user to read; the client confirms it.',
  3: 'The client turns the method down and names one that it would take.',
  4: 'A challenge hashed with the password, as in CHAP. It makes no keys and does not prove the server: unfit for VPNs.',
  5: 'A password that counts once.',
  6: 'What a token shows, or a password, in clear: only inside another encryption.',
  13: 'TLS with certificates on both sides: nothing to guess, and the strongest of the common methods.',
  17: 'Cisco’s early method: passwords can be guessed from it. Out of use.',
  18: 'The SIM card of a mobile phone proves itself, by the keys of 2G.',
  21: 'TLS that proves the server, and inside it any login of the client.',
  23: 'The SIM card of a mobile phone proves itself, by the keys of 3G and later.',
  25: 'TLS that proves the server, and inside it another EAP method, MS-CHAPv2 as a rule.',
  26: 'A challenge hashed with the password in Microsoft’s way: it can be reduced to one DES key. Safe only inside IKE or TLS that has proved the server.',
  29: 'As 26, by a number that was registered and hardly used.',
  43: 'Cisco’s tunnel with TLS, which can do without certificates.',
  50: 'As EAP-AKA, with the name of the network bound into the keys.',
  52: 'A password that nobody on the way can try out (RFC 5931).',
  55: 'The standard tunnel with TLS that was to replace PEAP and EAP-FAST (RFC 7170).',
  254: 'A method of some company: its number and the method’s follow.',
}
