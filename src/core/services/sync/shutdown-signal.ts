/** Why a run's signal is aborted when the program stops: the run is interrupted, not cancelled. */
export class ShutdownSignal extends Error {}
