package lectern.gateway.limit;

import java.util.List;

import lectern.web.Problem;
import lectern.web.QuotaStatus;
import org.jspecify.annotations.Nullable;

/**
 * The decision about a request.
 *
 * @param quotas what the client has left; of a refused request, the limit that refuses it
 * @param refusal the problem of a refused request; null if it is admitted
 * @param onEnd has to run when the request has ended; null if nothing counts it
 */
record Admission(List<QuotaStatus> quotas, @Nullable Problem refusal, @Nullable Runnable onEnd) {

	static Admission admitted(List<QuotaStatus> quotas) {
		return new Admission(quotas, null, null);
	}

	static Admission untilEnd(List<QuotaStatus> quotas, Runnable onEnd) {
		return new Admission(quotas, null, onEnd);
	}

	static Admission refused(QuotaStatus quota, Problem refusal) {
		return new Admission(List.of(quota), quota.addTo(refusal), null);
	}

}
