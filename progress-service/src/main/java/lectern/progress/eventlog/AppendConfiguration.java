package lectern.progress.eventlog;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The queues of appends. Those of long lists of commands have their own, which takes
 * turns with the other one at the head of the log: however many devices send what they
 * did offline, a single command waits for one batch of them at most.
 */
@Configuration(proxyBeanMethods = false)
class AppendConfiguration {

	@Bean
	GroupCommit singleCommands(AppendBatchWriter writer, MeterRegistry registry, CallerEventLoop callerEventLoop) {
		return new GroupCommit("commands", writer, registry, callerEventLoop);
	}

	@Bean
	GroupCommit commandLists(AppendBatchWriter writer, MeterRegistry registry, CallerEventLoop callerEventLoop) {
		return new GroupCommit("lists", writer, registry, callerEventLoop);
	}

}
