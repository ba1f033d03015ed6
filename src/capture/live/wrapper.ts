/**
 * The shell script that every process that captures runs under, on this system or on another one. It keeps the
 * process until its own stdin ends: so a capturer ends when vpnscope does, however that ends, and it can be stopped
 * and asked by a vpnscope that has given up the right to send it signals.
 *
 * One line, without single quotes, and with a blank after every `!`: the login shell of the other system may be a csh.
 */

/** Which signal asks for counters. It ends a program that does not know it: SIGINFO nobody, SIGUSR1 all but tcpdump. */
export type AskSignal = 'INFO or USR1' | 'INFO'

/**
 * Runs the words in `"$@"` until stdin ends; each line on stdin asks for counters.
 *
 * @param seconds how long to go on after the end of stdin, for packets that the kernel still keeps
 */
export const untilStdinEnds = (signal: AskSignal, seconds: string): string =>
  [
    // A background command would get /dev/null for stdin.
    'exec 3<&0;',
    '"$@" 3<&- & capturer=$! ;',
    // What comes in while others have their turn is lost; only root may go before them.
    'renice -n -15 -p $capturer >/dev/null 2>&1;',
    // The reader of the stream sees its end when the capturer has closed it, and not only when we have.
    'exec >&-;',
    `case $(kill -l) in *INFO*) ask=INFO;; *) ask=${signal === 'INFO' ? '0' : 'USR1'};; esac;`,
    `{ while read -r line; do kill -s $ask $capturer; done; sleep ${seconds}; kill -s TERM $capturer; }`,
    '<&3 2>/dev/null & reader=$! ;',
    'wait $capturer; status=$?; kill $reader 2>/dev/null; exit $status',
  ].join(' ')

/**
 * A word that every shell reads as that word: plain characters stay, the others become octal escapes for `printf %b`.
 */
export const encodeWord = (text: string): string =>
  Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\w .,:@%+=/-]/g, character => {
      return `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`
    })

/** Quotes text without single quotes for any shell. */
export const quote = (text: string): string => `'${text}'`
