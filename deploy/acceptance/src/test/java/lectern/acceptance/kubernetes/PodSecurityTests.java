package lectern.acceptance.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pods satisfy the standard "restricted", and more: no token of the cluster, nothing
 * to write to but named folders.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 * Standards</a>
 */
class PodSecurityTests {

	/** What the restricted standard allows, and these pods need. */
	private static final Set<String> KINDS_OF_VOLUMES = Set.of("emptyDir", "configMap", "persistentVolumeClaim");

	@ParameterizedTest
	@EnumSource
	void podsRunWithoutPrivileges(Rendering rendering) {
		assertThat(deployments(rendering)).hasSize(3).allSatisfy((deployment) -> {
			JsonNode pod = Manifests.podSpec(deployment);
			assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
			assertThat(pod.at("/securityContext/runAsUser").intValue()).isEqualTo(10001);
			assertThat(pod.at("/securityContext/fsGroup").intValue()).isEqualTo(10001);
			assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
			assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC")).isFalse();
			assertThat(pod.has("initContainers")).isFalse();

			JsonNode container = Manifests.container(deployment);
			assertThat(container.at("/securityContext/allowPrivilegeEscalation").booleanValue(true)).isFalse();
			assertThat(container.at("/securityContext/readOnlyRootFilesystem").booleanValue()).isTrue();
			assertThat(container.at("/securityContext/capabilities").toString()).isEqualTo("{\"drop\":[\"ALL\"]}");
			assertThat(container.at("/securityContext").propertyNames()).hasSize(3);
			assertThat(container.at("/ports").valueStream().map((port) -> port.has("hostPort"))).containsOnly(false);
		});
	}

	@ParameterizedTest
	@EnumSource
	void podsHaveNoTokenOfTheCluster(Rendering rendering) {
		assertThat(deployments(rendering)).hasSize(3).allSatisfy((deployment) -> {
			JsonNode pod = Manifests.podSpec(deployment);
			assertThat(pod.at("/automountServiceAccountToken").booleanValue(true)).isFalse();
			JsonNode account = rendering.manifests().named("ServiceAccount", pod.at("/serviceAccountName").asString());
			assertThat(account.at("/automountServiceAccountToken").booleanValue(true)).isFalse();
		});
	}

	@ParameterizedTest
	@EnumSource
	void foldersThatServicesWriteAreWritable(Rendering rendering) {
		assertThat(deployments(rendering)).hasSize(3).allSatisfy((deployment) -> {
			JsonNode container = Manifests.container(deployment);
			Set<String> writable = container.at("/volumeMounts")
				.valueStream()
				.filter((mount) -> !mount.at("/readOnly").booleanValue(false))
				.map((mount) -> mount.at("/mountPath").asString())
				.collect(Collectors.toSet());
			Set<String> folders = container.at("/env")
				.valueStream()
				.filter((variable) -> variable.at("/name").asString().endsWith("_FOLDER"))
				.map((variable) -> variable.at("/value").asString())
				.collect(Collectors.toSet());
			folders.add("/tmp");
			assertThat(writable).isEqualTo(folders);
			assertThat(container.at("/env").toString()).contains("LECTERN_TOKENS_FOLDER");
		});
		JsonNode progress = rendering.manifests().named("Deployment", "progress-service");
		assertThat(Manifests.container(progress).at("/env").toString()).contains("LECTERN_PROGRESS_ERASURE_FOLDER");
	}

	@ParameterizedTest
	@EnumSource
	void volumesAreMountedAndOfHarmlessKinds(Rendering rendering) {
		assertThat(deployments(rendering)).hasSize(3).allSatisfy((deployment) -> {
			JsonNode volumes = Manifests.podSpec(deployment).at("/volumes");
			assertThat(volumes.valueStream()
				.flatMap((volume) -> volume.propertyNames().stream())
				.filter((member) -> !member.equals("name"))).isSubsetOf(KINDS_OF_VOLUMES);
			assertThat(volumes.valueStream()
				.filter((volume) -> volume.has("emptyDir"))
				.map((volume) -> volume.at("/emptyDir").has("sizeLimit"))).containsOnly(true);
			List<String> mounted = Manifests.container(deployment)
				.at("/volumeMounts")
				.valueStream()
				.map((mount) -> mount.at("/name").asString())
				.toList();
			assertThat(volumes.valueStream().map((volume) -> volume.at("/name").asString()))
				.containsExactlyInAnyOrderElementsOf(mounted);
		});
	}

	@ParameterizedTest
	@EnumSource
	void listOfErasuresOutlivesThePod(Rendering rendering) {
		JsonNode progress = rendering.manifests().named("Deployment", "progress-service");
		String folder = Manifests.container(progress)
			.at("/env")
			.valueStream()
			.filter((variable) -> variable.at("/name").asString().equals("LECTERN_PROGRESS_ERASURE_FOLDER"))
			.map((variable) -> variable.at("/value").asString())
			.findFirst()
			.orElseThrow();
		String volume = Manifests.container(progress)
			.at("/volumeMounts")
			.valueStream()
			.filter((mount) -> mount.at("/mountPath").asString().equals(folder))
			.map((mount) -> mount.at("/name").asString())
			.findFirst()
			.orElseThrow();
		String claim = Manifests.podSpec(progress)
			.at("/volumes")
			.valueStream()
			.filter((each) -> each.at("/name").asString().equals(volume))
			.map((each) -> each.at("/persistentVolumeClaim/claimName").asString())
			.findFirst()
			.orElseThrow();
		JsonNode modes = rendering.manifests().named("PersistentVolumeClaim", claim).at("/spec/accessModes");
		boolean shared = modes.toString().equals("[\"ReadWriteMany\"]");
		assertThat(progress.at("/spec/replicas").intValue()).isEqualTo(shared ? 2 : 1);
		assertThat(progress.at("/spec/strategy/type").asString()).isEqualTo(shared ? "RollingUpdate" : "Recreate");
	}

	private static List<JsonNode> deployments(Rendering rendering) {
		return rendering.manifests().ofKind("Deployment").toList();
	}

}
