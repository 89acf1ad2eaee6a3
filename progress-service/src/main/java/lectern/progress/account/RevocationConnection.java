package lectern.progress.account;

import java.util.NavigableMap;
import java.util.stream.Collectors;

import lectern.progress.account.RevocationLog.Revocation;
import lectern.streaming.revocation.SessionRevocations;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connection of a service that follows the revocations: first all that still matter,
 * then each new one within a second. It is never silent for long, so that the service
 * notices if the network fails.
 */
final class RevocationConnection extends SseConnection {

	private static final int BATCH_SIZE = 500;

	private final RevocationLog log;

	private final JsonMapper mapper;

	private long position;

	private boolean complete;

	private boolean quiet;

	RevocationConnection(StreamMeters meters, RevocationLog log, JsonMapper mapper) {
		super(meters, null);
		this.log = log;
		this.mapper = mapper;
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening((String) null));
		onTick();
	}

	@Override
	protected void onTick() {
		if (!this.log.isComplete()) {
			return;
		}
		NavigableMap<Long, Revocation> next = this.log.after(this.position, BATCH_SIZE);
		while (isWritable() && !(next.isEmpty() && this.complete)) {
			send(next);
			next = this.log.after(this.position, BATCH_SIZE);
		}
		if (this.quiet) {
			writeAndRelease(SseFrame.comment());
		}
		this.quiet = !this.quiet;
		flush();
	}

	private void send(NavigableMap<Long, Revocation> revocations) {
		this.complete = this.complete || revocations.size() < BATCH_SIZE;
		if (!revocations.isEmpty()) {
			this.position = revocations.lastKey();
		}
		writeAndRelease(SseFrame.event(this.mapper.writeValueAsBytes(new SessionRevocations(
				revocations.values().stream().collect(Collectors.toMap(Revocation::session, Revocation::expiry)),
				this.complete))));
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.comment();
	}

	/** Each connection begins with everything, so there is nothing to resume. */
	@Override
	protected @Nullable String lastEventId() {
		return null;
	}

	@Override
	protected void onClose() {
	}

}
