package lectern.gateway.stream;

import org.jspecify.annotations.Nullable;

/**
 * Between a service's answer and who has called. An answer that comes when nobody waits
 * for it any more, or is on its way to one who leaves, belongs to nobody: it is closed
 * here, or the service would go on with it for as long as a stream lasts.
 */
final class Handover {

	private @Nullable Call call;

	private boolean left;

	/** The service has answered. False if nobody waits: then it is closed. */
	boolean answered(Call answer) {
		synchronized (this) {
			if (!this.left) {
				this.call = answer;
				return true;
			}
		}
		answer.close();
		return false;
	}

	/** Who has called has the answer, and closes it. */
	synchronized void taken() {
		this.call = null;
	}

	/** Nobody waits any more, whether there is an answer already or not. */
	void leave() {
		Call untaken;
		synchronized (this) {
			this.left = true;
			untaken = this.call;
			this.call = null;
		}
		if (untaken != null) {
			untaken.close();
		}
	}

}
