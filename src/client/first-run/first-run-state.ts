/** Whether somebody is on their first steps, remembered in this browser until they are done. */
const key = "stoneturner.firstSteps";

export function onFirstSteps(): boolean {
  try {
    return localStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}

export function rememberFirstSteps(open: boolean): void {
  try {
    if (open) localStorage.setItem(key, "open");
    else localStorage.removeItem(key);
  } catch {
    // Without storage the steps end with the first connection.
  }
}
