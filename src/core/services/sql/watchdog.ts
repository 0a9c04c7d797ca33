/**
 * Runs beside the sandbox's process in a thread of its own and ends it when the server is gone: while SQLite works on
 * a statement, the main thread hears nothing.
 */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 500);
