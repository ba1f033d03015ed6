/** Exchange types (RFC 2408 §3.1, RFC 2409 appendix A, RFC 7296 §3.1, RFC 5723 §5, RFC 9242 §3.1). */
export const exchange = {
  main: 2,
  aggressive: 4,
  informational1: 5,
  transaction: 6,
  quick: 32,
  saInit: 34,
  auth: 35,
  createChild: 36,
  informational2: 37,
  sessionResume: 38,
  intermediate: 43,
} as const

/** Main, aggressive and the two rare modes of IKEv1's phase 1 have numbers up to this. */
export const lastPhase1 = 4

/** Notifies after which the initiator has something to do (RFC 7296 §3.10.1, RFC 5685 §8.2); 14 is the same in IKEv1. */
export const notifyType = {
  noProposalChosen: 14,
  invalidKePayload: 17,
  cookie: 16390,
  redirect: 16407,
} as const
