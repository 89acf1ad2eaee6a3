package lectern.progress.model;

/** The state of a gate for a reader. */
public enum GateState {

	/** A gate that this one needs is not resolved. */
	CLOSED,

	/** All needed gates are resolved, so that finished steps can pass this one. */
	OPEN,

	/** Enough steps were finished at some time; the gate stays passed. */
	PASSED,

	/** The gate was waived and need not be passed. */
	WAIVED

}
