/** Entry point of a working thread. Started by `WorkThreads` only. */
import { giveWay } from "@/lib/give-way";

// First: to load the rest takes a tenth of a second of processor time, while others begin as well.
giveWay("upkeep");
await import("./work-requests");
