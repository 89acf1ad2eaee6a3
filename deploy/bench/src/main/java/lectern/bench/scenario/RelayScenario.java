package lectern.bench.scenario;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import lectern.bench.http.Wrk;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.profile.CpuProfile;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.NginxProxy;

/** The cost of a request that the gateway relays, compared with nginx as a proxy. */
final class RelayScenario implements Scenario {

	private static final int CLIENTS = 64;

	private static final List<String> PATHS = List.of("/api/v1/books/fluent-python");

	private static final String NGINX = "nginx";

	@Override
	public String name() {
		return "relay";
	}

	@Override
	public String description() {
		return "GET of a book directly, through the gateway and through nginx as a proxy";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		if (!Wrk.isInstalled()) {
			throw new IOException("wrk is not installed. To install it: " + Wrk.INSTALL_HINT);
		}
		if (!NginxProxy.isInstalled()) {
			throw new IOException("nginx is not installed. To install it: " + NginxProxy.INSTALL_HINT);
		}
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		try (NginxProxy nginx = NginxProxy.start(lectern.catalogPort())) {
			Map<String, ProcessGroup> processes = new LinkedHashMap<>(lectern.processes());
			processes.put(NGINX, nginx.processGroup());
			Wrk directly = new Wrk(lectern.catalogPort(), CLIENTS, PATHS);
			Wrk throughGateway = new Wrk(lectern.port(), CLIENTS, PATHS);
			Wrk throughNginx = new Wrk(nginx.port(), CLIENTS, PATHS);
			warmUp(throughGateway, settings, processes, console);
			Throughput direct = new Throughput();
			Throughput gateway = new Throughput();
			Throughput reference = new Throughput();
			for (int round = 1; round <= settings.rounds(); round++) {
				direct.measure(directly, settings.measurementTime(), processes);
				measureGateway(gateway, throughGateway, settings, processes, console);
				reference.measure(throughNginx, settings.measurementTime(), processes);
				console.printLine("round " + round + ": directly: " + direct.summary());
				console.printLine("round " + round + ": through the gateway: " + gateway.summary());
				console.printLine("round " + round + ": through nginx: " + reference.summary());
			}
			double halfPeak = gateway.successesPerSecond() / 2;
			Throughput paced = new Throughput();
			paced.measure(throughGateway.withRate(halfPeak), settings.measurementTime(), processes);
			Throughput pacedReference = new Throughput();
			pacedReference.measure(throughNginx.withRate(halfPeak), settings.measurementTime(), processes);
			return new ScenarioResult(results(direct, gateway, reference, paced, pacedReference), List.of(
					"directly: " + direct.summary(), "through the gateway: " + gateway.summary(),
					"through nginx: " + reference.summary(),
					"through the gateway at half its peak rate: " + paced.summary(),
					"through nginx at the same rate: " + pacedReference.summary(),
					"64 connections of %s; reference: %s, one worker per core, connections to the service kept open"
						.formatted(Wrk.version(), NginxProxy.version())));
		}
	}

	private static void warmUp(Wrk wrk, BenchSettings settings, Map<String, ProcessGroup> processes,
			BenchConsole console) throws IOException {
		Throughput warmUp = new Throughput();
		warmUp.measure(wrk, settings.warmUpTime(), processes);
		console.printLine("Warm-up of Lectern: " + warmUp.summary());
	}

	private static void measureGateway(Throughput gateway, Wrk wrk, BenchSettings settings,
			Map<String, ProcessGroup> processes, BenchConsole console) throws IOException {
		long before = gateway.responses();
		CpuProfile profile = settings.profile()
				? CpuProfile.start(Objects.requireNonNull(processes.get(LecternTarget.GATEWAY))) : null;
		gateway.measure(wrk, settings.measurementTime(), processes);
		if (profile != null) {
			console.printLine("gateway, " + profile.stop(gateway.responses() - before));
		}
	}

	private static List<ResultLine> results(Throughput direct, Throughput gateway, Throughput reference,
			Throughput paced, Throughput pacedReference) {
		return List.of(
				ResultLine.ratioAtLeast("GET of a book per second through the gateway, compared with directly", "",
						gateway.successesPerSecond(), direct.successesPerSecond(), 0.6),
				ResultLine.withoutBudget("GET of a book per second through nginx, compared with directly", "",
						reference.successesPerSecond(), direct.successesPerSecond()),
				ResultLine.ratio("CPU of the gateway for a relayed request, compared with nginx", "µs",
						gateway.cpuMicrosPerRequest(LecternTarget.GATEWAY), reference.cpuMicrosPerRequest(NGINX), 4),
				ResultLine.limit("GET of a book through the gateway at half its peak rate: p99", "ms",
						paced.quantileMillis(0.99), pacedReference.quantileMillis(0.99), 25));
	}

}
