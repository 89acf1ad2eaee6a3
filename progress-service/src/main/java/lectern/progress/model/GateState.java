package lectern.progress.model;

/** How a gate stands for a reader. */
public enum GateState {

	/** A gate that it needs is not settled. */
	CLOSED,

	/** Its steps count. */
	OPEN,

	/** Enough of its steps were taken once: it stays passed. */
	PASSED,

	/** It need not be passed. */
	WAIVED

}
