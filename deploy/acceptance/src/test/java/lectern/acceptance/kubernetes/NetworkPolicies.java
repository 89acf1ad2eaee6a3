package lectern.acceptance.kubernetes;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Tells which connections policies allow: as far as the policies here go, with selectors
 * of labels and ports of numbers.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network
 * Policies</a>
 */
final class NetworkPolicies {

	private static final String NAME_OF_NAMESPACE = "kubernetes.io/metadata.name";

	private final List<JsonNode> policies;

	NetworkPolicies(Manifests manifests) {
		this.policies = manifests.ofKind("NetworkPolicy").toList();
	}

	/** Whether both sides allow a connection. */
	boolean allow(NetworkPeer from, NetworkPeer to, int port) {
		return allows("Egress", from, "/spec/egress", "/to", to, port)
				&& allows("Ingress", to, "/spec/ingress", "/from", from, port);
	}

	private boolean allows(String direction, NetworkPeer side, String rules, String peers, NetworkPeer other,
			int port) {
		List<JsonNode> selecting = this.policies.stream()
			.filter((policy) -> side.namespace().equals(NetworkPeer.NAMESPACE)
					&& selects(policy.at("/spec/podSelector"), side.labels()))
			.filter((policy) -> policy.at("/spec/policyTypes").toString().contains(direction))
			.toList();
		return selecting.isEmpty() || selecting.stream()
			.flatMap((policy) -> policy.at(rules).valueStream())
			.anyMatch((rule) -> includesPort(rule.at("/ports"), port) && includesPeer(rule.at(peers), other));
	}

	/** No list of peers includes all. */
	private static boolean includesPeer(JsonNode peers, NetworkPeer peer) {
		return peers.isMissingNode() || peers.valueStream().anyMatch((each) -> isPeer(each, peer));
	}

	private static boolean isPeer(JsonNode selector, NetworkPeer peer) {
		JsonNode namespaces = selector.at("/namespaceSelector");
		boolean inNamespace = namespaces.isMissingNode() ? peer.namespace().equals(NetworkPeer.NAMESPACE)
				: !peer.namespace().isEmpty() && selects(namespaces, Map.of(NAME_OF_NAMESPACE, peer.namespace()));
		JsonNode pods = selector.at("/podSelector");
		return inNamespace && (pods.isMissingNode() || selects(pods, peer.labels()));
	}

	private static boolean includesPort(JsonNode ports, int port) {
		return ports.isMissingNode() || ports.valueStream().anyMatch((each) -> each.at("/port").intValue() == port);
	}

	private static boolean selects(JsonNode selector, Map<String, String> labels) {
		return labels.entrySet().containsAll(Manifests.texts(selector.at("/matchLabels")).entrySet());
	}

}
