type Sentences = Readonly<Record<number, string>>

export const ospfPacketMeanings: Sentences = {
  1: 'A router shows itself and lists whom it hears. Settings that differ keep two from becoming neighbours.',
  2: 'Lists the advertisements that the sender has, by their headers only; what the reader lacks it then asks for.',
  3: 'Asks for advertisements that the reader lacks or has only in an older form.',
  4: 'Brings advertisements in full, to be passed on from router to router.',
  5: 'Confirms advertisements, so that they need not be sent again.',
}

/** Of advertisements of version 2. */
export const ospfAdvertisementMeanings: Sentences = {
  1: 'A router describes its own links; everyone writes one for each of its areas.',
  2: 'The designated router lists the routers on a link that many share.',
  3: 'A router between areas tells one of them which network lies in another, and how far.',
  4: 'A router between areas tells the way to a router that brings routes from outside.',
  5: 'A route from outside OSPF, such as a static one; it goes to all areas but the stubs.',
  6: 'Said where listeners of multicast are, for an extension that nobody runs.',
  7: 'A route from outside that a not-so-stubby area keeps; its border makes type 5 of it.',
  9: 'Something for the neighbours on this link, such as a router that restarts.',
  10: 'Something for all routers of the area: traffic engineering, segment routing.',
  11: 'Something for every router, whatever its area.',
}

/** Of advertisements of version 3. */
export const ospf3AdvertisementMeanings: Sentences = {
  8: 'Tells the neighbours on the link the sender’s link-local address and its prefixes there.',
  8193: 'A router describes its links to other routers; unlike in version 2, addresses are left out.',
  8194: 'The designated router lists the routers on a link that many share, without addresses.',
  8195: 'A router between areas tells one of them which prefix lies in another.',
  8196: 'A router between areas tells the way to one that brings routes from outside.',
  8199: 'A route from outside that stays inside its not-so-stubby area.',
  8201: 'The prefixes that belong to a router or a link: the addresses that the other kinds leave out.',
  16389: 'A route from outside OSPF, such as a static one; every area but stubs gets it.',
}

export const isisTypeMeanings: Sentences = {
  15: 'Finds neighbours on a LAN, inside the area.',
  16: 'Finds neighbours on a LAN, for the ways between areas.',
  17: 'Finds the neighbour at the other end of a line, for both levels at once.',
  18: 'A router describes its links to everyone in its area.',
  20: 'A router describes its links to all that carry traffic between areas.',
  24: 'Lists all descriptions inside the area that the sender has, so that others see what they lack.',
  25: 'Lists all descriptions of the backbone that the sender has, so that others see what they lack.',
  26: 'Asks for single descriptions of the area, or confirms them on a line.',
  27: 'Asks for single descriptions of the backbone, or confirms them on a line.',
}

export const bfdDiagnosticMeanings: Sentences = {
  1: 'Nothing came from the other side for the whole detection time: the path is dead, in that direction at least.',
  2: 'Echoes no longer came back, though control packets did.',
  3: 'The other side said that the session is down: it no longer hears this one.',
  4: 'The part that forwards packets was restarted.',
  5: 'Something else, such as the link itself, reported that the path is broken.',
  6: 'A path that follows this one is broken.',
  7: 'Somebody took the session down on purpose; this is no failure.',
  8: 'A path that leads back is broken.',
}

export const bfdStateMeanings: Sentences = {
  0: 'Somebody switched the session off; routes need not move because of it.',
  1: 'The sender does not hear the other side, or does for the first time.',
  2: 'The sender hears the other side and waits to be heard, too.',
  3: 'Both sides hear each other.',
}

export const igmpTypeMeanings: Sentences = {
  17: 'A router asks who listens; hosts answer after a random time.',
  18: 'A host listens to this group, by the oldest version.',
  22: 'A host listens to this group.',
  23: 'A host stops listening; the router asks whether others still do.',
  34: 'Which groups a host listens to and from which senders, all in one message.',
}

export const multicastModeMeanings: Sentences = {
  1: 'An answer: of this group, only the senders listed are wanted.',
  2: 'An answer: of this group, all senders but those listed are wanted; with none listed, simply all.',
  3: 'News: from now on only the senders listed are wanted. With none listed, the host leaves the group.',
  4: 'News: from now on all senders but those listed are wanted. With none listed, the host joins the group.',
  5: 'News: the senders listed are wanted as well.',
  6: 'News: the senders listed are no longer wanted.',
}

export const arpMeanings: Sentences = {
  1: 'Who has this address? Everyone on the link hears it; the one who has it answers.',
  2: 'The answer, to the asker alone. One that nobody asked for makes neighbours send elsewhere: failover does so, and so do attackers.',
  3: 'A machine without a disk asked for its own address; DHCP took the place of this.',
  4: 'Told a machine without a disk its own address.',
  8: 'Asks for the network address at the other end of a circuit whose number is known, as on Frame Relay.',
  9: 'Tells the network address at this end of a circuit.',
}

export const routingTypeMeanings: Sentences = {
  0: 'Given up: a packet that names two routers over and over goes to and fro between them and swamps the path (RFC 5095).',
  2: 'One stop only: the home address of a mobile host, which the packet reaches where the host is.',
  3: 'The way through a network of small devices, written by its root with beginnings of addresses left out.',
  4: 'Each entry is an instruction: a place to go to, and what to do there.',
  5: 'The stops are numbers of 16 bits that each router looks up, which keeps the header short.',
  6: 'The stops are numbers of 32 bits that each router looks up, which keeps the header short.',
}

export const unknownOptionMeanings: Sentences = {
  0: 'Who does not know the option reads on behind it: it can be added to a network where old routers run.',
  1: 'Who does not know the option drops the packet and says nothing.',
  2: 'Who does not know the option drops the packet and tells its sender by ICMP.',
  3: 'Who does not know the option drops the packet, and tells its sender unless everyone in a group would.',
}

/** Of what IS-IS says in lists. */
export const isisListMeanings: Sentences = {
  1: 'The areas that the router is in, several only while they are renumbered.',
  2: 'Links to other routers with metrics up to 63: the old form.',
  6: 'Routers that were heard on this LAN; who finds itself here is heard.',
  8: 'Fills the packet up, so that a link that is too small for it shows at once.',
  9: 'Descriptions by name and number, for comparing what both sides have.',
  10: 'A password or a keyed hash, by which strangers are kept out.',
  14: 'The longest description that the router takes.',
  22: 'Links to other routers with large metrics and room for traffic engineering.',
  128: 'Networks at the router itself, by address and mask: the old form.',
  129: 'Whether the router forwards IPv4, IPv6 or OSI.',
  130: 'Networks from elsewhere, by address and mask: the old form.',
  132: 'The router’s own IPv4 addresses on this link, or in all.',
  134: 'An address of the router that stays, for traffic engineering.',
  135: 'IPv4 networks with large metrics, by prefix.',
  137: 'The router’s name, so that people need not read numbers.',
  211: 'A router that restarts asks its neighbours not to give it up.',
  222: 'Links to other routers, of one of several topologies.',
  229: 'The topologies that the router takes part in, as IPv4 and IPv6 apart from each other.',
  232: 'The router’s own IPv6 addresses on this link, or in all.',
  235: 'IPv4 networks of one of several topologies.',
  236: 'IPv6 networks, by prefix.',
  237: 'IPv6 networks of one of several topologies.',
  240: 'How far two routers at the ends of a line have come with each other.',
  242: 'What else the router can do, such as segment routing.',
}

/** Of packets by which old multicast routers spoke to each other. */
export const dvmrpMeanings: Sentences = {
  1: 'Looks for neighbours on the link, and for those at the far ends of tunnels.',
  2: 'Lists networks and how far away they are, as RIP does.',
  3: 'Asks a router for its neighbours, for maps of the multicast network.',
  4: 'Lists a router’s neighbours, for maps of the multicast network.',
  5: 'Asks a router for its neighbours in a newer form, as mrinfo does.',
  6: 'Lists a router’s neighbours in a newer form, as mrinfo shows them.',
  7: 'Nobody behind the sender listens: stop sending this group here.',
  8: 'Somebody behind the sender listens again: go on sending this group.',
  9: 'The wish to get a group again was heard.',
}

export const ospfProofMeanings: Sentences = {
  0: 'Anyone on the link can become a neighbour.',
  1: 'Everyone on the link can read the password: it keeps mistakes out, not attackers.',
  2: 'A keyed hash behind the packet; only who has the key can make one.',
}

export const isisLevelMeanings: Sentences = {
  1: 'Inside one area only; what lies outside goes to the nearest router that is in both.',
  2: 'Between areas only: the backbone.',
  3: 'Both inside the area and between areas.',
}

export const isisStateMeanings: Sentences = {
  0: 'Each has heard of itself from the other.',
  1: 'The sender hears the other and has not read its own name there yet.',
  2: 'The sender does not hear the other.',
}

export const ripCommandMeanings: Sentences = {
  1: 'Asks for routes, as a router does that has just started.',
  2: 'Tells routes, whether anybody asked or not.',
}

/** How routes of a mesh lead downwards (RFC 6550 §6.3.1). */
export const downwardMeanings: Sentences = {
  0: 'Packets go towards the root only.',
  1: 'The root alone knows the ways down and writes them into each packet.',
  2: 'Every router knows the ways down that lie below it.',
  3: 'Every router knows the ways down that lie below it, and passes multicast on.',
}

export const slarpMeanings: Sentences = {
  0: 'A router that has no address asks the other end of the line for its own.',
  1: 'Tells address and mask, from which the other end works out its own.',
  2: 'Shows that the line is alive, every ten seconds as a rule.',
}
