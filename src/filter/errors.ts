/** Text that is no filter: a sentence for people, and where in the text it is meant. */
export class FilterError extends Error {
  /** First character that is wrong. */
  readonly at: number
  /** The one behind the last that is wrong. */
  readonly end: number
  /** What could have stood there. */
  readonly expected: string | undefined

  constructor(message: string, at: number, end: number, expected?: string) {
    super(message)
    this.name = 'FilterError'
    this.at = at
    this.end = end
    this.expected = expected
  }
}

/** tcpdump's language has the words, ours has none for them. */
export class UntranslatedError extends FilterError {}
