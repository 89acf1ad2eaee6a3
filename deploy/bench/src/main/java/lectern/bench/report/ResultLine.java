package lectern.bench.report;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param work what was done
 * @param measured what Lectern took
 * @param reference what the reference took; {@code –} if there is none
 * @param ratio ours to the reference; {@code –} if there is none
 * @param budget what it may be
 * @param verdict whether it was, and by how much it was missed
 */
public record ResultLine(String work, String measured, String reference, String ratio, String budget, String verdict) {

	private static final String NONE = "–";

	/**
	 * A measure that may be so many times the reference's, where less is better.
	 * @param unit of both numbers
	 * @param reference not a number if there was none to measure
	 */
	public static ResultLine ratio(String work, String unit, double ours, double reference, double budget) {
		if (Double.isNaN(reference)) {
			return new ResultLine(work, number(ours, unit), NONE, NONE, "≤ " + plain(budget), "no reference");
		}
		double ratio = ours / reference;
		return new ResultLine(work, number(ours, unit), number(reference, unit), number(ratio, ""),
				"≤ " + plain(budget), atMost(ratio, budget));
	}

	/** A measure that may be so large and no larger; the reference is for comparison. */
	public static ResultLine limit(String work, String unit, double ours, double reference, double limit) {
		boolean none = Double.isNaN(reference);
		return new ResultLine(work, number(ours, unit), none ? NONE : number(reference, unit),
				none ? NONE : number(ours / reference, ""), "≤ " + plain(limit) + unitSuffix(unit),
				atMost(ours, limit));
	}

	/**
	 * A measure that must be so many times the reference's, where more is better.
	 * @param unit of both numbers
	 * @param reference not a number if there was none to measure
	 */
	public static ResultLine ratioAtLeast(String work, String unit, double ours, double reference, double budget) {
		if (Double.isNaN(reference)) {
			return new ResultLine(work, number(ours, unit), NONE, NONE, "≥ " + plain(budget), "no reference");
		}
		double ratio = ours / reference;
		return new ResultLine(work, number(ours, unit), number(reference, unit), number(ratio, ""),
				"≥ " + plain(budget), atLeast(ratio, budget));
	}

	/** A measure that must be so large. */
	public static ResultLine atLeast(String work, String unit, double ours, double least) {
		return new ResultLine(work, number(ours, unit), NONE, NONE, "≥ " + plain(least) + unitSuffix(unit),
				atLeast(ours, least));
	}

	/** A measure that must be so large, give or take the tolerance. */
	public static ResultLine within(String work, String unit, double ours, double wanted, double tolerance) {
		double beyond = Math.abs(ours - wanted) - tolerance;
		return new ResultLine(work, number(ours, unit), NONE, NONE,
				plain(wanted) + " ± " + plain(tolerance) + unitSuffix(unit),
				(beyond <= 0) ? "met" : String.format(Locale.ROOT, "missed by %.0f", beyond) + unitSuffix(unit));
	}

	/** A measure without a budget. */
	public static ResultLine withoutBudget(String work, String unit, double ours, double reference) {
		boolean none = Double.isNaN(reference);
		return new ResultLine(work, number(ours, unit), none ? NONE : number(reference, unit),
				none ? NONE : number(ours / reference, ""), "reported", NONE);
	}

	private static String atMost(double value, double limit) {
		return (value <= limit) ? "met" : "missed by " + percent(value / limit - 1);
	}

	private static String atLeast(double value, double least) {
		return (value >= least) ? "met" : "missed by " + percent(1 - value / least);
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", share * 100);
	}

	private static String number(double value, String unit) {
		String form = (Math.abs(value) >= 1_000) ? "%,.0f" : (Math.abs(value) >= 100) ? "%.0f" : "%.2f";
		return String.format(Locale.ROOT, form, value) + unitSuffix(unit);
	}

	private static String plain(double value) {
		return (value == Math.rint(value)) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
	}

	private static String unitSuffix(String unit) {
		return unit.isEmpty() ? "" : " " + unit;
	}

	/** The line as Markdown. */
	String toMarkdown(String when) {
		return "| " + String.join(" | ", this.work, this.measured, this.reference, this.ratio, this.budget,
				this.verdict, when) + " |";
	}

}
