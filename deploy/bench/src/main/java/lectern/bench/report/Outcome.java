package lectern.bench.report;

import java.util.List;

/**
 * What a row gave.
 *
 * @param results its lines of the table
 * @param notes what helps to read them, a sentence each
 */
public record Outcome(List<Result> results, List<String> notes) {

}
