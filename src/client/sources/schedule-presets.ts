/** The times that the schedule editor offers, as the server takes them. */
export const presets = [
  { cron: "every 15 minutes", text: "Every 15 minutes" },
  { cron: "hourly", text: "Every hour" },
  { cron: "every 6 hours", text: "Every 6 hours" },
  { cron: "daily at 03:00", text: "Every night at 03:00" },
  { cron: "weekdays at 07:30", text: "On weekdays at 07:30" },
  { cron: "weekly on monday at 06:00", text: "Every Monday at 06:00" },
] as const;

const stored: Readonly<Record<string, string>> = {
  "*/15 * * * *": "every 15 minutes",
  "0 * * * *": "hourly",
  "0 */6 * * *": "every 6 hours",
  "0 3 * * *": "daily at 03:00",
  "30 7 * * 1-5": "weekdays at 07:30",
  "0 6 * * 1": "weekly on monday at 06:00",
};

/** The words of a stored time, or the time itself when it is none of the presets. */
export function wordsOfCron(cron: string): string {
  return stored[cron] ?? cron;
}
