type Sentences = Readonly<Record<number, string>>

export const sshMessageMeanings: Sentences = {
  1: 'The connection ends here, with a reason.',
  2: 'Means nothing: it hides when something is really said.',
  3: 'The sender did not understand a message of the other side, named by its number.',
  4: 'Words for those who look for faults.',
  5: 'The client asks for a service, which first of all is to log a user in.',
  6: 'The server is ready for the service that was asked for.',
  7: 'What else the sender can do, such as which signatures it takes (RFC 8308).',
  8: 'What follows is compressed, now that the user is known (RFC 8308).',
  20: 'What the sender can do, best first. The server’s signature covers it, so nobody on the way can strike out the strong ciphers.',
  21: 'From the next message on the sender uses the new keys.',
  30: 'The client’s half of the key exchange.',
  31: 'The server’s half of the key exchange, with its host key and a signature; in a group exchange, the group that it chose.',
  32: 'The client’s half of a key exchange in the group that the server chose.',
  33: 'The server’s half of a key exchange in the group that it chose, with its host key and a signature.',
  34: 'How large a group for the key exchange the client wants.',
}

export const disconnectMeanings: Sentences = {
  1: 'The server does not serve this client’s address.',
  2: 'Something came that the standard does not allow there.',
  3: 'There is no method that both know, or the exchange itself went wrong.',
  5: 'A MAC was wrong: bytes were damaged or changed on the way.',
  6: 'What came could not be decompressed.',
  7: 'The client asked for a service that is not offered.',
  8: 'The other side speaks a version of SSH that this one does not.',
  9: 'The client does not trust the key that the server showed, as when it is not the one remembered.',
  10: 'The connection below broke.',
  11: 'The user or the program is done: the ordinary farewell.',
  12: 'The server has as many connections as it takes.',
  13: 'The user gave up logging in.',
  14: 'Every way to log in was tried without success.',
  15: 'The name cannot be one of a user.',
}
