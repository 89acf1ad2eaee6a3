package lectern.bench.report;

import java.util.Locale;

/**
 * A line of the table of results.
 *
 * @param work what was measured; identifies the line
 * @param measured the value of Lectern
 * @param reference the value of the reference; {@code –} if there is none
 * @param ratio the value of Lectern divided by the reference's; {@code –} if there is
 * none
 * @param budget the limit
 * @param verdict whether the limit was met, or by how much it was missed
 */
public record ResultLine(String work, String measured, String reference, String ratio, String budget, String verdict) {

	private static final String NONE = "–";

	/**
	 * Return a line whose ratio to the reference has an upper limit.
	 * @param unit the unit of both values
	 * @param reference the reference's value; not a number if it was not measured
	 */
	public static ResultLine ratio(String work, String unit, double ours, double reference, double budget) {
		if (Double.isNaN(reference)) {
			return new ResultLine(work, number(ours, unit), NONE, NONE, "≤ " + plain(budget), "no reference");
		}
		double ratio = ours / reference;
		return new ResultLine(work, number(ours, unit), number(reference, unit), number(ratio, ""),
				"≤ " + plain(budget), atMost(ratio, budget));
	}

	/** Return a line whose value has an upper limit; the reference is only shown. */
	public static ResultLine limit(String work, String unit, double ours, double reference, double limit) {
		boolean none = Double.isNaN(reference);
		return new ResultLine(work, number(ours, unit), none ? NONE : number(reference, unit),
				none ? NONE : number(ours / reference, ""), "≤ " + plain(limit) + unitSuffix(unit),
				atMost(ours, limit));
	}

	/**
	 * Return a line whose ratio to the reference has a lower limit.
	 * @param unit the unit of both values
	 * @param reference the reference's value; not a number if it was not measured
	 */
	public static ResultLine ratioAtLeast(String work, String unit, double ours, double reference, double budget) {
		if (Double.isNaN(reference)) {
			return new ResultLine(work, number(ours, unit), NONE, NONE, "≥ " + plain(budget), "no reference");
		}
		double ratio = ours / reference;
		return new ResultLine(work, number(ours, unit), number(reference, unit), number(ratio, ""),
				"≥ " + plain(budget), atLeast(ratio, budget));
	}

	/** Return a line whose value has a lower limit. */
	public static ResultLine atLeast(String work, String unit, double ours, double minimum) {
		return new ResultLine(work, number(ours, unit), NONE, NONE, "≥ " + plain(minimum) + unitSuffix(unit),
				atLeast(ours, minimum));
	}

	/** Return a line whose value must be near an expected one. */
	public static ResultLine within(String work, String unit, double ours, double expected, double tolerance) {
		double excess = Math.abs(ours - expected) - tolerance;
		return new ResultLine(work, number(ours, unit), NONE, NONE,
				plain(expected) + " ± " + plain(tolerance) + unitSuffix(unit),
				(excess <= 0) ? "met" : String.format(Locale.ROOT, "missed by %.0f", excess) + unitSuffix(unit));
	}

	/** Return a line without a limit. */
	public static ResultLine withoutBudget(String work, String unit, double ours, double reference) {
		boolean none = Double.isNaN(reference);
		return new ResultLine(work, number(ours, unit), none ? NONE : number(reference, unit),
				none ? NONE : number(ours / reference, ""), "reported", NONE);
	}

	private static String atMost(double value, double limit) {
		return (value <= limit) ? "met" : "missed by " + percent(value / limit - 1);
	}

	private static String atLeast(double value, double minimum) {
		return (value >= minimum) ? "met" : "missed by " + percent(1 - value / minimum);
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", share * 100);
	}

	private static String number(double value, String unit) {
		String format = (Math.abs(value) >= 1_000) ? "%,.0f" : (Math.abs(value) >= 100) ? "%.0f" : "%.2f";
		return String.format(Locale.ROOT, format, value) + unitSuffix(unit);
	}

	private static String plain(double value) {
		return (value == Math.rint(value)) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
	}

	private static String unitSuffix(String unit) {
		return unit.isEmpty() ? "" : " " + unit;
	}

	/** Return the line as a row of a Markdown table. */
	String toMarkdown(String when) {
		return "| " + String.join(" | ", this.work, this.measured, this.reference, this.ratio, this.budget,
				this.verdict, when) + " |";
	}

}
