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
