package lectern.streaming.meter;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;

/** The tags of Lectern's meters. */
public enum MeterTag implements KeyName {

	/** The pattern of a stream's route, never a reader's handle. */
	STREAM,

	/** Why something happened, in a word. */
	REASON,

	/** The name of a part of the readiness. */
	COMPONENT,

	/** The name of a projection. */
	PROJECTION,

	/** The step of the canary that has failed. */
	STEP,

	/** The name of a queue, if there are several. */
	QUEUE,

	/** The name of a log. */
	LOG,

	/** The version of Lectern. */
	VERSION,

	/** The version of Java. */
	JAVA,

	/** The name of a service. */
	SERVICE,

	/** The host and port of a node of a service, from the settings. */
	ADDRESS;

	@Override
	public String asString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
