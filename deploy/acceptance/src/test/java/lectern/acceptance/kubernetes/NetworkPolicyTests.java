package lectern.acceptance.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may connect to whom. */
class NetworkPolicyTests {

	private static final List<Integer> PORTS = List.of(53, 80, 443, 5432, 8080, 8081, 8082, 9080, 9081, 9082);

	private static final List<NetworkPeer> OTHERS = List.of(
			NetworkPeer.ofLectern("neighbour", Map.of("app.kubernetes.io/name", "gateway")),
			new NetworkPeer("stranger", "elsewhere",
					Map.of("app.kubernetes.io/name", "gateway", "app.kubernetes.io/part-of", "lectern")),
			new NetworkPeer("prometheus", "monitoring", Map.of()),
			new NetworkPeer("dns", "kube-system", Map.of("k8s-app", "kube-dns")),
			new NetworkPeer("system", "kube-system", Map.of()), new NetworkPeer("outside", "", Map.of()));

	@ParameterizedTest
	@EnumSource
	void noOtherConnectionIsAllowed(Rendering rendering) {
		NetworkPolicies policies = new NetworkPolicies(rendering.manifests());
		List<NetworkPeer> services = Modules.SERVICES.stream()
			.map((service) -> NetworkPeer.ofLectern(service,
					Manifests.podLabels(rendering.manifests().named("Deployment", service))))
			.toList();
		List<String> allowed = new ArrayList<>();
		for (NetworkPeer service : services) {
			Stream.concat(services.stream(), OTHERS.stream())
				.forEach((other) -> PORTS.stream()
					.filter((port) -> policies.allow(other, service, port))
					.forEach((port) -> allowed.add(other + " -> " + service + ":" + port)));
			OTHERS.forEach((other) -> PORTS.stream()
				.filter((port) -> policies.allow(service, other, port))
				.forEach((port) -> allowed.add(service + " -> " + other + ":" + port)));
		}
		assertThat(allowed).containsExactlyInAnyOrderElementsOf(expected());
	}

	private static List<String> expected() {
		List<String> expected = new ArrayList<>(
				List.of("gateway -> catalog-service:8081", "gateway -> catalog-service:9081",
						"gateway -> progress-service:8082", "gateway -> progress-service:9082",
						"catalog-service -> progress-service:8082", "progress-service -> catalog-service:8081",
						"progress-service -> gateway:8080", "prometheus -> gateway:9080",
						"prometheus -> catalog-service:9081", "prometheus -> progress-service:9082"));
		OTHERS.forEach((other) -> expected.add(other + " -> gateway:8080"));
		Modules.SERVICES.forEach((service) -> expected.add(service + " -> dns:53"));
		// The manifests do not know where the database is.
		OTHERS.forEach((other) -> List.of("catalog-service", "progress-service")
			.forEach((service) -> expected.add(service + " -> " + other + ":5432")));
		return expected;
	}

}
