package lectern.web;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Http2FloodLimitTests {

	private final AtomicLong nanoTime = new AtomicLong(-7);

	private final AtomicInteger floods = new AtomicInteger();

	private final EmbeddedChannel channel = new EmbeddedChannel(
			new Http2FloodLimit((_) -> this.floods.incrementAndGet(), this.nanoTime::get));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void fewFramesInEachPeriodArePassedOn() {
		for (int period = 0; period < 3; period++) {
			for (int frame = 0; frame < Http2FloodLimit.MAX_FRAMES; frame++) {
				assertThat(this.channel.writeInbound(ping(false))).isTrue();
			}
			this.nanoTime.addAndGet(Http2FloodLimit.PERIOD.toNanos());
		}
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void tooManyFramesEndConnection() {
		for (int frame = 0; frame < Http2FloodLimit.MAX_FRAMES; frame++) {
			this.channel.writeInbound(
					(frame % 2 == 0) ? ping(false) : new DefaultHttp2SettingsFrame(Http2Settings.defaultSettings()));
		}
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.releaseInbound();
		assertThat(this.channel.writeInbound(ping(false))).isFalse();
		assertThat(this.channel.<Object>readOutbound()).isInstanceOf(Http2GoAwayFrame.class);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.floods).hasValue(1);
	}

	@Test
	void requestsAndAcknowledgementsAreNotCounted() {
		for (int frame = 0; frame < 3 * Http2FloodLimit.MAX_FRAMES; frame++) {
			this.channel.writeInbound(ping(true));
			this.channel.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers()));
		}
		assertThat(this.channel.isOpen()).isTrue();
	}

	private static DefaultHttp2PingFrame ping(boolean acknowledgement) {
		return new DefaultHttp2PingFrame(1, acknowledgement);
	}

}
