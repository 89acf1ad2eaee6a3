package lectern.progress.eventlog;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.client.ReactorResourceFactory;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class CallerEventLoopTests {

	private final ReactorResourceFactory resources = new ReactorResourceFactory();

	@BeforeEach
	void start() {
		this.resources.setUseGlobalResources(false);
		this.resources.start();
	}

	@AfterEach
	void stop() {
		this.resources.stop();
	}

	@Test
	void resultsReturnToTheEventLoopOfTheServer() throws Exception {
		CallerEventLoop callers = callers();
		EventLoop eventLoop = this.resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE).next();
		assertThat(eventLoop.submit(callers::get).get(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS))
			.isSameAs(eventLoop);
	}

	@Test
	void resultsOfOtherThreadsGoToTheParallelScheduler() {
		assertThat(callers().get()).isSameAs(CallerEventLoop.OTHER_THREADS);
	}

	private CallerEventLoop callers() {
		return new CallerEventLoop(new StaticListableBeanFactory(Map.of("resources", this.resources))
			.getBeanProvider(ReactorResourceFactory.class));
	}

}
