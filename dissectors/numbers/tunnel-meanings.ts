type Sentences = Readonly<Record<number, string>>

export const pptpMessageMeanings: Sentences = {
  1: 'The client opens the control connection: who it is and what it can do.',
  2: 'The server accepts the control connection, or says why not.',
  3: 'The sender wants to close the control connection, and with it every tunnel.',
  4: 'The control connection may be closed now.',
  5: 'A minute went by in silence: is the other end there?',
  6: 'The other end is there, and the connection stays.',
  7: 'The client asks for a tunnel, and says by which number GRE packets to it are to be known. The words are of the telephone; no number is dialled.',
  8: 'The server grants or refuses the tunnel, and names its own number for it.',
  9: 'Someone is calling on the telephone: the server is asked to take the call. VPN clients never send this.',
  10: 'The server says whether the caller on the telephone is to be answered.',
  11: 'The caller’s line is up, and PPP can begin.',
  12: 'The client wants this call to end.',
  13: 'The call has ended; the result code says why.',
  14: 'Counts what went wrong on the caller’s line; a tunnel has none.',
  15: 'Tells which control characters PPP need not escape. Clients send it in every tunnel, where nothing is escaped anyway.',
}

export const pptpOutcomeMeanings: Sentences = {
  1: 'The tunnel is there: PPP can begin, in GRE.',
  2: 'The call failed; the error code says more.',
  3: 'Nothing answered at the other end of the line.',
  4: 'The number that was dialled is busy.',
  5: 'The server’s own line is dead.',
  6: 'The call was not answered in the time allowed.',
  7: 'The server’s rules forbid this call.',
}

export const pptpEndMeanings: Sentences = {
  1: 'The line broke without anyone wanting it to.',
  2: 'The call broke off; the error code says more.',
  3: 'The operator of the server ended the call.',
  4: 'The client asked for the end with a Call-Clear-Request.',
}

export const l2tpMessageMeanings: Sentences = {
  0: 'Says only that messages have arrived, by the Nr in its header.',
  1: 'Opens the tunnel: who the sender is, what it can do and by which number to call its end of the tunnel.',
  2: 'Accepts the tunnel and names the number of the other end. With a shared secret, both prove here that they have it.',
  3: 'The tunnel stands, and sessions can follow.',
  4: 'Ends the tunnel and every session in it; the result code says why.',
  6: 'Nothing was heard for a while, often a minute: the other end is to show by its acknowledgment that it is there.',
  7: 'The network’s router asks the other end to dial out to a user.',
  8: 'The other end will try to dial, and names its number for the session.',
  9: 'The user has answered, and PPP can begin.',
  10: 'A user has come in, and a session is wanted for the line. A VPN client asks so for itself.',
  11: 'The session is granted; here is the number that packets to this end have to have.',
  12: 'The session stands: from here on PPP flows.',
  14: 'Ends one session; the tunnel stays. The result code says why.',
  15: 'Counts what went wrong on the user’s line, told once a minute at most.',
  16: 'Tells which control characters PPP escapes towards the user.',
  18: 'Passes a client’s PPPoE discovery on through the tunnel (RFC 3817).',
  19: 'Passes the answer to a client’s PPPoE discovery back (RFC 3817).',
  20: 'Says that messages have arrived, in version 3 with a body, so that a digest can protect it.',
  21: 'After a restart, asks which sessions the other end still has (RFC 4951).',
  22: 'Tells after a restart which sessions are still there (RFC 4951).',
  29: 'The speed of a user’s line has changed (RFC 5515).',
  30: 'Asks how fast the lines of some sessions are now (RFC 5515).',
}

export const pppoeCodeMeanings: Sentences = {
  0: 'No step of discovery: this is a packet of the session, and PPP follows.',
  7: 'A server offers itself, by name. Nothing proves that it is the provider’s.',
  9: 'The client asks everyone on the Ethernet who can carry its PPP.',
  10: 'Grants the other end credits: so much it may send (RFC 5578).',
  11: 'Says that a grant of credits arrived (RFC 5578).',
  12: 'Tells the router how good the radio link is (RFC 5578).',
  25: 'The client asks one of the servers that made offers for a session.',
  101: 'The server gives the session its number; 0 and an error tag refuse it.',
  167: 'The session is over, and nobody answers. A forged one cuts the line.',
}

export const gtpMessageMeanings: Sentences = {
  1: 'Is the other end of the path there? Asked once a minute at most.',
  2: 'The end of the path that was asked for a sign of life gives it.',
  26: 'A packet came for a tunnel that the sender does not know, as after a restart: the other end is to drop the tunnel.',
  31: 'Lists the extension headers that the sender can read, because one came that it cannot.',
  254: 'The last packet on this path: the phone has moved, and what comes over the new path may be delivered.',
  255: 'A packet of the user’s follows, just as the phone sent it or is to get it.',
}

export const nhrpPacketMeanings: Sentences = {
  1: 'Asks by which outer address the owner of an inner one can be reached.',
  2: 'Tells the outer address: the two routers can now build a tunnel without the hub between.',
  3: 'A router tells the hub by which outer address it is reached now, and repeats it before the holding time is over.',
  4: 'The hub says whether it has noted the router.',
  5: 'A pair of addresses no longer belongs together: whoever remembers it is to forget it.',
  6: 'The pair of addresses has been forgotten.',
  7: 'Something was wrong with a packet, whose beginning comes back.',
  8: 'The hub tells a router that its packet came back out towards another one: there is a shorter way, to be asked for. Cisco’s own.',
}

export const nhrpAnswerMeanings: Sentences = {
  0: 'The request was carried out.',
  4: 'The operator of the server does not allow it.',
  5: 'The server has no room for one entry more.',
  12: 'Nobody has registered this address.',
  13: 'Several have registered the address, where exactly one was asked for.',
  14: 'Somebody else holds the address as his alone; often it is the same router after its outer address changed.',
}

export const sstpMessageMeanings: Sentences = {
  1: 'The client opens the tunnel inside its TLS connection, to carry PPP.',
  2: 'The server agrees and sends a nonce, which the client’s proof will be over.',
  3: 'The server refuses, and says because of what.',
  4: 'The client’s proof, after the user has logged in over PPP: its TLS ends in this very server. Packets may flow.',
  5: 'Something went wrong, and the tunnel is given up.',
  6: 'The sender closes the tunnel in good order.',
  7: 'The wish to close was heard.',
  8: 'Nothing was heard for a minute, so the sender asks for a sign of life.',
  9: 'The sign of life that was asked for.',
}

export const nebulaTypeMeanings: Sentences = {
  0: 'Two nodes show their certificates and make keys.',
  1: 'An encrypted packet between two machines of the mesh.',
  2: 'The sender does not know this tunnel, as after a restart: the other end makes a new one.',
  3: 'Where is a node? Lighthouses are asked, answer and are told.',
  4: 'A question inside the tunnel whether the way is still open, or its answer.',
  5: 'The sender needs the tunnel no longer.',
  6: 'Sets up a relay between nodes that cannot reach each other.',
}

export const zerotierVerbMeanings: Sentences = {
  1: 'A node introduces itself with its public key. Not encrypted, because the key is made from what it says.',
  2: 'Something that was asked for cannot be had.',
  3: 'Answers an earlier packet, named by its ID.',
  4: 'Asks a root for the public key behind an address.',
  5: 'Tells two nodes where the other is, so that both send through their NATs at once.',
  6: 'An Ethernet frame from one node to the other.',
  7: 'An Ethernet frame with its link addresses, as bridges need it.',
  8: 'Comes back as it was sent, to measure the way.',
  9: 'Lists the multicast groups that the node listens to.',
  10: 'Certificates that say who belongs to the network.',
  11: 'Asks the network’s controller for the settings of a member.',
  12: 'The controller’s settings for a member: its addresses, rules and proof of membership.',
  13: 'Asks who listens to a multicast group.',
  14: 'An Ethernet frame to those who listen to a group.',
  16: 'Addresses by which the sender may be reached directly, to be tried.',
}

export const nhrpErrorMeanings: Sentences = {
  1: 'An extension that must be understood is not.',
  3: 'The packet came back to a server that had passed it on already.',
  6: 'The server that the packet was for cannot be reached.',
  7: 'The packet breaks the protocol’s rules.',
  8: 'The packet was too large for the way.',
  9: 'An extension does not make sense.',
  10: 'An answer came that nobody had asked for.',
  11: 'The password or proof did not fit: the routers were set up differently.',
  15: 'The packet passed more servers than it may.',
}

export const nhrpExtensionMeanings: Sentences = {
  0: 'Nothing follows but the end of the packet.',
  3: 'Who gave the answer, since servers in between may.',
  4: 'The servers that the request passed, which shows loops.',
  5: 'The servers that the answer passed, which shows loops.',
  7: 'Proof of who sends; with Cisco’s a password in clear.',
  8: 'Something of one vendor’s own.',
  9: 'The outer address before NAT: without it, two routers behind NAT would not find each other. Cisco’s own.',
}

export const pptpErrorMeanings: Sentences = {
  0: 'There is no error to tell of.',
  1: 'No control connection stands yet between the two.',
  2: 'A length or the magic cookie is wrong.',
  3: 'A value is out of range, or a reserved field is not 0.',
  4: 'The sender has no memory or no line left.',
  5: 'The call ID does not fit here.',
  6: 'Something that only the maker of the server could explain.',
}

export const pptpAcceptMeanings: Sentences = {
  1: 'The two may talk, and calls can be placed.',
  2: 'The server cannot; the error code says more.',
  3: 'The two have a control connection already, and may have only one.',
  4: 'The server does not serve this client.',
  5: 'The server does not speak the version that was asked for.',
}

/** Of attributes of SSTP. */
export const sstpAttributeMeanings: Sentences = {
  1: 'Names what the tunnel is to carry.',
  2: 'Tells which attribute was wrong, and in what way.',
  3: 'The client’s proof that its TLS connection and its PPP login belong together.',
  4: 'The server’s nonce, and the hashes that it takes for the proof.',
}

/** Of what runs beside a pseudowire or a path of MPLS. */
export const channelMeanings: Sentences = {
  1: 'Messages between the systems that manage the two ends.',
  2: 'Signalling between the two ends, where no IP reaches them.',
  7: 'BFD without IP: the two ends look many times a second whether the path lives.',
  10: 'Counts packets at both ends, which shows exactly how many get lost.',
  11: 'Estimates losses by test packets.',
  12: 'Measures how long packets take, there and back.',
  33: 'A whole IPv4 packet for the other end itself, such as BFD or a ping.',
  36: 'The two ends agree which of two paths carries the traffic.',
  37: 'A ping or trace along the path, with the path’s name.',
  87: 'A whole IPv6 packet for the other end itself, such as BFD or a ping.',
  88: 'Tells that something below the path is broken, so that higher alarms can be still.',
}

export const l2tpErrorMeanings: Sentences = {
  1: 'A message of a tunnel came before there was one.',
  2: 'A length in the message does not fit.',
  3: 'A value cannot be, or something reserved is not 0.',
  4: 'The sender has no memory, lines or licences left: later it may work.',
  5: 'The session is not known, as after a restart.',
  6: 'Something that only the maker can explain.',
  7: 'Another server is to be tried.',
  8: 'A setting that must be understood is not: the two are of very different age or make.',
}

export const pptpCloseMeanings: Sentences = {
  1: 'No reason is given: the client is done.',
  2: 'The two do not speak the same version.',
  3: 'The sender is about to stop.',
}

/** What a switch saw of a mirrored frame. */
export const mirrorFaultMeanings: Sentences = {
  0: 'The frame was in order, or nobody looked.',
  1: 'The frame was shorter than Ethernet allows, as after a collision.',
  2: 'The frame was longer than the port takes.',
  3: 'The frame was damaged on the wire.',
}
