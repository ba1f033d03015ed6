type Sentences = Readonly<Record<number, string>>

/** https://www.iana.org/assignments/http-status-codes, those that people meet. */
export const httpStatusMeanings: Sentences = {
  100: 'The server wants to see the body, too.',
  101: 'From here on the connection speaks another protocol, such as WebSocket: a way that tunnels take.',
  200: 'It went well; after CONNECT, the proxy’s tunnel stands.',
  204: 'It went well, and there is nothing to send. Portals that want a login are found by asking for this.',
  206: 'A part of the file, as it was asked for.',
  301: 'It has moved for good.',
  302: 'It is elsewhere for now; portals send browsers to their login so.',
  304: 'It has not changed: the client has it already.',
  307: 'It is elsewhere for now, and the question is to be asked there as it was.',
  400: 'The server could not read the question.',
  401: 'The server wants to know who asks.',
  403: 'The server knows what is asked for and does not give it.',
  404: 'There is nothing of this name.',
  405: 'The method is not allowed here; proxies refuse CONNECT so.',
  407: 'The proxy wants to know who asks: VPNs over TLS fail here where it is not told to them.',
  408: 'The question took too long to come.',
  429: 'Too many questions in a short time.',
  500: 'The server has a fault.',
  502: 'A proxy got no proper answer from the server behind it.',
  503: 'The server cannot for now.',
  504: 'A proxy waited in vain for the server behind it.',
}

/** Why a STUN or TURN server refuses (RFC 8489 §14.8, RFC 8656 §19). */
export const stunErrorMeanings: Sentences = {
  300: 'Another server is to be asked.',
  400: 'The server could not read the question.',
  401: 'The client has to prove who it is; every first question to a relay ends so.',
  403: 'The client may not do this, such as reach this peer.',
  420: 'An attribute that has to be understood is not.',
  437: 'The relay knows nothing of such an address, or has one for this client already.',
  438: 'The nonce has run out: ask again with the new one.',
  440: 'The relay lends no address of this version of IP.',
  441: 'The password is not that of the user who asked for the address.',
  442: 'The relay does not speak the transport that was asked for.',
  486: 'The user has as many addresses as is allowed.',
  487: 'Both sides wanted to decide, or neither; they have to change.',
  500: 'The server has a fault.',
  508: 'The relay has no address or port left.',
}

/** Why a tunnel of L2TP ends (RFC 2661 §4.4.2). */
export const l2tpTunnelEnds: Sentences = {
  1: 'Nobody needs the tunnel any more.',
  2: 'Something failed; the error code says what.',
  3: 'The two have a tunnel already, and one is enough.',
  4: 'The other end does not let the sender have a tunnel: host name or secret do not fit.',
  5: 'The two do not speak the same version.',
  6: 'The sender is about to stop.',
  7: 'A message came that does not fit here.',
}

/** Why a session of L2TP ends (RFC 2661 §4.4.2). */
export const l2tpSessionEnds: Sentences = {
  1: 'The user’s line broke.',
  2: 'Something failed; the error code says what.',
  3: 'Somebody ended the session on purpose.',
  4: 'No line or memory is free now; later there may be.',
  5: 'There is no line for calls of this kind, and there will be none.',
  6: 'The number that was to be called cannot be right.',
  7: 'The call was answered without a carrier: no modem is there.',
  8: 'The line that was called is busy.',
  9: 'The line that was to call is dead.',
  10: 'Nobody answered in the time allowed.',
  11: 'Somebody answered, but does not speak PPP in a form that is known.',
}

/** How bad a log line’s sender thinks it is (RFC 5424 §6.2.1). */
export const severityMeanings: Sentences = {
  0: 'The system is of no use any more.',
  1: 'Somebody has to act at once.',
  2: 'A part that matters has failed.',
  3: 'Something went wrong.',
  4: 'Something may go wrong soon.',
  5: 'Nothing is wrong, but it is worth noting.',
  6: 'For the record; most lines are such.',
  7: 'For those who look for a fault in the program.',
}

/** What becomes of a call (RFC 3261 §21), for the codes that people meet. */
export const sipStatusMeanings: Sentences = {
  100: 'The request has arrived and is being seen to: it need not be sent again.',
  180: 'The phone at the other end rings.',
  183: 'The call is not answered yet, but there is something to hear already.',
  200: 'It went well: the call is answered, or the phone is registered.',
  302: 'The one who is called is elsewhere for now.',
  401: 'The registrar wants to know who asks; every registration begins so.',
  403: 'The server understood, and will not do it.',
  404: 'There is nobody of this name here.',
  407: 'The proxy wants to know who calls; most calls begin so.',
  408: 'Nobody answered the request in time, as when a NAT has forgotten the phone.',
  480: 'The one who is called cannot be reached now.',
  481: 'There is no such call, or no longer.',
  486: 'The one who is called is on the phone.',
  487: 'The caller hung up before anyone answered.',
  488: 'The two have no codec or encryption in common.',
  503: 'The server cannot for now.',
  603: 'The one who is called does not want to.',
}
