/** How lines of logs begin, which are nobody's turns of speech. */
export const logLevels = "trace debug info notice warn warning error critical fatal emerg alert".split(" ");
