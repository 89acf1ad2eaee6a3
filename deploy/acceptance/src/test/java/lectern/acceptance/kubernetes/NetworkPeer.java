package lectern.acceptance.kubernetes;

import java.util.Map;

/**
 * Somebody who connects or is connected to.
 *
 * @param name for messages
 * @param namespace {@code lectern} if it is the one of the policies; empty outside of the
 * cluster
 * @param labels those of the pod
 */
record NetworkPeer(String name, String namespace, Map<String, String> labels) {

	static final String NAMESPACE = "lectern";

	/** A pod in the namespace of Lectern. */
	static NetworkPeer ofLectern(String name, Map<String, String> labels) {
		return new NetworkPeer(name, NAMESPACE, labels);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
