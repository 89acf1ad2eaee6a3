package lectern.bench.report;

import java.util.List;

/**
 * What a row gave.
 *
 * @param lines its lines of the table
 * @param notes what helps to read them, a sentence each
 */
public record ScenarioResult(List<ResultLine> lines, List<String> notes) {

}
