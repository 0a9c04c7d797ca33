const steps = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A size in powers of 1,000, e.g. "1.2 MB". */
export function bytesWords(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${steps[step]}`;
}
