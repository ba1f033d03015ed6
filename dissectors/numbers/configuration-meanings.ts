type Sentences = Readonly<Record<number, string>>

export const dhcpMessageMeanings: Sentences = {
  1: 'The client asks everyone on the link for a server.',
  2: 'A server offers an address and what goes with it; others may offer too.',
  3: 'The client takes one of the offers, or asks for more time for the address that it has.',
  4: 'The client found that somebody else uses the address, mostly by ARP.',
  5: 'The address is the client’s for the time of the lease.',
  6: 'The server refuses: the address is not of this network, or lent to somebody else. The client starts over.',
  7: 'The client gives its address back.',
  8: 'The client has an address by other means and wants the rest of the settings, as Windows does inside tunnels.',
  9: 'The server tells the client to ask again, because settings have changed (RFC 3203).',
  10: 'A switch or router asks who has which address (RFC 4388).',
  11: 'The server is in charge of the address, and nobody has it now (RFC 4388).',
  12: 'The server knows nothing of the address or client asked for (RFC 4388).',
  13: 'The address is lent, and the options say to whom (RFC 4388).',
}

export const dhcpv6MessageMeanings: Sentences = {
  1: 'The client asks all servers who could lend it addresses.',
  2: 'A server says what it could lend.',
  3: 'The client takes the offer of one server.',
  4: 'The client was away from the link and asks whether its addresses still fit.',
  5: 'The client asks the server that lent the addresses for more time.',
  6: 'The client asks any server for more time, because its own did not answer.',
  7: 'The server’s last word: what is lent, for how long, or why not.',
  8: 'The client gives its addresses back.',
  9: 'The client found that somebody else uses an address that was lent to it.',
  10: 'The server tells the client to ask again; clients heed it only with proof of who sent it.',
  11: 'The client wants settings and no address, which router advertisements gave it.',
  12: 'A relay passes a client’s message on, packed into an option.',
  13: 'The server’s answer, packed for the relay by which it goes back.',
}

export const dhcpv6StatusMeanings: Sentences = {
  1: 'The server failed, and at what it does not say.',
  2: 'No address is left, or none that this client may have.',
  3: 'The server has lent this client nothing: it has to begin anew.',
  4: 'The address does not belong to this link, as after a move.',
  5: 'The client wrote to the server alone, where it has to use multicast.',
  6: 'No prefix is left, or none that this router may have.',
}

export const radiusCodeMeanings: Sentences = {
  1: 'The gateway asks whether this user may come in.',
  2: 'The user may come in; attributes say with which address, rules and limits.',
  3: 'The user may not come in. The server seldom tells the gateway why; its own log does.',
  4: 'The gateway tells that a session begins, goes on or has ended, with its bytes and seconds.',
  5: 'The server has written it down; a gateway that does not hear this tells it again.',
  11: 'The server wants to know more first: a step of EAP, or the code of a token.',
  12: 'Asks whether the server is alive (RFC 5997).',
  40: 'The server tells the gateway to throw a user out (RFC 5176).',
  41: 'The gateway has thrown the user out.',
  42: 'The gateway could not throw the user out; the error cause says why.',
  43: 'The server changes the rules of a session that is running (RFC 5176).',
  44: 'The changed rules of the session are in force.',
  45: 'The rules of the session stay as they were; the error cause says why.',
}

export const eapolTypeMeanings: Sentences = {
  0: 'A step of EAP between the client and the server behind the switch.',
  1: 'The client wants to be let in before anyone has asked it.',
  2: 'The client leaves, and the port is closed again. It is not protected, so anyone can send it.',
  3: 'A step in handing out keys: the four-way handshake of Wi-Fi is made of these.',
  5: 'Those who share a MACsec key show that they are there, and one of them hands out the next key.',
}

export const tftpOpcodeMeanings: Sentences = {
  1: 'The client wants a file; nobody asks who it is.',
  2: 'The client wants to leave a file with the server.',
  3: 'One piece of the file. The next one is sent after its acknowledgment.',
  4: 'A piece has arrived; 0 answers a wish to write.',
  5: 'The transfer ends here without the whole file.',
  6: 'The server accepts options of the request, each with the value that will hold.',
}

export const ntpModeMeanings: Sentences = {
  1: 'Two servers set their clocks by each other; this one spoke first.',
  2: 'The answer of a server that did not seek this exchange.',
  3: 'The client asks for the time.',
  4: 'The server’s answer, with the three times that the client needs.',
  5: 'A server tells the time to everyone on the link, asked or not.',
  6: 'A question about the server itself, or its answer.',
  7: 'Old questions of the implementation’s own; monlist among them turned servers into amplifiers.',
}

export const snmpErrorMeanings: Sentences = {
  0: 'All went well, or this is a question.',
  1: 'The answer would not fit into one message.',
  2: 'There is no such variable on the device (version 1).',
  3: 'The value was not one that the variable takes (version 1).',
  5: 'Something failed that has no code of its own.',
  6: 'The user may not see this variable.',
  16: 'The user may not do this at all, as with a wrong community.',
  17: 'The variable exists and can only be read.',
}

export const snmpTrapMeanings: Sentences = {
  0: 'The device was started, and its settings may have changed.',
  1: 'The device was started anew with the settings that it had.',
  2: 'One of the device’s interfaces went down.',
  3: 'One of the device’s interfaces came up.',
  4: 'Someone asked with a wrong community.',
  5: 'A neighbour in EGP, the forerunner of BGP, was lost.',
  6: 'What happened is told by the specific trap, in the maker’s numbers.',
}

export const tftpErrorMeanings: Sentences = {
  0: 'The text says what went wrong.',
  1: 'The server has no such file, or does not show it.',
  2: 'The server may not give out or write this file.',
  3: 'The server’s disk has no room for more.',
  4: 'A packet came that does not fit here.',
  5: 'A packet came from another port than the transfer’s own.',
  6: 'The file is there, and the server does not overwrite.',
  8: 'An option was answered in a way that the client does not take (RFC 2347).',
}

export const sessionMeanings: Sentences = {
  1: 'A user’s session begins.',
  2: 'A user’s session has ended; counters and cause come along.',
  3: 'A user’s session goes on: counters so far.',
  7: 'The gateway has started, so sessions from before are over.',
  8: 'The gateway is about to stop, and all sessions with it.',
}

/** Of attributes of STUN and TURN. */
export const stunAttributeMeanings: Sentences = {
  1: 'The client’s address outside, in clear; for old clients.',
  6: 'Names whose password the proof is made with.',
  8: 'Proves with the password that nobody changed what stands before it.',
  9: 'Says why the question was refused.',
  10: 'Lists what the server did not understand.',
  12: 'Gives a peer a short number, so that relayed packets need only four bytes more.',
  13: 'How long the relay keeps what it was asked for.',
  18: 'The peer that packets are relayed to or came from, masked.',
  19: 'What is relayed: the packet itself.',
  20: 'Names the realm whose password is asked for.',
  21: 'To be sent back with the proof, so that none is good for long.',
  22: 'The address that the relay lends the client, masked: peers send there.',
  25: 'What the relay is to speak to the peers, UDP nearly always.',
  28: 'Proves the same with SHA-256.',
  32: 'The client’s address outside, masked: this is the answer that was asked for.',
  36: 'How good this pair of addresses is, by the sender’s reckoning.',
  37: 'The side that decides has chosen this pair of addresses.',
  32802: 'Which program speaks, for people.',
  32803: 'Another server to ask instead.',
  32808: 'A checksum by which STUN is told from what else comes to the port.',
  32809: 'The sender leaves the choice of addresses to the other side.',
  32810: 'The sender makes the choice of addresses.',
  32811: 'From which address of the server the answer comes, to learn how the NAT works.',
  32812: 'A second address of the server, to learn how the NAT works.',
}

/** Of messages of STUN and TURN, by method and class together. */
export const stunMessageMeanings: Sentences = {
  1: 'The client asks from which address its packets arrive. Between two peers it also tries whether the way between them is open.',
  17: 'Means nothing by itself: it keeps the NAT from forgetting the connection.',
  257: 'The answer: the address from which the question arrived.',
  273: 'The question is refused; often a password is wanted first.',
  3: 'The client asks a relay for an address that peers can send to.',
  259: 'The relay lends the client an address for some time.',
  275: 'The relay lends none; the first question always ends so, to get a nonce for the proof.',
  4: 'The client asks for more time, or with a lifetime of 0 gives its address back.',
  260: 'The relay grants the time, or has taken the address back.',
  22: 'Towards the relay: send what is inside to this peer.',
  23: 'From the relay: this came from that peer.',
  8: 'The client tells the relay from which peers it wants to hear.',
  264: 'Packets from those peers will be let through.',
  9: 'The client gives a peer a number, so that packets need only four bytes more.',
  265: 'The number stands for the peer from now on.',
}

/** What a user may want of a gateway that asks RADIUS. */
export const serviceMeanings: Sentences = {
  1: 'A login on the device itself.',
  2: 'A connection that carries packets: what VPN users get.',
  5: 'A way out from the gateway to other hosts.',
  6: 'A login on the device with the rights of its operator.',
  8: 'Only the question whether name and password are right.',
  10: 'Whether a call is to be taken, asked before it is.',
}

/** Why the session of a user ended (RFC 2866 §5.10). */
export const endMeanings: Sentences = {
  1: 'The user hung up.',
  2: 'The line broke, or the other end fell silent.',
  4: 'Nothing was sent for too long.',
  5: 'The user’s time was over.',
  6: 'The operator of the gateway ended it.',
  9: 'The gateway had a fault.',
}

/** Of options of DHCPv6. */
export const dhcpv6OptionMeanings: Sentences = {
  1: 'Who the client is, whatever its address.',
  2: 'Which server speaks, or is spoken to.',
  3: 'A set of addresses for one of the client’s interfaces, with the times to ask for more.',
  4: 'A set of addresses that the client changes often, so that it cannot be followed.',
  5: 'One address of a set, and how long it may be used.',
  6: 'The numbers of options that the client would like.',
  7: 'How much the server wants to be chosen.',
  8: 'How long the client has been trying.',
  9: 'A client’s message inside a relay’s.',
  11: 'Proof that the message is the server’s.',
  12: 'The server may be written to alone from now on.',
  13: 'How it went.',
  14: 'Two messages will do in the place of four.',
  15: 'What kind of user or use the client is.',
  16: 'What kind of device or software the client is.',
  17: 'Something that only devices of one maker understand.',
  18: 'The port of the relay on which the client is.',
  19: 'What the client is to do when the server calls it.',
  20: 'The client lets the server call it.',
  23: 'Name servers to ask.',
  24: 'Domains in which short names are looked up.',
  25: 'A set of whole networks for a router, which divides them among its links.',
  26: 'One network of a set, and how long it may be used.',
  31: 'Servers of the time, in the old form.',
  32: 'How soon to ask again for settings that come without an address.',
  37: 'The subscriber, as the relay knows it.',
  38: 'The subscriber, as the provider calls it.',
  39: 'The client’s full name, and who enters it into the DNS.',
  56: 'Servers of the time.',
  59: 'What to boot, and from where.',
  64: 'The router that takes IPv4 packets out of a tunnel in IPv6 (DS-Lite).',
  79: 'The client’s link address, which the relay saw.',
  82: 'How rarely a client without success is to ask, for the server’s sake.',
  103: 'The page on which users have to log in.',
}

/** What a relay says of a client’s place (RFC 3046). */
export const relayMeanings: Sentences = {
  1: 'The port or line on which the client is.',
  2: 'The device at the far end of that line.',
  5: 'The network from which the address is to be, where it is not the relay’s.',
  6: 'The customer, by the provider’s name.',
  11: 'The relay wants renewals to go through it, too.',
  151: 'The customer’s VPN, because the same addresses exist in several.',
}

/** What is done with a NetBIOS name. */
export const nameOperationMeanings: Sentences = {
  0: 'Who has this name?',
  5: 'The sender takes the name, unless somebody protests.',
  6: 'The sender gives the name up.',
  7: 'The server needs longer and asks for patience.',
  8: 'The sender keeps the name for a further time.',
}
