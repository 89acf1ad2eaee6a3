package lectern.web.setting;

import java.net.InetSocketAddress;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.ChannelBindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class StartFaultTests {

	@ParameterizedTest
	@CsvSource({ "-13, true", "-98, false", "-99, false" })
	void portThatIsNotAllowedStaysSo(int error, boolean permanent) {
		assumeThat(Epoll.isAvailable()).as("the native library that names errors").isTrue();
		Throwable cause = ChannelBindException.fail(new InetSocketAddress("127.0.0.1", 80),
				new NativeIoException("bind", error));

		assertThat(StartFault.isPermanent(new IllegalStateException("Unable to start", cause))).isEqualTo(permanent);
	}

	@Test
	void refusalStaysUnlessItIsTemporary() {
		assertThat(StartFault.isPermanent(new IllegalStateException(new StartRefusedException("A sentence."))))
			.isTrue();
		assertThat(StartFault.isPermanent(new StartRefusedException("A sentence.", null, true))).isFalse();
	}

	@Test
	void bugIsNoFaultOfASetting() {
		assertThat(StartFault.isPermanent(new IllegalStateException("a bug", new RuntimeException()))).isFalse();
	}

}
