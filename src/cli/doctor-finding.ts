/** One thing that the doctor looked at. Wrong when there is a fix. */
export interface Finding {
  /** Stable name of the check, for programs. */
  check: string;
  message: string;
  /** What mends it. */
  fix?: string;
}
