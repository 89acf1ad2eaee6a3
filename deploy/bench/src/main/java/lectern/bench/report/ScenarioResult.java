package lectern.bench.report;

import java.util.List;

/**
 * The result of a scenario.
 *
 * @param lines the lines of the table
 * @param notes details of the measurement, a line each
 */
public record ScenarioResult(List<ResultLine> lines, List<String> notes) {

}
