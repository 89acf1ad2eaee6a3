package lectern.bench.crowd;

/** How a connection is closed. */
public enum DisconnectMode {

	/** Orderly, by FIN: data in transit still arrives. */
	CLOSE,

	/** Immediately, by RST: data in transit is lost. */
	RESET

}
