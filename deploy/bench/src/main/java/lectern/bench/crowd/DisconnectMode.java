package lectern.bench.crowd;

/** How a connection is dropped. */
public enum DisconnectMode {

	/** In good order: what is under way arrives, a FIN follows. */
	CLOSE,

	/** At once, by RST: what is under way is lost. */
	RESET

}
